package dev.hufu.auditlog.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.WitnessSigningKey;
import dev.hufu.auditlog.witness.WitnessClient.Asked;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A witness over logs that grow, fork and roll back, directly and over HTTP. */
class WitnessStateTest {
    private static final Logs LOGS = new Logs();
    private static final WitnessSigningKey KEY = WitnessSigningKey.ofSeed("council.example/w1", new byte[32]);
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_763_000_000), ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path state() throws IOException {
        return Files.createDirectories(directory.resolve("state"));
    }

    private Witness witness() throws IOException {
        return Witness.open(state(), KEY, List.of(LOGS.key().verifierKey()), CLOCK);
    }

    /** Lets the log in {@code name} grow to {@code size} entries, the texts of which start with {@code word}. */
    private LogReader log(String name, String word, int from, int size) throws Exception {
        try (AuditLog log = LOGS.open(directory.resolve(name))) {
            List<CompletableFuture<?>> pending = new ArrayList<>();
            for (int i = from; i < size; i++) {
                pending.add(log.appendAsync(new EntryId("p", i), (word + i).getBytes(StandardCharsets.UTF_8)));
            }
            pending.forEach(CompletableFuture::join);
        }
        return LogReader.open(directory.resolve(name));
    }

    private static String request(LogReader log, long old) throws IOException {
        List<Hash> proof = old == 0 ? List.of() : log.consistency(old);
        return new AddCheckpoint(old, proof, log.note()).text();
    }

    @Test
    void add_growingLog_isCosignedAndRemembersAcrossRestarts() throws Exception {
        LogReader small = log("log", "a", 0, 5);
        try (Witness witness = witness()) {
            assertThat(witness.add(request(small, 0))).isInstanceOfSatisfying(Answer.Cosigned.class, cosigned -> {
                SignedNote note = SignedNote.parse(small.note() + cosigned.line());
                assertThat(note.of(KEY.verifierKey())).isEqualTo(SignedNote.Standing.SIGNED);
            });
            assertThat(witness.add(request(small, 5)))
                    .as("the same again is cosigned again")
                    .isInstanceOf(Answer.Cosigned.class);
        }
        LogReader large = log("log", "a", 5, 300);
        try (Witness witness = witness()) {
            assertThat(witness.add(request(large, 0))).isEqualTo(new Answer.Conflict(5));
            assertThat(witness.add(request(large, 4))).isEqualTo(new Answer.Conflict(5));
            assertThat(witness.add(request(large, 5))).isInstanceOf(Answer.Cosigned.class);
            assertThat(witness.last(small.checkpoint().origin())).contains(large.checkpoint());
        }
    }

    @Test
    void add_rollbackOrFork_isRefusedAndChangesNothing() throws Exception {
        LogReader honest = log("log", "a", 0, 5);
        LogReader shorter = log("short", "a", 0, 3);
        LogReader sameSize = log("fork", "b", 0, 5);
        LogReader longer = log("long fork", "b", 0, 9);
        try (Witness witness = witness()) {
            assertThat(witness.add(request(honest, 0))).isInstanceOf(Answer.Cosigned.class);
            assertThat(witness.add(new AddCheckpoint(5, List.of(), shorter.note()).text()))
                    .isInstanceOf(Answer.Malformed.class);
            assertThat(witness.add(request(shorter, 3))).isEqualTo(new Answer.Conflict(5));
            assertThat(witness.add(request(sameSize, 5))).isEqualTo(new Answer.Conflict(5));
            assertThat(witness.add(request(longer, 5))).isEqualTo(new Answer.Inconsistent());
            assertThat(witness.add(new AddCheckpoint(5, List.of(), longer.note()).text()))
                    .isEqualTo(new Answer.Inconsistent());
            assertThat(witness.last(honest.checkpoint().origin())).contains(honest.checkpoint());
        }
    }

    @Test
    void add_unknownLogOrOtherSigner_isRefused() throws Exception {
        LogReader log = log("log", "a", 0, 5);
        try (Witness witness = Witness.open(
                state(), KEY, List.of(new Logs("other.example").key().verifierKey()), CLOCK)) {
            assertThat(witness.add(request(log, 0))).isEqualTo(new Answer.UnknownLog());
            String unsigned = log.note().replace("log.example/hufu", "other.example");
            assertThat(witness.add(new AddCheckpoint(0, List.of(), unsigned).text()))
                    .isEqualTo(new Answer.NotSigned());
        }
    }

    @Test
    void add_malformed_isRefused() throws Exception {
        LogReader log = log("log", "a", 0, 5);
        String sound = request(log, 0);
        String hash = log.checkpoint().root().base64();
        Map<String, String> malformed = new LinkedHashMap<>();
        malformed.put("empty", "");
        malformed.put("no old line", sound.substring(6));
        malformed.put("old with a leading zero", sound.replace("old 0", "old 00"));
        malformed.put("old with a sign", sound.replace("old 0", "old -1"));
        malformed.put("old beyond the checkpoint", sound.replace("old 0", "old 6"));
        malformed.put("hash that is none", sound.replace("old 0\n", "old 0\nAAAA\n"));
        malformed.put("64 hashes", sound.replace("old 0\n", "old 0\n" + (hash + "\n").repeat(64)));
        malformed.put("no checkpoint", "old 0\n\n");
        malformed.put("no empty line", sound.replaceFirst("\n\n", "\n"));
        try (Witness witness = witness()) {
            malformed.forEach((name, body) -> {
                assertThat(body).as(name).isNotEqualTo(sound);
                assertThat(add(witness, body)).as(name).isInstanceOf(Answer.Malformed.class);
            });
            assertThat(add(witness, sound.replace("old 0\n", "old 0\n" + hash + "\n")))
                    .as("a proof from nothing")
                    .isEqualTo(new Answer.Inconsistent());
            assertThat(witness.last(log.checkpoint().origin())).isEmpty();
        }
    }

    private static Answer add(Witness witness, String body) {
        try {
            return witness.add(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void open_damagedStateOrSecondProcess_isRefused() throws Exception {
        LogReader log = log("log", "a", 0, 5);
        try (Witness witness = witness()) {
            witness.add(request(log, 0));
            assertThatThrownBy(this::witness).isInstanceOf(AuditLogException.InUse.class);
        }
        Path kept;
        try (var files = Files.list(state())) {
            kept = files.filter(file -> file.getFileName().toString().startsWith("cosigned-"))
                    .findFirst()
                    .orElseThrow();
        }
        String text = Files.readString(kept);
        String other = new Checkpoint("other.example", 5, log.checkpoint().root()).text();
        for (String damaged : List.of("", "rubbish", text + "more\n", other)) {
            Files.writeString(kept, damaged);
            assertThatThrownBy(this::witness).isInstanceOf(AuditLogException.Damaged.class);
        }
        Files.writeString(kept, text);
        witness().close();
    }

    @Test
    void ask_overHttp_proofIsMadeFromTheTilesAndForksAreNamed() throws Exception {
        LogReader small = log("log", "a", 0, 5);
        try (WitnessServer server = WitnessServer.start(witness(), 0);
                WitnessClient client = client(server.port())) {
            assertThat(client.ask(small)).isInstanceOf(Asked.Cosigned.class);
            LogReader large = log("log", "a", 5, 700);
            assertThat(client.ask(large)).isInstanceOfSatisfying(Asked.Cosigned.class, cosigned -> {
                SignedNote note = SignedNote.parse(large.note() + cosigned.line());
                assertThat(note.of(KEY.verifierKey())).isEqualTo(SignedNote.Standing.SIGNED);
            });
            assertThat(client.ask(small))
                    .isInstanceOfSatisfying(
                            Asked.Refused.class,
                            refused -> assertThat(refused.why()).contains("700", "rolled back"));
            assertThat(client.ask(log("fork", "b", 0, 800)))
                    .isInstanceOfSatisfying(
                            Asked.Refused.class,
                            refused -> assertThat(refused.why()).contains("a fork"));
            WitnessSigningKey other = WitnessSigningKey.ofSeed("other.example", new byte[32]);
            try (var wrong = new WitnessClient(
                    URI.create("http://localhost:" + server.port() + "/"), other.verifierKey(), PATIENCE)) {
                assertThat(wrong.ask(large))
                        .isInstanceOfSatisfying(
                                Asked.Refused.class,
                                refused -> assertThat(refused.why()).contains("another key"));
            }
        }
    }

    @Test
    void ask_witnessGoneOrSilent_saysSoInBoundedTime() throws Exception {
        LogReader log = log("log", "a", 0, 5);
        try (ServerSocket silent = new ServerSocket(0);
                WitnessClient client = new WitnessClient(
                        URI.create("http://localhost:" + silent.getLocalPort()),
                        KEY.verifierKey(),
                        Duration.ofMillis(200))) {
            assertThat(client.ask(log)).isInstanceOf(Asked.Away.class);
        }
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (WitnessClient client = client(free)) {
            assertThat(client.ask(log)).isInstanceOf(Asked.Away.class);
        }
    }

    private static WitnessClient client(int port) {
        return new WitnessClient(URI.create("http://localhost:" + port), KEY.verifierKey(), PATIENCE);
    }
}
