package dev.hufu.auditlog.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.note.VerifierKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExportTest {
    private static final int ENTRIES = 700;

    @TempDir
    Path directory;

    private final Logs logs = new Logs();
    private final VerifierKey key = logs.key().verifierKey();

    @BeforeEach
    void appendToALog() throws Exception {
        try (AuditLog log = logs.open(directory)) {
            CompletableFuture.allOf(IntStream.range(0, ENTRIES)
                            .mapToObj(i -> log.appendAsync(new EntryId("p", i), bytes(i)))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private static byte[] bytes(int i) {
        return i == 300 ? new byte[0] : ("entry " + i).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] export(long from, long to) throws IOException {
        var out = new ByteArrayOutputStream();
        LogExport.write(LogReader.open(directory), key, from, to, out, _ -> {});
        return out.toByteArray();
    }

    private static ExportVerdict verify(byte[] file, Optional<VerifierKey> trusted) {
        try {
            return new ExportVerifier(trusted, Optional.empty(), Optional.empty())
                    .verify(new ByteArrayInputStream(file), _ -> {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void write_anyRange_holdsByItself() throws IOException {
        int[][] ranges = {{0, ENTRIES}, {0, 1}, {ENTRIES - 1, ENTRIES}, {255, 257}, {256, 512}, {17, 600}, {300, 301}};
        for (int[] range : ranges) {
            byte[] file = export(range[0], range[1]);
            assertThat(LogExport.isOne(file)).isTrue();
            assertThat(verify(file, Optional.of(key))).isInstanceOfSatisfying(ExportVerdict.Holds.class, holds -> {
                assertThat(holds.from()).isEqualTo(range[0]);
                assertThat(holds.to()).isEqualTo(range[1]);
                assertThat(holds.checkpoint().size()).isEqualTo(ENTRIES);
                assertThat(holds.keyGiven()).isTrue();
            });
            assertThat(verify(file, Optional.empty()))
                    .isInstanceOfSatisfying(
                            ExportVerdict.Holds.class,
                            holds -> assertThat(holds.keyGiven()).isFalse());
        }
    }

    @Test
    void verify_anyByteChanged_fails() throws IOException {
        byte[] file = export(250, 260);
        for (int i = 0; i < file.length; i++) {
            for (int bit : new int[] {1, 0x20}) {
                byte[] changed = file.clone();
                changed[i] ^= (byte) bit;
                assertThat(verify(changed, Optional.of(key)))
                        .as("byte %d, bit %d", i, bit)
                        .isInstanceOf(ExportVerdict.Fails.class);
            }
        }
    }

    @Test
    void verify_cutLongerOrReordered_fails() throws IOException {
        byte[] file = export(250, 260);
        for (int length = 0; length < file.length; length++) {
            assertThat(verify(Arrays.copyOf(file, length), Optional.of(key)))
                    .as("cut at %d", length)
                    .isInstanceOf(ExportVerdict.Fails.class);
        }
        assertThat(verify(Arrays.copyOf(file, file.length + 1), Optional.of(key)))
                .isInstanceOf(ExportVerdict.Fails.class);
        String text = new String(file, StandardCharsets.UTF_8);
        String[] lines = text.split("\n", -1);
        String swapped = lines[lines.length - 2];
        lines[lines.length - 2] = lines[lines.length - 3];
        lines[lines.length - 3] = swapped;
        assertThat(verify(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), Optional.of(key)))
                .isEqualTo(new ExportVerdict.Fails(
                        "the entries are not those that stand at 250 to 259 under the signed checkpoint"));
    }

    @Test
    void verify_anotherKey_fails() throws IOException {
        VerifierKey other = new Logs("other.example/hufu").key().verifierKey();
        assertThat(verify(export(0, 3), Optional.of(other))).isInstanceOf(ExportVerdict.Fails.class);
        String own = new String(export(0, 3), StandardCharsets.UTF_8).replace(key.text(), other.text());
        assertThat(verify(own.getBytes(StandardCharsets.UTF_8), Optional.empty()))
                .isEqualTo(new ExportVerdict.Fails("the checkpoint is not signed by the log's key"));
    }

    @Test
    void verify_rubbish_failsWithoutThrowing() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] rubbish = new byte[random.nextInt(200)];
            random.nextBytes(rubbish);
            byte[] first = "hufu-export/v1\n".getBytes(StandardCharsets.UTF_8);
            byte[] file = Arrays.copyOf(first, first.length + rubbish.length);
            System.arraycopy(rubbish, 0, file, first.length, rubbish.length);
            assertThat(verify(file, Optional.empty())).isInstanceOf(ExportVerdict.Fails.class);
        }
    }

    @Test
    void write_damagedLogOrWrongKey_isRefused() throws IOException {
        assertThatThrownBy(() -> export(3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> export(0, ENTRIES + 1)).isInstanceOf(IllegalArgumentException.class);
        VerifierKey other = new Logs("other.example/hufu").key().verifierKey();
        assertThatThrownBy(() ->
                        LogExport.write(LogReader.open(directory), other, 0, 1, new ByteArrayOutputStream(), _ -> {}))
                .isInstanceOf(AuditLogException.Damaged.class);
        Path bundle = directory.resolve("tile/entries/001");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[5] ^= 1;
        Files.write(bundle, bytes);
        assertThatThrownBy(() -> export(250, 260)).isInstanceOf(AuditLogException.Damaged.class);
        assertThat(verify(export(0, 256), Optional.of(key))).isInstanceOf(ExportVerdict.Holds.class);
        Files.write(bundle, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> export(250, 260))
                .isInstanceOf(AuditLogException.Damaged.class)
                .hasMessageContaining("tile/entries/001");
    }
}
