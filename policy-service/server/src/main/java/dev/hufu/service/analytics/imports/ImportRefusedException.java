package dev.hufu.service.analytics.imports;

import java.util.List;

/** An import that is not done, with everything that is wrong; nothing was changed. No message quotes a value from the file. */
public final class ImportRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What it is about, so that the caller gets the fitting answer. */
    public enum Reason {
        /** The file or the classification. */
        CONTENT,
        /** A dataset of that name is there. */
        NAME_TAKEN,
        /** Another import is running. */
        BUSY
    }

    private final Reason reason;
    private final transient List<String> problems;

    ImportRefusedException(Reason reason, List<String> problems) {
        super(String.join("; ", problems), null, false, false);
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    ImportRefusedException(Reason reason, String problem) {
        this(reason, List.of(problem));
    }

    public Reason reason() {
        return reason;
    }

    public List<String> problems() {
        return problems;
    }
}
