package dev.hufu.auditlog.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.receipt.LogReceipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Go's own transparency-log code reads our checkpoint, tiles, bundles and proofs, and refuses a forgery of each. */
class GoReaderTest {
    private static final int ENTRIES = 700;

    @TempDir
    private static Path tools;

    @TempDir
    Path directory;

    @BeforeAll
    static void buildTheReader() throws InterruptedException {
        ForeignProgram.require(
                "needs Go and its module proxy",
                Path.of("src/test/go/reader").toAbsolutePath(),
                "go",
                "build",
                "-o",
                tools.resolve("reader").toString(),
                ".");
    }

    @BeforeEach
    void writeALog() throws Exception {
        Logs logs = new Logs();
        try (AuditLog log = logs.open(directory)) {
            List<CompletableFuture<LogReceipt>> pending = new ArrayList<>();
            for (int i = 0; i < ENTRIES; i++) {
                pending.add(log.appendAsync(new EntryId("p", i), ("entry " + i).getBytes(StandardCharsets.UTF_8)));
            }
            pending.forEach(CompletableFuture::join);
            logs.awaitIncluded(log, new EntryId("p", ENTRIES - 1));
        }
    }

    private ForeignProgram reader(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tools.resolve("reader").toString()));
        command.addAll(List.of(arguments));
        return ForeignProgram.run(directory, command.toArray(String[]::new));
    }

    private void assertRefused(String file, byte[] forged) throws Exception {
        Path path = directory.resolve(file);
        byte[] sound = Files.readAllBytes(path);
        assertThat(forged).isNotEqualTo(sound);
        Files.write(path, forged);
        ForeignProgram run = reader("log", ".");
        assertThat(run.code()).as(file + ": " + run.output()).isEqualTo(1);
        assertThat(run.output()).startsWith("refused: ");
        Files.write(path, sound);
    }

    @Test
    void log_ours_isAcceptedAndEveryForgeryRefused() throws Exception {
        assertThat(reader("log", ".")).isEqualTo(new ForeignProgram(0, "accepted: 700 entries\n"));
        for (String file : List.of("tile/0/000", "tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/001")) {
            byte[] forged = Files.readAllBytes(directory.resolve(file));
            forged[forged.length / 2] ^= 1;
            assertRefused(file, forged);
        }
        String checkpoint = Files.readString(directory.resolve("checkpoint"));
        assertRefused("checkpoint", checkpoint.replace("\n700\n", "\n699\n").getBytes(StandardCharsets.UTF_8));
        String stranger = new Logs("other.example").key().verifierKey().text() + "\n";
        assertRefused("log.vkey", stranger.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void proof_ours_isAcceptedAndForOtherIndexOrEntryRefused() throws Exception {
        String proof = LogReader.open(directory).prove(511, true).text();
        assertProof(proof, 0);
        assertProof(proof.replace("index 511", "index 510"), 1);
        assertProof(proof.replaceFirst("extra ....", "extra AAAA"), 1);
        assertProof(proof.replace("\n700\n", "\n701\n"), 1);
    }

    private void assertProof(String proof, int code) throws Exception {
        Files.writeString(directory.resolve("a.tlog-proof"), proof);
        ForeignProgram run = reader("proof", "log.vkey", "a.tlog-proof");
        assertThat(run.code()).as(run.output()).isEqualTo(code);
    }
}
