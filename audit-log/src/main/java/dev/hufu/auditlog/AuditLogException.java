package dev.hufu.auditlog;

/** What can go wrong with a log. Each kind says what to do about it. */
public abstract sealed class AuditLogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private AuditLogException(String message) {
        super(message);
    }

    private AuditLogException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The queue is full: nothing was appended; try again. */
    public static final class Busy extends AuditLogException {
        private static final long serialVersionUID = 1;

        /** Says how full. */
        public Busy(String message) {
            super(message);
        }
    }

    /** The log has stopped for good, and will not append before an operator has opened it anew. */
    public static final class Stopped extends AuditLogException {
        private static final long serialVersionUID = 1;

        /** Says why. */
        public Stopped(String message) {
            super(message);
        }

        /** Says why. */
        public Stopped(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another process holds the log's directory. */
    public static final class InUse extends AuditLogException {
        private static final long serialVersionUID = 1;

        /** Names the directory. */
        public InUse(String message) {
            super(message);
        }
    }

    /** What is on the disk is not what a crash leaves, or contradicts what was signed. Nothing was changed. */
    public static final class Damaged extends AuditLogException {
        private static final long serialVersionUID = 1;

        /** Names file, index and what is wrong. */
        public Damaged(String message) {
            super(message);
        }
    }

    /** An id that was used for another entry, or lies below its producer's last one and was never used. */
    public static final class IdConflict extends AuditLogException {
        private static final long serialVersionUID = 1;

        /** Names the id. */
        public IdConflict(String message) {
            super(message);
        }
    }
}
