package dev.hufu.auditlog.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.Logs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFsckTest {
    @TempDir
    Path directory;

    private final Logs logs = new Logs();
    private String early = "";

    @BeforeEach
    void appendToALog() throws IOException {
        append(0, 400);
        early = Files.readString(directory.resolve("checkpoint"));
        append(400, 700);
    }

    private void append(int from, int to) throws IOException {
        try (AuditLog log = logs.open(directory)) {
            CompletableFuture.allOf(IntStream.range(from, to)
                            .mapToObj(i -> log.appendAsync(
                                    new EntryId("p", i), ("entry " + i).getBytes(StandardCharsets.UTF_8)))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private FsckReport check(String... kept) throws IOException {
        return new LogFsck(Optional.empty(), List.of(kept)).check(directory, _ -> {});
    }

    private LogFsck.Repaired repair() throws IOException {
        return new LogFsck(Optional.empty(), List.of()).repair(directory, _ -> {});
    }

    private void flip(String file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(file));
        bytes[Math.floorMod(at, bytes.length)] ^= 1;
        Files.write(directory.resolve(file), bytes);
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private String newestPartial() {
        return "tile/entries/002.p/188";
    }

    @Test
    void check_soundLog_countsItsFilesAndTrustsAll() throws IOException {
        FsckReport report = check(early);
        assertThat(report.log().findings()).isEmpty();
        assertThat(report.structure().bundles()).isEqualTo(2);
        assertThat(report.structure().tiles()).isEqualTo(2);
        assertThat(report.structure().segments()).isPositive();
        assertThat(report.structure().unknown()).isEmpty();
        assertThat(report.trust().soundBelow()).isEqualTo(700);
        assertThat(repair().written()).isZero();
    }

    @Test
    void repair_anyDerivedFileDamagedCutOrGone_writesTheVeryBytesAnew() throws IOException {
        Map<String, byte[]> sound = files();
        List<String> derived = sound.keySet().stream()
                .filter(name -> name.startsWith("tile/") || name.startsWith("ids") || name.equals("tiles.forced"))
                .toList();
        assertThat(derived).contains("tile/0/000", "tile/1/000.p/2", newestPartial(), "ids", "ids.heads");
        for (String name : derived) {
            for (int way = 0; way < 3; way++) {
                byte[] bytes = sound.get(name);
                switch (way) {
                    case 0 -> flip(name, bytes.length / 2);
                    case 1 -> Files.write(directory.resolve(name), Arrays.copyOf(bytes, bytes.length - 1));
                    default -> Files.delete(directory.resolve(name));
                }
                FsckReport before = check();
                LogFsck.Repaired done = repair();
                assertThat(done.after().log().findings())
                        .as("%s, way %d, before: %s", name, way, before.log().findings())
                        .isEmpty();
                if (!before.log().holds()) { // what is merely absent and not wanted is no fault
                    assertThat(files().get(name)).as("%s, way %d", name, way).isEqualTo(bytes);
                }
                Files.write(directory.resolve(name), bytes);
            }
        }
        append(700, 710);
        assertThat(check().log().findings()).isEmpty();
    }

    @Test
    void check_tileWrong_saysWhereAndWhatStillStands() throws IOException {
        flip("tile/entries/001", 40);
        FsckReport report = check();
        assertThat(report.repairable()).isTrue();
        assertThat(report.trust().anchored()).isEqualTo(700);
        assertThat(report.trust().soundBelow()).isBetween(256L, 270L);
        assertThat(report.log().findings().getFirst().file()).isEqualTo("tile/entries/001");
    }

    @Test
    void repair_journalWrong_writesNothing() throws IOException {
        flip("tile/0/001", 3);
        flip("journal/00000000000000000000", 5_000);
        Map<String, byte[]> before = files();
        LogFsck.Repaired done = repair();
        assertThat(done.after().log().holds()).isFalse();
        assertThat(done.before().beyondRepair())
                .anySatisfy(finding -> assertThat(finding.file()).startsWith("journal"));
        Map<String, byte[]> after = files();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void check_newestCheckpointNotBorneOut_olderOneSaysSinceWhen() throws IOException {
        // Signed by the same key over another history, as a restore gone wrong leaves it.
        Path other = directory.resolve("other");
        try (AuditLog log = logs.open(other)) {
            log.append(new EntryId("p", 0), new byte[] {1});
        }
        String foreign = Files.readString(other.resolve("checkpoint"));
        try (Stream<Path> all = Files.walk(other)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(directory.resolve("checkpoint"), foreign);
        FsckReport report = check();
        assertThat(report.log().rootSigned()).isFalse();
        assertThat(report.trust().anchored()).isZero();
        assertThat(report.repairable()).isFalse();
        assertThat(check(early).trust().anchored()).isEqualTo(400);
        assertThatThrownBy(() -> check(early.replace("400", "401"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check("rubbish")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void check_foreignFiles_areNamedAndLeftAlone() throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "x");
        Files.writeString(directory.resolve("checkpoint.next"), "half");
        assertThat(check().structure().unknown()).containsExactlyInAnyOrder("notes.txt", "checkpoint.next");
        assertThat(check().log().holds()).isTrue();
        Path stray = Files.createDirectories(directory.resolve("tile/0")).resolve("099");
        Files.write(stray, new byte[8192]);
        LogFsck.Repaired done = repair();
        assertThat(done.after().log().holds()).isFalse();
        assertThat(stray).exists();
    }

    @Test
    void repair_whileALogIsOpen_isRefused() throws IOException {
        flip("tile/entries/001", 40);
        try (AuditLog log = logs.open(directory)) {
            assertThat(log.health().accepting()).isTrue();
            assertThatThrownBy(this::repair).isInstanceOf(AuditLogException.InUse.class);
        }
    }
}
