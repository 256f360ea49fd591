package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.receipt.Commitment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VerifyCommandsTest {
    private static final SigningKey KEY = SigningKey.ofSeed("log.example/hufu", new byte[32]);

    @TempDir
    Path directory;

    private Path receipt;
    private Path answer;

    @BeforeEach
    void appendToALog() throws IOException {
        receipt = directory.resolve("receipt.json");
        answer = directory.resolve("answer.json");
        ObjectNode result = (ObjectNode) JsonMapper.shared().readTree("{\"rows\":[[\"Sales\",12300]]}");
        byte[] salt = new byte[32];
        ObjectNode entry = (ObjectNode) JsonMapper.shared().readTree("""
            {"id":"p.0","time":"2026-11-23T08:00:00Z","type":"dev.hufu.decision.permit",
             "data":{"action":"query","dataset":"pay","outcome":"permit","purpose":"dpv:PersonnelPayment"}}\
            """);
        ((ObjectNode) entry.required("data"))
                .put("commitment", Commitment.of(salt, result).hex());
        try (AuditLog log = AuditLog.open(directory.resolve("data/log"), LogOptions.defaults(KEY, Clock.systemUTC()))) {
            var given = log.append(new EntryId("p", 0), CanonicalJson.bytes(entry));
            Files.write(receipt, given.bytes());
            result.put("salt", HexFormat.of().formatHex(salt)).set("receipt", given.json());
            Files.write(answer, CanonicalJson.bytes(result));
        }
    }

    private static CommandRun hufu(String... arguments) {
        return CommandRun.of(Map.of(), "", arguments);
    }

    @Test
    void receiptVerify_soundReceipt_saysWhatItShowsAndWhichKeyWasTrusted() {
        CommandRun run = hufu("receipt", "verify", receipt.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("holds: D1 receipt of entry p.0", KEY.verifierKey().text(), "from the receipt itself")
                .contains("2026-11-23T08:00:00Z", "query of pay for dpv:PersonnelPayment: permit", "--result");
        CommandRun pinned = hufu(
                "receipt",
                "verify",
                receipt.toString(),
                "--result",
                answer.toString(),
                "--key",
                directory.resolve("data/log/log.vkey").toString());
        assertThat(pinned.code()).isZero();
        assertThat(pinned.out()).contains("the one given with --key", "the one that the entry commits to");
        assertThat(hufu("receipt", "verify", answer.toString()).code()).isZero();
    }

    @Test
    void receiptVerify_changedOrMissing_exitsAsDocumented() throws IOException {
        byte[] changed = Files.readAllBytes(answer);
        changed[new String(changed, StandardCharsets.UTF_8).indexOf("12300")] = '9';
        Files.write(answer, changed);
        CommandRun run = hufu("receipt", "verify", receipt.toString(), "--result", answer.toString(), "--json");
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(JsonMapper.shared().readTree(run.out()).required("holds").booleanValue())
                .isFalse();
        assertThat(hufu("receipt", "verify", "/no/such/file").code()).isEqualTo(HufuCommand.UNREACHABLE);
        assertThat(hufu("receipt", "verify", receipt.toString(), "--key", "rubbish")
                        .code())
                .isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("receipt", "verify").code()).isEqualTo(HufuCommand.USAGE);
    }

    @Test
    void auditVerify_logOrDataDirectory_holdsUntilAByteIsFlipped() throws IOException {
        for (String name : new String[] {"data", "data/log"}) {
            CommandRun run = hufu("audit", "verify", directory.resolve(name).toString());
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("holds", "1 entries, signed", "from the directory itself");
        }
        Path bundle = directory.resolve("data/log/tile/entries/000.p/1");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[20] ^= 1;
        Files.write(bundle, bytes);
        CommandRun run = hufu("audit", "verify", directory.resolve("data").toString());
        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.out()).contains("tile/entries/000.p/1, index 0");
        CommandRun json = hufu("audit", "verify", directory.resolve("data").toString(), "--json");
        assertThat(JsonMapper.shared()
                        .readTree(json.out())
                        .at("/findings/0/index")
                        .longValue())
                .isZero();
        assertThat(hufu("audit", "verify", directory.resolve("nothing").toString())
                        .code())
                .isEqualTo(HufuCommand.UNREACHABLE);
    }
}
