package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.VerifierKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of verifying a log.
 *
 * @param directory the log's directory
 * @param key the key that was trusted, if one could be read
 * @param keyGiven whether it was given by the verifier; otherwise it is the directory's own
 * @param checkpoint the signed checkpoint, if it is sound
 * @param rootSigned whether the entries found lead to the checkpoint's root
 * @param entries number of entries found in the journal
 * @param findings what is wrong, at most 1,000; none if the log holds
 * @param notes what is worth knowing and not wrong
 */
public record VerifyReport(
        Path directory,
        Optional<VerifierKey> key,
        boolean keyGiven,
        Optional<Checkpoint> checkpoint,
        boolean rootSigned,
        long entries,
        List<Finding> findings,
        List<String> notes) {
    /** Copies the lists. */
    public VerifyReport {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Whether nothing is wrong. */
    public boolean holds() {
        return findings.isEmpty();
    }
}
