package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.DirectoryLock;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.service.config.CaseFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditToolsTest {
    private static final SigningKey KEY = SigningKey.ofSeed("log.example/hufu", new byte[32]);
    private static final int ENTRIES = 600;

    @TempDir
    Path directory;

    private String data;
    private String vkey;

    @BeforeEach
    void appendToALog() throws IOException {
        data = directory.resolve("data").toString();
        vkey = KEY.verifierKey().text();
        append(0, ENTRIES);
    }

    private void append(int from, int to) throws IOException {
        try (AuditLog log = AuditLog.open(directory.resolve("data/log"), LogOptions.defaults(KEY, Clock.systemUTC()))) {
            CompletableFuture.allOf(IntStream.range(from, to)
                            .mapToObj(i -> log.appendAsync(
                                    new EntryId("p", i), ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8)))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private static CommandRun hufu(String... arguments) {
        return CommandRun.of(Map.of(), "", arguments);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void auditExport_range_isVerifiedAsOneFile() throws IOException {
        String file = directory.resolve("range.hufu").toString();
        CommandRun run = hufu("audit", "export", data, "--from", "250", "--to", "520", "--out", file);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("entries 250 to 519 of 600");
        CommandRun own = hufu("audit", "verify", file);
        assertThat(own.code()).isZero();
        assertThat(own.out()).contains("holds", "250 to 519, all 270", "600 entries, signed", "from the file itself");
        JsonNode verdict =
                json(hufu("audit", "verify", file, "--key", vkey, "--json").out());
        assertThat(verdict.required("keyGiven").booleanValue()).isTrue();
        assertThat(verdict.required("to").longValue()).isEqualTo(520);
        Files.writeString(Path.of(file), Files.readString(Path.of(file)).replace("range 250 520", "range 251 521"));
        CommandRun forged = hufu("audit", "verify", file, "--json");
        assertThat(forged.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(json(forged.out()).required("holds").booleanValue()).isFalse();
    }

    @Test
    void auditExport_usedWrongly_writesNothing() throws IOException {
        Path file = directory.resolve("range.hufu");
        String out = file.toString();
        assertThat(hufu("audit", "export", data).code()).isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "export", data, "--from", "7", "--to", "7", "--out", out)
                        .code())
                .isEqualTo(HufuCommand.USAGE);
        CommandRun beyond = hufu("audit", "export", data, "--to", "601", "--out", out);
        assertThat(beyond.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(beyond.err()).contains("covers 600 entries");
        assertThat(hufu("audit", "export", data + "/none", "--out", out).code()).isEqualTo(HufuCommand.UNREACHABLE);
        assertThat(hufu("audit", "export", "http://localhost:1", "--out", out).code())
                .isEqualTo(HufuCommand.UNREACHABLE);
        Path bundle = directory.resolve("data/log/tile/entries/001");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[5] ^= 1;
        Files.write(bundle, bytes);
        CommandRun damaged = hufu("audit", "export", data, "--out", out);
        assertThat(damaged.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(damaged.err()).contains("nothing can be exported");
        assertThat(file).doesNotExist();
        Files.writeString(file, "kept");
        assertThat(hufu("audit", "export", data, "--to", "3", "--out", out).code())
                .isEqualTo(HufuCommand.UNREACHABLE);
        assertThat(file).hasContent("kept");
        assertThat(hufu("audit", "verify", out).code()).isEqualTo(HufuCommand.USAGE);
    }

    @Test
    void auditTail_lastOrFrom_printsALineAnEntry() throws IOException {
        CommandRun last = hufu("audit", "tail", data);
        assertThat(last.code()).as(last.err()).isZero();
        List<JsonNode> lines = last.out().lines().map(AuditToolsTest::json).toList();
        assertThat(lines).hasSize(10);
        assertThat(lines.getFirst().required("index").longValue()).isEqualTo(590);
        assertThat(lines.getLast().at("/entry/n").intValue()).isEqualTo(599);
        CommandRun all = hufu("audit", "tail", data, "--from", "0", "--key", vkey);
        assertThat(all.out().lines()).hasSize(ENTRIES);
        assertThat(hufu("audit", "tail", data, "--from", "600").out()).isEmpty();
        assertThat(hufu("audit", "tail", data, "--from", "-1").code()).isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "tail", "http://localhost:1").code()).isEqualTo(HufuCommand.UNREACHABLE);
        CommandRun stranger = hufu(
                "audit",
                "tail",
                data,
                "--key",
                SigningKey.ofSeed("other.example/log", new byte[32])
                        .verifierKey()
                        .text());
        assertThat(stranger.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(stranger.out()).isEmpty();
        Path bundle = directory.resolve("data/log/tile/entries/001");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[5] ^= 1;
        Files.write(bundle, bytes);
        CommandRun damaged = hufu("audit", "tail", data, "--from", "250");
        assertThat(damaged.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(damaged.out().lines()).as("what was verified before it").hasSize(6);
        assertThat(damaged.err()).contains("tile/entries/001");
    }

    @Test
    void auditTail_follow_printsWhatComesUntilInterrupted() throws Exception {
        var out = new StringWriter();
        var terminal = new Terminal(
                Map.of(),
                directory,
                Clock.systemUTC(),
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(new StringWriter(), true),
                _ -> Optional.empty());
        var code = new CompletableFuture<Integer>();
        Thread following = Thread.ofPlatform()
                .start(() -> code.complete(
                        HufuCommand.run(terminal, _ -> {}, CaseFolder::documents, "audit", "tail", data, "--follow")));
        append(ENTRIES, ENTRIES + 300);
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!out.toString().contains("{\"n\":899}") && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        following.interrupt();
        assertThat(code.get(1, TimeUnit.MINUTES)).isZero();
        List<Long> indexes = out.toString()
                .lines()
                .map(line -> json(line).required("index").longValue())
                .toList();
        assertThat(indexes.getLast()).isEqualTo(899);
        assertThat(indexes)
                .isEqualTo(
                        LongStream.rangeClosed(indexes.getFirst(), 899).boxed().toList());
    }

    @Test
    void auditFsck_damagedTile_isNamedAndRepairedWhenNoServerRuns() throws IOException {
        CommandRun sound = hufu("audit", "fsck", data);
        assertThat(sound.code()).as(sound.err()).isZero();
        assertThat(sound.out()).contains("1 journal segments, 2 full bundles", "entries 0 to 599 stand as signed");
        Path early = Files.copy(directory.resolve("data/log/checkpoint"), directory.resolve("early"));
        Path bundle = directory.resolve("data/log/tile/entries/001");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[5] ^= 1;
        Files.write(bundle, bytes);
        CommandRun wrong = hufu("audit", "fsck", data, "--checkpoint", early.toString());
        assertThat(wrong.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(wrong.out())
                .contains("tile/entries/001, index 256", "entries 0 to 255 stand as signed", "--repair-partials");
        JsonNode found = json(hufu("audit", "fsck", data, "--json").out());
        assertThat(found.required("soundBelow").longValue()).isEqualTo(256);
        assertThat(found.required("anchored").longValue()).isEqualTo(600);
        assertThat(found.required("repairable").booleanValue()).isTrue();
        try (var held = DirectoryLock.take(directory.resolve("data/log"))) {
            CommandRun refused = hufu("audit", "fsck", data, "--repair-partials");
            assertThat(refused.code()).isEqualTo(HufuCommand.DOES_NOT);
            assertThat(refused.err()).contains("in use by another process");
            assertThat(held).isNotNull();
        }
        CommandRun repaired = hufu("audit", "fsck", data, "--repair-partials");
        assertThat(repaired.code()).as(repaired.out()).isZero();
        assertThat(repaired.out()).contains("1 tiles and bundles were written anew", "sound");
        assertThat(hufu("audit", "verify", data).code()).isZero();
        assertThat(hufu("audit", "fsck", data, "--checkpoint", bundle.toString())
                        .code())
                .isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "fsck", data + "/none").code()).isEqualTo(HufuCommand.UNREACHABLE);
    }

    @Test
    void auditBench_ownFolder_measuresAndLeavesNothing() throws IOException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        CommandRun run =
                hufu("audit", "bench", disk.toString(), "--callers", "4", "--size", "100", "--seconds", "1", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode result = json(run.out());
        assertThat(result.required("entries").longValue()).isPositive();
        assertThat(result.required("ratio").doubleValue()).isPositive();
        assertThat(result.required("p99Nanos").longValue())
                .isGreaterThanOrEqualTo(result.required("p50Nanos").longValue());
        assertThat(disk).isEmptyDirectory();
        assertThat(hufu("audit", "bench", disk.toString(), "--callers", "0").code())
                .isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "bench", disk.toString(), "--seconds", "0").code())
                .isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "bench", disk.toString(), "--size", "70000").code())
                .isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "bench", disk + "/none").code()).isEqualTo(HufuCommand.UNREACHABLE);
    }

    @Test
    void auditHammer_directoryOfItsOwn_holdsAndAnotherLogIsNotTouched() {
        String own = directory.resolve("hammered").toString();
        CommandRun run = hufu("audit", "hammer", own, "--callers", "8", "--seconds", "1", "--json");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        JsonNode result = json(run.out());
        assertThat(result.required("holds").booleanValue()).isTrue();
        assertThat(result.required("treeSize").longValue())
                .isEqualTo(result.required("acknowledged").longValue())
                .isPositive();
        assertThat(hufu("audit", "verify", own).code()).isZero();
        CommandRun again = hufu("audit", "hammer", own, "--seconds", "1");
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(again.out()).contains("every receipt verified", "each continues the one before");
        CommandRun other = hufu("audit", "hammer", data + "/log", "--seconds", "1");
        assertThat(other.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(other.err()).contains("another key");
        assertThat(hufu("audit", "verify", data, "--json").out()).contains("\"entries\" : 600");
        assertThat(hufu("audit", "hammer", own, "--callers", "0").code()).isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "hammer", "http://localhost:1").code()).isEqualTo(HufuCommand.USAGE);
    }
}
