package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    @TempDir
    Path directory;

    private final Logs logs = new Logs();

    private void append(AuditLog log, int from, int to) throws InterruptedException {
        List<CompletableFuture<?>> pending = new ArrayList<>();
        for (int i = from; i < to; i++) {
            pending.add(log.appendAsync(id(i), bytes(i)));
        }
        pending.forEach(CompletableFuture::join);
        logs.awaitIncluded(log, id(to - 1));
    }

    private static EntryId id(int i) {
        return new EntryId("p" + i % 3, i * 2L);
    }

    private static byte[] bytes(int i) {
        return ("entry " + i).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void find_whileTheLogIsOpen_findsEveryEntryInAndBehindTheSnapshot() throws Exception {
        try (AuditLog log = logs.open(directory)) {
            append(log, 0, 300);
        }
        try (AuditLog log = logs.open(directory)) {
            append(log, 300, 600); // behind the snapshot of the close before
            LogReader reader = LogReader.open(directory);
            for (int i = 0; i < 600; i += 7) {
                assertThat(reader.find(id(i))).as("entry " + i).hasValue(i);
                assertThat(reader.entry(i)).isEqualTo(bytes(i));
            }
            assertThat(reader.find(new EntryId("p0", 1))).isEmpty();
            assertThat(reader.find(new EntryId("nobody", 1))).isEmpty();
            assertThat(log.health().accepting()).isTrue();
        }
    }

    @Test
    void find_indexDamagedOrGone_asksTheJournal() throws Exception {
        try (AuditLog log = logs.open(directory)) {
            append(log, 0, 50);
        }
        Path ids = directory.resolve("ids");
        byte[] records = Files.readAllBytes(ids);
        records[40 * 44] ^= 1;
        Files.write(ids, records);
        assertThat(LogReader.open(directory).find(id(44))).hasValue(44);
        Files.delete(ids);
        assertThat(LogReader.open(directory).find(id(44))).hasValue(44);
        Files.delete(directory.resolve("ids.heads"));
        assertThat(LogReader.open(directory).find(id(44))).hasValue(44);
    }

    @Test
    void prove_everyEntryOfACopyOfThePublicFiles_holds() throws Exception {
        try (AuditLog log = logs.open(directory)) {
            append(log, 0, 515);
        }
        try (var files = Files.list(directory.resolve("journal"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory.resolve("journal"));
        LogReader reader = LogReader.open(directory);
        for (long index = 0; index < 515; index++) {
            assertThat(reader.prove(index, true).index()).isEqualTo(index);
        }
        assertThatThrownBy(() -> reader.find(id(1))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> reader.prove(515, true)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.prove(-1, true)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void prove_damagedBundleOrTile_isRefused() throws Exception {
        try (AuditLog log = logs.open(directory)) {
            append(log, 0, 10);
        }
        for (String file : List.of("tile/entries/000.p/10", "tile/0/000.p/10")) {
            Path path = directory.resolve(file);
            byte[] sound = Files.readAllBytes(path);
            byte[] damaged = sound.clone();
            damaged[damaged.length - 1] ^= 1;
            Files.write(path, damaged);
            LogReader reader = LogReader.open(directory);
            long index = file.contains("entries") ? 9 : 3;
            assertThatThrownBy(() -> reader.prove(index, true)).isInstanceOf(AuditLogException.Damaged.class);
            Files.write(path, Arrays.copyOf(sound, 5));
            assertThatThrownBy(() -> reader.prove(index, true)).isInstanceOf(AuditLogException.Damaged.class);
            Files.delete(path);
            assertThatThrownBy(() -> reader.prove(index, true)).isInstanceOf(AuditLogException.Damaged.class);
            Files.write(path, sound);
        }
        Files.writeString(directory.resolve("checkpoint"), "rubbish");
        assertThatThrownBy(() -> LogReader.open(directory)).isInstanceOf(AuditLogException.Damaged.class);
        Files.delete(directory.resolve("checkpoint"));
        assertThatThrownBy(() -> LogReader.open(directory)).isInstanceOf(AuditLogException.Damaged.class);
    }
}
