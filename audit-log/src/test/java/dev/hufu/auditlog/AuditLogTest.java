package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.journal.JournalEntry;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.SmallTree;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.receipt.Level;
import dev.hufu.auditlog.receipt.LogReceipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    Path directory;

    private final Logs logs = new Logs();

    @Test
    void append_entry_isDurableWithPromiseAndThenIncluded() throws Exception {
        EntryId id = new EntryId("hr-1", 7);
        try (AuditLog log = logs.open(directory)) {
            LogReceipt receipt = log.append(id, bytes("hello"));
            assertThat(receipt.level()).isEqualTo(Level.D1);
            assertThat(receipt.id()).isEqualTo(id);
            assertThat(log.size()).isEqualTo(1);
            assertThat(log.entry(0).bytes()).isEqualTo(bytes("hello"));
            LogReceipt included = logs.awaitIncluded(log, id);
            assertThat(included.inclusion().orElseThrow().index()).isZero();
            assertThat(log.checkpoint().size()).isEqualTo(1);
        }
    }

    @Test
    void append_randomEntries_rootEqualsTheDefinitionAtEverySizeAndRestart() throws Exception {
        SplittableRandom random = new SplittableRandom(6962);
        List<Hash> leaves = new ArrayList<>();
        TreeHasher hasher = new TreeHasher();
        for (int round = 0; round < 6; round++) {
            try (AuditLog log = logs.open(directory)) {
                assertThat(log.size()).isEqualTo(leaves.size());
                List<CompletableFuture<LogReceipt>> pending = new ArrayList<>();
                int count = random.nextInt(1, 400);
                for (int i = 0; i < count; i++) {
                    byte[] entry = new byte[random.nextInt(0, 300)];
                    random.nextBytes(entry);
                    leaves.add(hasher.leaf(entry));
                    pending.add(log.appendAsync(new EntryId("p", leaves.size()), entry));
                }
                pending.forEach(CompletableFuture::join);
                LogReceipt last = logs.awaitIncluded(log, new EntryId("p", leaves.size()));
                assertThat(log.checkpoint().size()).isEqualTo(leaves.size());
                assertThat(log.checkpoint().root())
                        .isEqualTo(SmallTree.over(leaves).root());
                assertThat(last.inclusion().orElseThrow().index()).isEqualTo(leaves.size() - 1L);
            }
        }
        assertThat(leaves).hasSizeGreaterThan(512);
    }

    @Test
    void append_sameIdAgain_givesTheFirstReceiptAlsoAfterRestart() throws Exception {
        EntryId id = new EntryId("p", 5);
        byte[] first;
        try (AuditLog log = logs.open(directory)) {
            first = log.append(id, bytes("once")).bytes();
            log.append(new EntryId("p", 9), bytes("later"));
            assertThat(log.append(id, bytes("once")).bytes()).isEqualTo(first);
        }
        try (AuditLog log = logs.open(directory)) {
            assertThat(log.append(id, bytes("once")).bytes()).isEqualTo(first);
            assertThat(log.size()).isEqualTo(2);
            assertThat(log.lastSequence("p")).hasValue(9);
            assertThat(log.lastSequence("q")).isEmpty();
            assertThatThrownBy(() -> log.append(id, bytes("other"))).isInstanceOf(AuditLogException.IdConflict.class);
            assertThatThrownBy(() -> log.append(new EntryId("p", 7), bytes("gap")))
                    .isInstanceOf(AuditLogException.IdConflict.class);
            assertThat(log.receipt(new EntryId("p", 7))).isEmpty();
            assertThat(log.receipt(new EntryId("nobody", 7))).isEmpty();
        }
    }

    @Test
    void receipt_manyProducersWithGaps_findsEveryEntry() throws Exception {
        SplittableRandom random = new SplittableRandom(42);
        long[] sequences = new long[7];
        List<EntryId> ids = new ArrayList<>();
        try (AuditLog log = logs.open(directory)) {
            List<CompletableFuture<LogReceipt>> pending = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                int producer = random.nextInt(sequences.length);
                sequences[producer] += random.nextInt(1, 4);
                ids.add(new EntryId("p" + producer, sequences[producer]));
                pending.add(log.appendAsync(ids.getLast(), bytes("entry " + i)));
            }
            pending.forEach(CompletableFuture::join);
        }
        try (AuditLog log = logs.open(directory)) {
            for (int i = 0; i < ids.size(); i += 17) {
                LogReceipt receipt = log.receipt(ids.get(i)).orElseThrow();
                assertThat(receipt.level()).isEqualTo(Level.D2);
                assertThat(receipt.entry()).isEqualTo(bytes("entry " + i));
                JournalEntry entry = log.entry(i);
                assertThat(entry.id()).isEqualTo(ids.get(i));
            }
        }
    }

    @Test
    void readTile_paths_givesThePublicFormAndNothingElse() throws Exception {
        try (AuditLog log = logs.open(directory)) {
            List<CompletableFuture<LogReceipt>> pending = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                pending.add(log.appendAsync(new EntryId("p", i), bytes("entry " + i)));
            }
            pending.forEach(CompletableFuture::join);
            logs.awaitIncluded(log, new EntryId("p", 299));
            assertThat(log.readTile("tile/0/000").orElseThrow()).hasSize(8192);
            assertThat(log.readTile("tile/0/001.p/44").orElseThrow()).hasSize(44 * 32);
            assertThat(log.readTile("tile/1/000.p/1").orElseThrow()).hasSize(32);
            assertThat(log.readTile("tile/entries/000.p/1").orElseThrow())
                    .as("cut from the full bundle")
                    .isEqualTo("\0\7entry 0".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(log.readTile("tile/0/002")).isEmpty();
            assertThat(log.readTile("tile/0/../../log.vkey")).isEmpty();
            assertThat(log.readTile("log.vkey")).isEmpty();
            assertThat(SignedNote.parse(log.checkpointNote()).verify(log.key())).isTrue();
        }
        assertThat(Files.exists(directory.resolve(new TilePath(0, 0, 1).partialDirectory())))
                .isFalse();
    }

    @Test
    void open_twice_saysThatItIsInUse() throws IOException {
        try (AuditLog log = logs.open(directory)) {
            assertThat(log.health().accepting()).isTrue();
            assertThatThrownBy(() -> logs.open(directory))
                    .isInstanceOf(AuditLogException.InUse.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void open_withAnotherKey_isRefused() throws IOException {
        logs.open(directory).close();
        assertThatThrownBy(() -> new Logs("other.example").open(directory))
                .isInstanceOf(AuditLogException.Damaged.class)
                .hasMessageContaining("log.vkey");
    }

    @Test
    void append_tooLongOrClosed_isRefused() throws IOException {
        AuditLog log = logs.open(directory);
        assertThatThrownBy(() -> log.append(new EntryId("p", 0), new byte[65_536]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65535");
        assertThat(log.append(new EntryId("p", 0), new byte[65_535]).entry()).hasSize(65_535);
        log.close();
        assertThatThrownBy(() -> log.append(new EntryId("p", 1), new byte[1]))
                .isInstanceOf(AuditLogException.Stopped.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
