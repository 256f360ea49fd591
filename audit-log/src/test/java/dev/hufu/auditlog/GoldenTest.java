package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.Verdict;
import dev.hufu.auditlog.verify.LogVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small log and two receipts, byte for byte as compliance-docs/spec describes them. If this fails, either the code broke
 * the format, or the format has a new version and the spec says so.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Logs LOGS = new Logs();

    @TempDir
    Path directory;

    @Test
    void write_fixedEntries_givesTheFilesOfTheSpecification() throws IOException {
        LogOptions live = LOGS.options();
        LogOptions fixed = new LogOptions(
                live.key(),
                live.sm2(),
                live.witnesses(),
                Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC),
                live.mergeDelay(),
                live.integrationInterval(),
                live.segmentBytes(),
                live.queueEntries(),
                live.queueBytes(),
                live.maxProducers());
        Path log = directory.resolve("log");
        try (AuditLog open = AuditLog.open(log, fixed)) {
            byte[] promised = open.append(new EntryId("alpha", 0), bytes("{\"data\":{},\"id\":\"alpha.0\"}"))
                    .bytes();
            open.append(new EntryId("beta", 5), bytes("{\"data\":{},\"id\":\"beta.5\"}"));
            open.append(new EntryId("alpha", 2), bytes("{\"data\":{},\"id\":\"alpha.2\"}"));
            Files.write(directory.resolve("receipt-d1.json"), promised);
        }
        // Which partial tiles there were depends on time; the last ones do not.
        for (String gone :
                List.of("tile/0/000.p/1", "tile/0/000.p/2", "tile/entries/000.p/1", "tile/entries/000.p/2")) {
            Files.deleteIfExists(log.resolve(gone));
        }
        try (AuditLog open = AuditLog.open(log, fixed)) {
            Files.write(
                    directory.resolve("receipt-d2.json"),
                    open.receipt(new EntryId("beta", 5)).orElseThrow().bytes());
        }
        if (Boolean.getBoolean("hufu.golden.write")) {
            for (var file : files(directory).entrySet()) {
                Path target = GOLDEN.resolve(file.getKey());
                Files.createDirectories(target.resolveSibling("."));
                Files.write(target, file.getValue());
            }
        }
        Map<String, byte[]> golden = files(GOLDEN);
        assertThat(golden).isNotEmpty();
        Map<String, byte[]> written = files(directory);
        assertThat(written.keySet()).isEqualTo(golden.keySet());
        golden.forEach((name, content) -> assertThat(written.get(name)).as(name).isEqualTo(content));
    }

    @Test
    void verify_goldenFiles_hold() throws IOException {
        assertThat(new LogVerifier(Optional.empty())
                        .verify(GOLDEN.resolve("log"))
                        .findings())
                .isEmpty();
        for (String name : List.of("receipt-d1.json", "receipt-d2.json")) {
            assertThat(new ReceiptVerifier(Optional.empty()).verify(Files.readAllBytes(GOLDEN.resolve(name))))
                    .isInstanceOf(Verdict.Holds.class);
        }
    }

    private static Map<String, byte[]> files(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("log.lock")) {
                    files.put(root.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
