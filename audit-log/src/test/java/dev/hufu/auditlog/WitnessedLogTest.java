package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.note.NoteKey;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.TestWitness;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.receipt.ProofVerdict;
import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.Verdict;
import dev.hufu.auditlog.verify.LogVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that witnesses cosigned, in the log, in receipts and in proofs. */
class WitnessedLogTest {
    private static final Logs LOGS = new Logs();
    private static final TestWitness ONE = TestWitness.ed25519("council.example/w1", 1);
    private static final TestWitness TWO = TestWitness.mlDsa44("revision.example/w2");
    private static final long TIME = 1_763_000_000;

    @TempDir
    Path directory;

    private LogReceipt receipt;

    private void appendAndCosign(TestWitness... witnesses) throws Exception {
        try (AuditLog log = LOGS.open(directory)) {
            EntryId id = new EntryId("p", 0);
            log.append(id, "entry".getBytes(StandardCharsets.UTF_8));
            receipt = LOGS.awaitIncluded(log, id);
        }
        Path file = directory.resolve("checkpoint");
        StringBuilder cosigned = new StringBuilder(Files.readString(file));
        String text = SignedNote.parse(cosigned.toString()).text();
        List<NoteKey> keys = new ArrayList<>();
        for (TestWitness witness : witnesses) {
            cosigned.append(witness.line(text, TIME));
            keys.add(witness.key());
        }
        Files.writeString(file, cosigned);
        LogReceipt.Included place = receipt.inclusion().orElseThrow();
        receipt = receipt.with(new LogReceipt.Included(cosigned.toString(), place.index(), place.path(), keys));
    }

    private static Optional<WitnessPolicy> policy(int quorum) {
        return Optional.of(new WitnessPolicy(List.of(ONE.key(), TWO.key()), quorum));
    }

    private boolean logHolds(Optional<WitnessPolicy> policy) throws Exception {
        return new LogVerifier(Optional.empty(), Optional.empty(), policy)
                .verify(directory)
                .holds();
    }

    private boolean receiptHolds(Optional<WitnessPolicy> policy) {
        return new ReceiptVerifier(Optional.empty(), Optional.empty(), policy).verify(receipt.bytes())
                instanceof Verdict.Holds;
    }

    private boolean proofHolds(Optional<WitnessPolicy> policy) throws Exception {
        var proof = LogReader.open(directory).prove(0, true);
        return proof.verify(
                        List.of(LOGS.key().verifierKey()), policy, proof.extra().orElseThrow())
                instanceof ProofVerdict.Holds;
    }

    @Test
    void verify_cosignedByBoth_holdsForEveryPolicyAndNone() throws Exception {
        appendAndCosign(ONE, TWO);
        for (var policy : List.of(Optional.<WitnessPolicy>empty(), policy(1), policy(2))) {
            assertThat(logHolds(policy)).isTrue();
            assertThat(receiptHolds(policy)).isTrue();
            assertThat(proofHolds(policy)).isTrue();
        }
    }

    @Test
    void verify_cosignedByOneOfTwo_holdsUntilBothAreWanted() throws Exception {
        appendAndCosign(TWO);
        assertThat(logHolds(policy(1)) && receiptHolds(policy(1)) && proofHolds(policy(1)))
                .isTrue();
        assertThat(logHolds(policy(2)) || receiptHolds(policy(2)) || proofHolds(policy(2)))
                .isFalse();
    }

    @Test
    void verify_cosignedByNobodyOrOnlyPromised_failsWherePolicyIsGiven() throws Exception {
        appendAndCosign();
        assertThat(logHolds(policy(1)) || receiptHolds(policy(1)) || proofHolds(policy(1)))
                .isFalse();
        assertThat(receiptHolds(Optional.empty())).isTrue();
        receipt = new LogReceipt(receipt.key(), receipt.id(), receipt.entry(), receipt.promise(), Optional.empty());
        assertThat(receiptHolds(Optional.empty())).isTrue();
        assertThat(receiptHolds(policy(1))).isFalse();
    }

    @Test
    void open_cosignedCheckpoint_goesOnAndReceiptsNameOnlyTheLogsLines() throws Exception {
        appendAndCosign(ONE);
        try (AuditLog log = LOGS.open(directory)) {
            LogReceipt own = log.receipt(new EntryId("p", 0)).orElseThrow();
            assertThat(own.inclusion().orElseThrow().keys()).isEmpty();
            assertThat(new ReceiptVerifier(Optional.empty()).verify(own.bytes()))
                    .isInstanceOf(Verdict.Holds.class);
        }
    }
}
