package dev.hufu.auditlog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.Sm2SigningKey;
import dev.hufu.auditlog.note.WitnessAlgorithm;
import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.receipt.Level;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.Verdict;
import dev.hufu.auditlog.verify.Finding;
import dev.hufu.auditlog.verify.LogVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running log that asks witnesses by itself, over HTTP on loopback. */
class CosignerTest {
    private static final Logs LOGS = new Logs();
    private static final Duration FAR = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private TestWitnesses witnesses;

    @BeforeEach
    void begin() {
        witnesses = new TestWitnesses(directory, LOGS.key().verifierKey());
    }

    @AfterEach
    void end() throws IOException {
        witnesses.close();
    }

    private AuditLog open(Witnesses asked) throws IOException {
        return AuditLog.open(directory.resolve("log"), LOGS.options().withWitnesses(asked));
    }

    private static LogReceipt append(AuditLog log, int sequence) {
        return log.append(new EntryId("p", sequence), ("entry" + sequence).getBytes(StandardCharsets.UTF_8));
    }

    private static LogReceipt receipt(AuditLog log, int sequence) {
        return log.receipt(new EntryId("p", sequence)).orElseThrow();
    }

    private static Cosigning await(AuditLog log, Predicate<Cosigning> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Cosigning state = log.cosigning().orElseThrow();
            if (wanted.test(state)) {
                return state;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so: " + state);
            }
            Thread.sleep(5);
        }
    }

    private static WitnessStanding standing(Cosigning state, int number) {
        return state.witnesses().stream()
                .filter(w -> w.name().equals("council.example/w" + number))
                .findFirst()
                .orElseThrow();
    }

    private static Predicate<Cosigning> trouble(int number, WitnessTrouble wanted) {
        return state -> standing(state, number).trouble().equals(Optional.of(wanted));
    }

    private static List<Finding> findings(Path log, Optional<WitnessPolicy> policy) throws IOException {
        return new LogVerifier(Optional.empty(), Optional.empty(), policy)
                .verify(log)
                .findings();
    }

    private static boolean holds(LogReceipt receipt, Witnesses asked) {
        return new ReceiptVerifier(Optional.of(LOGS.key().verifierKey()), Optional.empty(), Optional.of(asked.policy()))
                        .verify(receipt.bytes())
                instanceof Verdict.Holds;
    }

    @Test
    void append_allCosign_givesD3ThatHoldsForThePolicyAndTheFileStaysSound() throws Exception {
        Witnesses asked = TestWitnesses.asked(2, FAR, witnesses.honest(1), witnesses.honest(2));
        try (AuditLog log = open(asked)) {
            assertThat(append(log, 0).level()).isEqualTo(Level.D1);
            await(log, state -> state.size() >= 1);
            for (int i = 1; i < 400; i++) {
                append(log, i);
            }
            Cosigning state = await(log, s -> s.size() == 400);
            assertThat(state.sound()).isTrue();
            assertThat(state.published().orElseThrow().by())
                    .containsExactly("council.example/w1", "council.example/w2");
            LogReceipt receipt = receipt(log, 7);
            assertThat(receipt.level()).isEqualTo(Level.D3);
            assertThat(CanonicalJson.parse(receipt.bytes()).path("level").asString())
                    .isEqualTo("D3");
            assertThat(holds(receipt, asked)).isTrue();
            assertThat(receipt.inclusion().orElseThrow().witnesses()).hasSize(2);
            assertThat(append(log, 400).level())
                    .as("an append waits for nobody")
                    .isEqualTo(Level.D1);
        }
        Path files = directory.resolve("log");
        assertThat(findings(files, Optional.empty())).isEmpty();
        assertThat(findings(files, Optional.of(asked.policy())))
                .as("the newest checkpoint bears no cosignature, the kept one does")
                .isEmpty();
        Witnesses other = TestWitnesses.asked(1, FAR, witnesses.gone(9));
        assertThat(findings(files, Optional.of(other.policy()))).hasSize(1);
    }

    @Test
    void append_withSm2_receiptCarriesBothLinesOfTheLogAndTheWitness() throws Exception {
        Sm2SigningKey sm2 = Sm2SigningKey.ofScalar(
                "log.example/hufu", Sm2SigningKey.freshScalar(new SecureRandom()), new SecureRandom());
        Witnesses asked = TestWitnesses.asked(1, FAR, witnesses.honest(1));
        try (AuditLog log = AuditLog.open(
                directory.resolve("log"), LOGS.options().withSm2(sm2).withWitnesses(asked))) {
            append(log, 0);
            await(log, state -> state.size() == 1);
            LogReceipt receipt = receipt(log, 0);
            assertThat(receipt.inclusion().orElseThrow().keys())
                    .containsExactly(sm2.verifierKey(), TestWitnesses.key(1).verifierKey());
            assertThat(new ReceiptVerifier(
                                    Optional.empty(), Optional.of(sm2.verifierKey()), Optional.of(asked.policy()))
                            .verify(receipt.bytes()))
                    .isInstanceOf(Verdict.Holds.class);
        }
    }

    @Test
    void append_witnessWithMlDsa_givesD3ThatFitsBesideEd25519() throws Exception {
        Witnesses asked = TestWitnesses.asked(2, FAR, witnesses.honest(1), witnesses.postQuantum(2));
        try (AuditLog log = open(asked)) {
            append(log, 0);
            await(log, state -> state.size() == 1);
            LogReceipt receipt = receipt(log, 0);
            assertThat(receipt.inclusion().orElseThrow().witnesses())
                    .extracting(WitnessKey::algorithm)
                    .containsExactly(WitnessAlgorithm.ED25519, WitnessAlgorithm.ML_DSA_44);
            assertThat(holds(receipt, asked)).isTrue();
        }
    }

    @Test
    void append_oneOfTwoGone_staysD2AndNamesItUntilItComes() throws Exception {
        WitnessPlace absent = witnesses.gone(2);
        Witnesses asked = TestWitnesses.asked(2, Duration.ZERO, witnesses.honest(1), absent);
        try (AuditLog log = open(asked)) {
            append(log, 0);
            LOGS.awaitIncluded(log, new EntryId("p", 0));
            Cosigning state = await(
                    log,
                    trouble(2, WitnessTrouble.AWAY)
                            .and(s -> s.late() && standing(s, 1).size() == 1));
            assertThat(state.published()).isEmpty();
            assertThat(state.sound()).isFalse();
            assertThat(state.lacking(1)).extracting(WitnessStanding::name).containsExactly("council.example/w2");
            assertThat(receipt(log, 0).level()).isEqualTo(Level.D2);
            assertThat(log.health().accepting()).isTrue();
            witnesses.arrive(2, absent);
            await(log, s -> s.size() == 1);
            assertThat(receipt(log, 0).level()).isEqualTo(Level.D3);
            assertThat(standing(await(log, Cosigning::sound), 2).failures()).isPositive();
        }
    }

    @Test
    void append_silentWitness_doesNotKeepTheOthersFromTheirQuorum() throws Exception {
        Witnesses asked = TestWitnesses.asked(
                2, FAR, witnesses.silent(1), witnesses.honest(2), witnesses.honest(3)); // silent for 20 s at least
        try (AuditLog log = open(asked)) {
            for (int i = 0; i < 5; i++) {
                append(log, i);
                long size = i + 1;
                Cosigning state = await(log, s -> s.size() >= size);
                assertThat(state.published().orElseThrow().by())
                        .containsExactly("council.example/w2", "council.example/w3");
                assertThat(receipt(log, i).level()).isEqualTo(Level.D3);
            }
        }
    }

    @Test
    void append_slowWitnessThatIsNeeded_isWaitedForWhileTheLogGrows() throws Exception {
        WitnessPlace slow = witnesses.saying(2, answer -> {
            try {
                Thread.sleep(150);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return TestWitnesses.truly(answer);
        });
        Witnesses asked = TestWitnesses.asked(2, FAR, witnesses.honest(1), slow);
        try (AuditLog log = open(asked)) {
            int appended = 0;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (log.cosigned().isEmpty() && System.nanoTime() < deadline) {
                append(log, appended++); // checkpoints come faster than the witness answers
                Thread.sleep(1);
            }
            assertThat(log.cosigned()).isPresent();
        }
    }

    @Test
    void append_lyingWitnesses_areNamedAndCountForNothing() throws Exception {
        AtomicBoolean lying = new AtomicBoolean(true);
        WitnessPlace forger = witnesses.saying(
                1,
                answer -> answer instanceof Answer.Cosigned(String line)
                        ? new TestWitnesses.Reply(200, flipped(line))
                        : TestWitnesses.truly(answer),
                lying);
        WitnessPlace ahead = witnesses.saying(2, _ -> new TestWitnesses.Reply(409, "1000000\n"));
        WitnessPlace fork = witnesses.saying(3, _ -> new TestWitnesses.Reply(422, ""));
        WitnessPlace rubbish = witnesses.saying(4, _ -> new TestWitnesses.Reply(409, "-1 or so"));
        WitnessPlace endless = witnesses.saying(5, _ -> new TestWitnesses.Reply(200, "x".repeat(1_000_000)));
        WitnessPlace other = new WitnessPlace(
                TestWitnesses.key(7).verifierKey(), witnesses.honest(6).url());
        WitnessPlace stranger = witnesses.saying(8, _ -> new TestWitnesses.Reply(404, ""));
        Witnesses asked = TestWitnesses.asked(1, FAR, forger, ahead, fork, rubbish, endless, other, stranger);
        try (AuditLog log = open(asked)) {
            append(log, 0);
            Cosigning state = await(
                    log,
                    trouble(1, WitnessTrouble.FALSE_SIGNATURE)
                            .and(trouble(2, WitnessTrouble.AHEAD))
                            .and(trouble(3, WitnessTrouble.FORK))
                            .and(trouble(4, WitnessTrouble.NONSENSE))
                            .and(trouble(5, WitnessTrouble.AWAY))
                            .and(trouble(7, WitnessTrouble.OTHER_KEY))
                            .and(trouble(8, WitnessTrouble.LOG_UNKNOWN)));
            assertThat(state.published()).isEmpty();
            assertThat(directory.resolve("log/checkpoint.cosigned")).doesNotExist();
            LOGS.awaitIncluded(log, new EntryId("p", 0));
            assertThat(receipt(log, 0).level()).isEqualTo(Level.D2);
            lying.set(false);
            assertThat(await(log, s -> s.size() == 1).published().orElseThrow().by())
                    .containsExactly("council.example/w1");
        }
    }

    private static String flipped(String line) {
        int at = line.length() - 10;
        return line.substring(0, at) + (line.charAt(at) == 'A' ? 'B' : 'A') + line.substring(at + 1);
    }

    @Test
    void open_afterARestartWithoutWitnesses_remembersWhatWasCosigned() throws Exception {
        WitnessPlace first = witnesses.honest(1);
        Witnesses asked = TestWitnesses.asked(1, FAR, first);
        try (AuditLog log = open(asked)) {
            append(log, 0);
            await(log, state -> state.size() == 1);
        }
        String kept = Files.readString(directory.resolve("log/checkpoint.cosigned"));
        witnesses.close();
        try (AuditLog log = open(asked)) {
            append(log, 1);
            await(log, trouble(1, WitnessTrouble.AWAY));
            assertThat(log.cosigned().orElseThrow().note()).isEqualTo(kept);
            assertThat(receipt(log, 0).level()).isEqualTo(Level.D3);
            LOGS.awaitIncluded(log, new EntryId("p", 1));
            assertThat(receipt(log, 1).level()).isEqualTo(Level.D2);
        }
        Witnesses stricter = TestWitnesses.asked(2, FAR, first, witnesses.gone(2));
        try (AuditLog log = open(stricter)) {
            assertThat(log.cosigned()).as("two are wanted now").isEmpty();
            assertThat(receipt(log, 0).level()).isEqualTo(Level.D2);
            assertThat(standing(log.cosigning().orElseThrow(), 1).size()).isEqualTo(1);
        }
        try (AuditLog log = LOGS.open(directory.resolve("log"))) {
            assertThat(log.cosigning()).isEmpty();
            assertThat(receipt(log, 0).level()).isEqualTo(Level.D2);
        }
        assertThat(SignedNote.parse(Files.readString(directory.resolve("log/checkpoint.cosigned")))
                        .verify(TestWitnesses.key(1).verifierKey()))
                .isTrue();
    }

    @Test
    void open_logPutBackBehindWhatWasCosigned_isRefusedAlsoWithoutWitnesses() throws Exception {
        Witnesses asked = TestWitnesses.asked(1, FAR, witnesses.honest(1));
        Path log = directory.resolve("log");
        try (AuditLog open = open(asked)) {
            append(open, 0);
            append(open, 1);
            await(open, state -> state.size() == 2);
        }
        Path cosigned = log.resolve("checkpoint.cosigned");
        String kept = Files.readString(cosigned);
        for (String entries : List.of("one", "one two three")) { // an older state, and a fork that is longer
            Path other = directory.resolve("other " + entries.length());
            try (AuditLog fork = LOGS.open(other)) {
                int sequence = 0;
                for (String entry : entries.split(" ")) {
                    fork.append(new EntryId("p", sequence++), entry.getBytes(StandardCharsets.UTF_8));
                }
            }
            Files.writeString(other.resolve("checkpoint.cosigned"), kept);
            assertThat(findings(other, Optional.empty()))
                    .extracting(Finding::file)
                    .containsExactly("checkpoint.cosigned");
            for (LogOptions options : List.of(LOGS.options(), LOGS.options().withWitnesses(asked))) {
                assertThatThrownBy(() -> AuditLog.open(other, options))
                        .isInstanceOf(AuditLogException.Damaged.class)
                        .hasMessageContaining("nothing is signed on");
            }
        }
        Files.writeString(cosigned, "rubbish");
        assertThatThrownBy(() -> open(asked)).isInstanceOf(AuditLogException.Damaged.class);
        Files.writeString(cosigned, kept);
        open(asked).close();
    }

    @Test
    void publish_fileCannotBeWritten_saysSoStaysD2AndIsTriedAgain() throws Exception {
        Path inTheWay = Files.createDirectories(directory.resolve("log/checkpoint.cosigned.next"));
        try (AuditLog log = open(TestWitnesses.asked(1, FAR, witnesses.honest(1)))) {
            append(log, 0);
            Cosigning state = await(log, s -> s.trouble().isPresent());
            assertThat(state.published()).isEmpty();
            assertThat(state.sound()).isFalse();
            assertThat(receipt(log, 0).level()).isNotEqualTo(Level.D3);
            assertThat(log.health().accepting()).isTrue();
            Files.delete(inTheWay);
            assertThat(await(log, s -> s.size() == 1 && s.trouble().isEmpty()).sound())
                    .isTrue();
            assertThat(receipt(log, 0).level()).isEqualTo(Level.D3);
        }
    }

    @Test
    void idle_witnessThatGoes_isNoticedByTheHeartbeat() throws Exception {
        Witnesses asked = TestWitnesses.asked(1, FAR, witnesses.honest(1));
        try (AuditLog log = open(asked)) {
            append(log, 0);
            await(log, state -> state.size() == 1);
            witnesses.close();
            Cosigning state = await(log, trouble(1, WitnessTrouble.AWAY));
            assertThat(state.size()).isEqualTo(1);
            assertThat(state.sound()).isFalse();
        }
    }
}
