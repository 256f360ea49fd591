package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.Sm2SigningKey;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.receipt.ProofVerdict;
import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.Verdict;
import dev.hufu.auditlog.verify.LogVerifier;
import dev.hufu.auditlog.verify.VerifyReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs whose checkpoints carry an SM2 line beside Ed25519. */
class Sm2LogTest {
    private static final Logs LOGS = new Logs();
    private static final Sm2SigningKey KEY = fresh();

    @TempDir
    Path directory;

    private static Sm2SigningKey fresh() {
        SecureRandom random = new SecureRandom();
        return Sm2SigningKey.ofScalar("log.example/hufu", Sm2SigningKey.freshScalar(random), random);
    }

    private LogReceipt append(LogOptions options, int sequence) throws Exception {
        try (AuditLog log = AuditLog.open(directory, options)) {
            EntryId id = new EntryId("p", sequence);
            log.append(id, ("entry " + sequence).getBytes(StandardCharsets.UTF_8));
            return LOGS.awaitIncluded(log, id);
        }
    }

    private VerifyReport verify(Optional<Sm2VerifierKey> sm2) throws IOException {
        return new LogVerifier(Optional.of(LOGS.key().verifierKey()), sm2, Optional.empty()).verify(directory);
    }

    private static Verdict verify(LogReceipt receipt, Sm2SigningKey wanted) {
        return new ReceiptVerifier(Optional.empty(), Optional.of(wanted.verifierKey()), Optional.empty())
                .verify(receipt.bytes());
    }

    @Test
    void append_withSm2_checkpointReceiptAndProofCarryBothLines() throws Exception {
        LogReceipt receipt = append(LOGS.options().withSm2(KEY), 0);
        SignedNote note = SignedNote.parse(Files.readString(directory.resolve("checkpoint")));
        assertThat(note.verifyStrictly(List.of(LOGS.key().verifierKey(), KEY.verifierKey())))
                .isTrue();
        assertThat(Files.readString(directory.resolve("log-sm2.vkey")))
                .isEqualTo(KEY.verifierKey().text() + "\n");
        assertThat(receipt.inclusion().orElseThrow().keys()).containsExactly(KEY.verifierKey());
        assertThat(verify(receipt, KEY)).isInstanceOf(Verdict.Holds.class);
        assertThat(new ReceiptVerifier(Optional.empty()).verify(receipt.bytes()))
                .isInstanceOf(Verdict.Holds.class);
        assertThat(verify(receipt, fresh())).isInstanceOf(Verdict.Fails.class);
        var proof = LogReader.open(directory).prove(0, true);
        byte[] entry = proof.extra().orElseThrow();
        assertThat(proof.verify(List.of(KEY.verifierKey()), entry)).isInstanceOf(ProofVerdict.Holds.class);
        assertThat(proof.verify(List.of(LOGS.key().verifierKey()), entry)).isInstanceOf(ProofVerdict.Holds.class);
        VerifyReport report = verify(Optional.of(KEY.verifierKey()));
        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).anyMatch(line -> line.contains("signed with SM2 too"));
        assertThat(verify(Optional.of(fresh().verifierKey())).findings())
                .extracting(Object::toString)
                .anyMatch(line -> line.contains("log-sm2.vkey"))
                .anyMatch(line -> line.contains("not signed by the SM2 key trusted"));
    }

    @Test
    void receipt_anyByteChanged_fails() throws Exception {
        byte[] sound = append(LOGS.options().withSm2(KEY), 0).bytes();
        ReceiptVerifier verifier = new ReceiptVerifier(Optional.empty());
        for (int at = 0; at < sound.length; at++) {
            for (int flip : new int[] {1, 0x20}) {
                byte[] changed = sound.clone();
                changed[at] ^= (byte) flip;
                assertThat(verifier.verify(changed)).as("byte " + at).isInstanceOf(Verdict.Fails.class);
            }
        }
        String text = new String(sound, StandardCharsets.UTF_8);
        String key = "\"" + KEY.verifierKey().text() + "\"";
        for (String other : List.of(
                text.replace("\"keys\":[" + key + "],", ""),
                text.replace("[" + key + "]", "[]"),
                text.replace(key, key + "," + key),
                text.replace(key, "\"" + fresh().verifierKey().text() + "\""))) {
            assertThat(other).isNotEqualTo(text);
            assertThat(verifier.verify(other.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Verdict.Fails.class);
        }
    }

    @Test
    void open_sm2TurnedOnAndOffAgain_everyReceiptHoldsAndNamesWhoSigned() throws Exception {
        LogReceipt before = append(LOGS.options(), 0);
        LogReceipt with = append(LOGS.options().withSm2(KEY), 1);
        LogReceipt old;
        try (AuditLog log = LOGS.open(directory)) {
            old = log.receipt(new EntryId("p", 1)).orElseThrow(); // under the checkpoint with two lines
        }
        LogReceipt after = append(LOGS.options(), 2);
        for (LogReceipt receipt : List.of(before, with, old, after)) {
            assertThat(new ReceiptVerifier(Optional.of(LOGS.key().verifierKey())).verify(receipt.bytes()))
                    .isInstanceOf(Verdict.Holds.class);
        }
        assertThat(before.inclusion().orElseThrow().keys()).isEmpty();
        assertThat(with.inclusion().orElseThrow().keys()).hasSize(1);
        assertThat(old.inclusion().orElseThrow().keys()).isEmpty();
        VerifyReport report = verify(Optional.empty());
        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).anyMatch(line -> line.contains("carries no signature of the key in log-sm2.vkey"));
    }

    @Test
    void open_otherSm2KeyOrForgedLine_isRefused() throws Exception {
        append(LOGS.options().withSm2(KEY), 0);
        assertThatThrownBy(() -> AuditLog.open(directory, LOGS.options().withSm2(fresh())))
                .isInstanceOf(AuditLogException.Damaged.class)
                .hasMessageContaining("log-sm2.vkey");
        Path checkpoint = directory.resolve("checkpoint");
        SignedNote note = SignedNote.parse(Files.readString(checkpoint));
        Files.writeString(
                checkpoint, note.only(List.of(LOGS.key().verifierKey())) + KEY.signatureLine("another text\n"));
        assertThatThrownBy(() -> AuditLog.open(directory, LOGS.options().withSm2(KEY)))
                .isInstanceOf(AuditLogException.Damaged.class)
                .hasMessageContaining("checkpoint");
        assertThat(verify(Optional.empty()).findings())
                .extracting(Object::toString)
                .anyMatch(line -> line.contains("false signature"));
        Files.writeString(directory.resolve("log-sm2.vkey"), "rubbish\n");
        assertThat(verify(Optional.empty()).findings())
                .extracting(Object::toString)
                .anyMatch(line -> line.contains("no verifier key"));
    }

    @Test
    void withSm2_keyOfAnotherName_isRefused() {
        SecureRandom random = new SecureRandom();
        Sm2SigningKey other = Sm2SigningKey.ofScalar("other.example", Sm2SigningKey.freshScalar(random), random);
        assertThatThrownBy(() -> AuditLog.open(directory, LOGS.options().withSm2(other)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
