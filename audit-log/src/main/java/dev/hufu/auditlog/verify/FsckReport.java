package dev.hufu.auditlog.verify;

import java.util.List;

/**
 * What came of checking a log's directory.
 *
 * @param log what is wrong with its content, as {@code audit verify} finds it
 * @param structure which files there are
 * @param trust how far the log can still be trusted
 * @param beyondRepair findings about what cannot be derived from the journal: it is to be restored from a copy. While
 *     there are any, nothing is derived
 */
public record FsckReport(VerifyReport log, Structure structure, Trust trust, List<Finding> beyondRepair) {
    /** Copies the findings. */
    public FsckReport {
        beyondRepair = List.copyOf(beyondRepair);
    }

    /** Whether everything that is wrong can be written anew from the journal. */
    public boolean repairable() {
        return !log.holds() && log.rootSigned() && beyondRepair.isEmpty();
    }
}
