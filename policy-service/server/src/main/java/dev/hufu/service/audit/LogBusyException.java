package dev.hufu.service.audit;

/** Too many entries wait for the disk: nothing was logged; to be tried again. */
public final class LogBusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogBusyException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
