package dev.hufu.service.audit;

/** The log has stopped: nothing is logged, so nothing may leave before an operator has restarted it. */
public final class LogStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogStoppedException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
