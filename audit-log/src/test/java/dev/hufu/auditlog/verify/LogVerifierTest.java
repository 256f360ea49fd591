package dev.hufu.auditlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.receipt.LogReceipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerifierTest {
    private static final LogVerifier VERIFIER = new LogVerifier(Optional.empty());
    private static final int ENTRIES = 700;

    @TempDir
    Path directory;

    private final Logs logs = new Logs();

    private void fill(AuditLog log, int from, int to) {
        List<CompletableFuture<LogReceipt>> pending = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String text = "entry " + i + " " + "x".repeat(i % 97);
            pending.add(log.appendAsync(new EntryId("p" + i % 3, i), text.getBytes(StandardCharsets.UTF_8)));
            if (i % 50 == 0) {
                pending.getLast().join(); // several batches
            }
        }
        pending.forEach(CompletableFuture::join);
    }

    private void fill() throws IOException {
        try (AuditLog log = logs.open(directory)) {
            fill(log, 0, ENTRIES);
        }
    }

    @Test
    void verify_soundLog_holdsWithOwnOrGivenKey() throws IOException {
        fill();
        VerifyReport report = VERIFIER.verify(directory);
        assertThat(report.findings()).isEmpty();
        assertThat(report.entries()).isEqualTo(ENTRIES);
        assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(ENTRIES);
        assertThat(report.keyGiven()).isFalse();
        assertThat(new LogVerifier(Optional.of(logs.key().verifierKey()))
                        .verify(directory)
                        .holds())
                .isTrue();
        var other = SigningKey.ofSeed(
                "log.example/hufu", "another seed of 32 bytes exactly".getBytes(StandardCharsets.UTF_8));
        assertThat(new LogVerifier(Optional.of(other.verifierKey()))
                        .verify(directory)
                        .findings())
                .extracting(Finding::file)
                .contains("log.vkey", "checkpoint");
    }

    @Test
    void find_dataDirectory_findsTheLogInIt() throws IOException {
        logs.open(directory.resolve("log")).close();
        assertThat(LogVerifier.find(directory)).hasValue(directory.resolve("log"));
        assertThat(LogVerifier.find(directory.resolve("log"))).hasValue(directory.resolve("log"));
        assertThat(LogVerifier.find(directory.resolve("elsewhere"))).isEmpty();
        assertThat(VERIFIER.verify(directory.resolve("log")).findings()).isEmpty();
    }

    /** Every kind of file, at places chosen by a seed, every bit: named, with the entry where there is one. */
    @Test
    void verify_flippedBit_namesTheFile() throws IOException {
        fill();
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("log.lock"))
                    .sorted()
                    .toList();
        }
        assertThat(files.stream().map(file -> directory.relativize(file).toString()))
                .contains("checkpoint", "log.vkey", "ids", "ids.heads", "tiles.forced", "tile/0/000", "tile/1/000.p/2")
                .contains(
                        "tile/entries/000",
                        "tile/entries/002.p/188",
                        "tile/0/002.p/188",
                        "journal/00000000000000000000");
        SplittableRandom random = new SplittableRandom(5);
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            String name = directory.relativize(file).toString();
            for (int tries = 0; tries < 5; tries++) {
                int at = tries == 0 ? 0 : tries == 1 ? sound.length - 1 : random.nextInt(sound.length);
                byte[] changed = sound.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, changed);
                VerifyReport report = VERIFIER.verify(directory);
                assertThat(report.findings())
                        .as("%s, byte %d", name, at)
                        .anyMatch(finding -> finding.file().equals(name));
                if (name.startsWith("tile/") || name.startsWith("journal/") || name.equals("ids")) {
                    assertThat(report.findings())
                            .as("%s, byte %d", name, at)
                            .allMatch(finding -> finding.file().equals(name)
                                    || finding.file().startsWith("ids"))
                            .anyMatch(finding -> finding.index().isPresent());
                }
            }
            Files.write(file, sound);
        }
        assertThat(VERIFIER.verify(directory).findings()).isEmpty();
    }

    @Test
    void verify_flippedByteOfAnEntry_namesItsIndex() throws IOException {
        fill();
        for (String start : List.of("journal/", "tile/entries/")) {
            List<Path> files;
            try (Stream<Path> all = Files.walk(directory)) {
                files = all.filter(Files::isRegularFile)
                        .filter(file -> directory.relativize(file).toString().startsWith(start))
                        .toList();
            }
            int found = 0;
            for (Path file : files) {
                byte[] sound = Files.readAllBytes(file);
                String text = new String(sound, StandardCharsets.ISO_8859_1);
                for (int index : new int[] {0, 17, 255, 256, 400, ENTRIES - 1}) {
                    int at = text.indexOf("entry " + index + " ");
                    if (at < 0) {
                        continue;
                    }
                    found++;
                    byte[] changed = sound.clone();
                    changed[at] ^= 1;
                    Files.write(file, changed);
                    assertThat(VERIFIER.verify(directory).findings())
                            .anyMatch(finding -> finding.file()
                                            .equals(directory.relativize(file).toString())
                                    && finding.index().orElse(-1) == index);
                    Files.write(file, sound);
                }
            }
            assertThat(found).isGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void verify_missingOrCutFiles_areNamed() throws IOException {
        fill();
        for (String name : List.of("checkpoint", "log.vkey", "tile/0/001", "tile/entries/000", "tile/1/000.p/2")) {
            Path file = directory.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            Files.delete(file);
            assertThat(VERIFIER.verify(directory).findings())
                    .anyMatch(finding ->
                            finding.file().equals(name) && finding.what().contains("missing"));
            Files.write(file, Arrays.copyOf(sound, sound.length - 1));
            assertThat(VERIFIER.verify(directory).findings())
                    .anyMatch(finding -> finding.file().equals(name));
            Files.write(file, sound);
        }
        Files.write(directory.resolve("tile/0/777"), new byte[8192]);
        assertThat(VERIFIER.verify(directory).findings())
                .anyMatch(finding -> finding.file().equals("tile/0/777"));
    }

    @Test
    void verify_journalWithoutItsEnd_saysThatEntriesAreMissing() throws IOException {
        try (AuditLog log = logs.open(directory)) {
            fill(log, 0, 3 * ENTRIES);
        }
        List<Path> segments;
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            segments = files.sorted().toList();
        }
        assertThat(segments).hasSizeGreaterThan(1);
        Files.delete(segments.getLast());
        assertThat(VERIFIER.verify(directory).findings())
                .anyMatch(finding ->
                        finding.file().equals("journal") && finding.what().contains("ends here"));
    }

    @Test
    void verify_whileFilesComeAndGo_holds() throws Exception {
        try (AuditLog log = logs.open(directory)) {
            fill(log, 0, 300);
        }
        Path passing = directory.resolve("tile/entries/002.p/7.next");
        AtomicBoolean enough = new AtomicBoolean();
        var writer = Thread.ofPlatform().start(() -> comeAndGo(passing, enough));
        try {
            for (int i = 0; i < 200; i++) {
                assertThat(VERIFIER.verify(directory).findings()).isEmpty();
            }
        } finally {
            enough.set(true);
            writer.join();
        }
    }

    /** As a tile is written beside its name and renamed, and as partial forms go once the tile is full. */
    private static void comeAndGo(Path file, AtomicBoolean enough) {
        try {
            while (!enough.get()) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, "half a tile");
                Files.delete(file);
                Files.delete(file.getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void verify_whileEntriesArrive_holds() throws Exception {
        try (AuditLog log = logs.open(directory)) {
            var writer = Thread.startVirtualThread(() -> fill(log, 0, 5_000));
            int runs = 0;
            while (writer.isAlive() || runs < 3) {
                assertThat(VERIFIER.verify(directory).findings()).isEmpty();
                runs++;
            }
            writer.join();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        assertThat(VERIFIER.verify(directory).entries()).isEqualTo(5_000);
    }
}
