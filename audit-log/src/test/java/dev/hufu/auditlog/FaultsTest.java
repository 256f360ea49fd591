package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.verify.LogVerifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log does when the disk fails, or was changed while it was closed. */
class FaultsTest {
    @TempDir
    Path directory;

    private final Logs logs = new Logs();

    /** A disk whose journal can be made to fail or to hang. */
    private static final class BadDisk implements Disk {
        private volatile boolean failForce;
        private volatile boolean shortWrite;
        private volatile CountDownLatch hang = new CountDownLatch(0);

        @Override
        public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
            if (shortWrite) {
                bytes.limit(bytes.position() + bytes.remaining() / 2);
                Disk.super.write(file, bytes, position);
                throw new IOException("No space left on device");
            }
            Disk.super.write(file, bytes, position);
        }

        @Override
        public void force(FileChannel file) throws IOException {
            try {
                hang.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (failForce) {
                throw new IOException("Input/output error");
            }
            Disk.super.force(file);
        }
    }

    @Test
    void append_failedForce_stopsTheLogForGoodAndARestartRecovers() throws IOException {
        BadDisk disk = new BadDisk();
        try (AuditLog log = logs.open(directory, disk)) {
            log.append(new EntryId("p", 0), bytes("kept"));
            disk.failForce = true;
            assertThatThrownBy(() -> log.append(new EntryId("p", 1), bytes("lost?")))
                    .isInstanceOf(AuditLogException.Stopped.class)
                    .hasMessageContaining("Input/output error");
            disk.failForce = false;
            assertThatThrownBy(() -> log.append(new EntryId("p", 2), bytes("never retried")))
                    .isInstanceOf(AuditLogException.Stopped.class);
            assertThat(log.health().accepting()).isFalse();
            assertThat(log.health().stopped().orElseThrow()).contains("restarts it");
        }
        try (AuditLog log = logs.open(directory)) {
            assertThat(log.receipt(new EntryId("p", 0))).isPresent();
            log.append(new EntryId("p", 2), bytes("goes on"));
        }
        assertThat(new LogVerifier(Optional.empty()).verify(directory).findings())
                .isEmpty();
    }

    @Test
    void append_shortWrite_stopsTheLogAndTheTornTailIsCutOff() throws IOException {
        BadDisk disk = new BadDisk();
        try (AuditLog log = logs.open(directory, disk)) {
            log.append(new EntryId("p", 0), bytes("kept"));
            disk.shortWrite = true;
            assertThatThrownBy(() -> log.append(new EntryId("p", 1), bytes("torn")))
                    .isInstanceOf(AuditLogException.Stopped.class)
                    .hasMessageContaining("No space left");
        }
        try (AuditLog log = logs.open(directory)) {
            assertThat(log.size()).isEqualTo(1);
            log.append(new EntryId("p", 1), bytes("again"));
        }
        assertThat(new LogVerifier(Optional.empty()).verify(directory).findings())
                .isEmpty();
    }

    @Test
    void appendAsync_diskHangs_saysBusyAndLosesNothing() throws IOException {
        BadDisk disk = new BadDisk();
        try (AuditLog log = logs.open(directory, disk)) {
            disk.hang = new CountDownLatch(1);
            List<CompletableFuture<LogReceipt>> accepted = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            accepted.add(log.appendAsync(new EntryId("p", i), bytes("entry")));
                        }
                    })
                    .isInstanceOf(AuditLogException.Busy.class);
            disk.hang.countDown();
            accepted.forEach(CompletableFuture::join);
            assertThat(log.size()).isEqualTo(accepted.size());
        }
    }

    /** A journal cut anywhere in its last batch, as a crash leaves it, and one changed anywhere in it, as none does. */
    @Test
    void open_lastBatchCutOrChanged_isCutOffOrRefused() throws IOException {
        try (AuditLog log = logs.open(directory)) {
            log.append(new EntryId("p", 0), bytes("first"));
        }
        Path segment = directory.resolve("journal/00000000000000000000");
        int before = (int) Files.size(segment);
        try (AuditLog log = logs.open(directory)) {
            log.append(new EntryId("p", 1), bytes("second"));
        }
        byte[] whole = Files.readAllBytes(segment);
        forgetTheSecond();
        for (int length = before; length < whole.length; length += 7) {
            Files.write(segment, Arrays.copyOf(whole, length));
            try (AuditLog log = logs.open(directory)) {
                assertThat(log.size()).isEqualTo(1);
                assertThat(log.receipt(new EntryId("p", 0))).isPresent();
            }
            assertThat(Files.size(segment)).isEqualTo(before);
        }
        for (int at = before; at < whole.length; at += 3) {
            byte[] changed = whole.clone();
            changed[at] ^= 4;
            Files.write(segment, changed);
            assertThatThrownBy(() -> logs.open(directory))
                    .as("byte %d", at)
                    .isInstanceOf(AuditLogException.Damaged.class)
                    .hasMessageContaining("journal/00000000000000000000");
            assertThat(Files.readAllBytes(segment)).isEqualTo(changed);
        }
    }

    /** Takes away what was derived and signed, so that the second entry is an unacknowledged tail. */
    private void forgetTheSecond() throws IOException {
        for (String name : List.of("checkpoint", "ids", "ids.heads", "tiles.forced")) {
            Files.deleteIfExists(directory.resolve(name));
        }
        try (Stream<Path> tiles = Files.walk(directory.resolve("tile"))) {
            for (Path file : tiles.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void open_journalShorterThanTheCheckpoint_signsNothing() throws IOException {
        try (AuditLog log = logs.open(directory)) {
            log.append(new EntryId("p", 0), bytes("first"));
        }
        byte[] checkpoint = Files.readAllBytes(directory.resolve("checkpoint"));
        Files.delete(directory.resolve("journal/00000000000000000000"));
        for (String name : List.of("ids", "ids.heads")) {
            Files.delete(directory.resolve(name));
        }
        assertThatThrownBy(() -> logs.open(directory))
                .isInstanceOf(AuditLogException.Damaged.class)
                .hasMessageContaining("checkpoint of 1 entries");
        assertThat(Files.readAllBytes(directory.resolve("checkpoint"))).isEqualTo(checkpoint);
    }

    @Test
    void open_tilesLostOrDamaged_derivesThemFromTheJournalAndNamesThoseDamaged() throws IOException {
        try (AuditLog log = logs.open(directory)) {
            List<CompletableFuture<LogReceipt>> pending = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                pending.add(log.appendAsync(new EntryId("p", i), bytes("entry " + i)));
            }
            pending.forEach(CompletableFuture::join);
        }
        Files.delete(directory.resolve("tile/0/001"));
        Files.delete(directory.resolve("tile/0/002.p/88"));
        Files.write(directory.resolve("tile/1/000.p/2"), new byte[64]);
        try (AuditLog log = logs.open(directory)) {
            assertThat(log.corrected()).containsExactly("tile/1/000.p/2, index 0");
        }
        assertThat(new LogVerifier(Optional.empty()).verify(directory).findings())
                .isEmpty();
    }

    @Test
    void open_checkpointOfAnotherTree_signsNothing() throws IOException {
        Path other = directory.resolve("other");
        Path mine = directory.resolve("mine");
        for (Path log : List.of(other, mine)) {
            try (AuditLog open = logs.open(log)) {
                open.append(new EntryId("p", 0), bytes(log.getFileName().toString()));
            }
        }
        Files.copy(other.resolve("checkpoint"), mine.resolve("checkpoint"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> logs.open(mine))
                .isInstanceOf(AuditLogException.Damaged.class)
                .hasMessageContaining("contradicts the signed checkpoint");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
