package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.note.Sm2SigningKey;
import dev.hufu.auditlog.receipt.Commitment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
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

    @Test
    void auditProve_entryByIndexOrId_writesAProofThatReceiptVerifyAccepts() throws IOException {
        String data = directory.resolve("data").toString();
        String vkey = directory.resolve("data/log/log.vkey").toString();
        String proof = directory.resolve("p.tlog-proof").toString();
        CommandRun written = hufu("audit", "prove", data, "p.0", "--out", proof);
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(hufu("audit", "prove", data, "0").out()).isEqualTo(Files.readString(Path.of(proof)));
        assertThat(JsonMapper.shared()
                        .readTree(hufu("audit", "prove", data, "0", "--json").out())
                        .required("proof")
                        .stringValue())
                .isEqualTo(Files.readString(Path.of(proof)));
        CommandRun verified = hufu("receipt", "verify", proof, "--key", vkey);
        assertThat(verified.code()).isZero();
        assertThat(verified.out())
                .contains("holds: proof of entry 0 of 1", "log.example/hufu", "query of pay for dpv:PersonnelPayment");
        assertThat(hufu("audit", "prove", data, "0", "--out", proof).code())
                .as("a file that is there is not written over")
                .isEqualTo(HufuCommand.UNREACHABLE);
        Files.writeString(Path.of(proof), Files.readString(Path.of(proof)).replace("extra e", "extra f"));
        CommandRun forged = hufu("receipt", "verify", proof, "--key", vkey, "--json");
        assertThat(forged.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(JsonMapper.shared().readTree(forged.out()).required("reason").stringValue())
                .contains("index 0");
    }

    @Test
    void auditProve_withoutEntry_needsTheEntryToVerify() throws IOException {
        String vkey = directory.resolve("data/log/log.vkey").toString();
        Path proof = directory.resolve("p.tlog-proof");
        Files.writeString(
                proof,
                hufu("audit", "prove", directory.resolve("data").toString(), "0", "--without-entry")
                        .out());
        assertThat(Files.readString(proof)).doesNotContain("extra");
        assertThat(hufu("receipt", "verify", proof.toString(), "--key", vkey).err())
                .contains("give it with --entry");
        Path entry = directory.resolve("entry");
        byte[] bundle = Files.readAllBytes(directory.resolve("data/log/tile/entries/000.p/1"));
        Files.write(entry, Arrays.copyOfRange(bundle, 2, bundle.length));
        assertThat(hufu("receipt", "verify", proof.toString(), "--key", vkey, "--entry", entry.toString())
                        .code())
                .isZero();
        CommandRun noKey = hufu("receipt", "verify", proof.toString(), "--entry", entry.toString());
        assertThat(noKey.code()).isEqualTo(HufuCommand.USAGE);
        assertThat(noKey.err()).contains("names no key");
    }

    @Test
    void auditProve_noSuchEntry_saysSo() {
        String data = directory.resolve("data").toString();
        assertThat(hufu("audit", "prove", data, "1").code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(hufu("audit", "prove", data, "1").err()).contains("covers 1 entries");
        assertThat(hufu("audit", "prove", data, "p.7").err()).contains("no entry of this log");
        assertThat(hufu("audit", "prove", data, "nonsense").code()).isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "prove", data, "99999999999999999999").code()).isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("audit", "prove", data + "/none", "0").code()).isEqualTo(HufuCommand.UNREACHABLE);
    }

    @Test
    void verify_sm2KeyWanted_isCheckedOnLogReceiptAndProof() throws Exception {
        SecureRandom random = new SecureRandom();
        Sm2SigningKey key = Sm2SigningKey.ofScalar("log.example/hufu", Sm2SigningKey.freshScalar(random), random);
        Path log = directory.resolve("sm2");
        EntryId id = new EntryId("p", 0);
        try (AuditLog open =
                AuditLog.open(log, LogOptions.defaults(KEY, Clock.systemUTC()).withSm2(key))) {
            open.append(id, "opaque".getBytes(StandardCharsets.UTF_8));
        }
        try (AuditLog open =
                AuditLog.open(log, LogOptions.defaults(KEY, Clock.systemUTC()).withSm2(key))) {
            Files.write(receipt, open.receipt(id).orElseThrow().bytes());
        }
        Path proof = directory.resolve("p.tlog-proof");
        Files.writeString(proof, hufu("audit", "prove", log.toString(), "p.0").out());
        String vkey = log.resolve("log-sm2.vkey").toString();
        String first = log.resolve("log.vkey").toString();
        String stranger = Sm2SigningKey.ofScalar("log.example/hufu", Sm2SigningKey.freshScalar(random), random)
                .verifierKey()
                .text();
        for (String[] command : new String[][] {
            {"audit", "verify", log.toString()},
            {"receipt", "verify", receipt.toString()},
            {"receipt", "verify", proof.toString()}
        }) {
            assertThat(hufu(and(command, "--key", first, "--sm2-key", vkey)).code())
                    .isZero();
            assertThat(hufu(and(command, "--sm2-key", vkey)).out())
                    .contains(key.verifierKey().text());
            assertThat(hufu(and(command, "--key", first, "--sm2-key", stranger)).code())
                    .isEqualTo(HufuCommand.DOES_NOT);
            assertThat(hufu(and(command, "--sm2-key", first)).code()).isEqualTo(HufuCommand.USAGE);
        }
        assertThat(hufu("receipt", "verify", receipt.toString()).out())
                .contains("signed by", "from the receipt itself");
        assertThat(hufu("receipt", "verify", answer.toString(), "--sm2-key", vkey)
                        .out())
                .contains("no checkpoint signed by the SM2 key");
    }

    @Test
    void verify_witnessesWanted_areCountedOnLogAndProof() throws IOException {
        Path log = directory.resolve("data/log");
        Path checkpoint = log.resolve("checkpoint");
        String text = SignedNote.parse(Files.readString(checkpoint)).text();
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        String witness = witness("council.example/w1", key);
        String absent = witness("other.example/w2", new byte[Ed25519.PUBLIC_KEY_SIZE]);
        byte[] message = ("cosignature/v1\ntime 1763000000\n" + text).getBytes(StandardCharsets.UTF_8);
        byte[] line = ByteBuffer.allocate(76)
                .putInt(HexFormat.fromHexDigits(witness.split("\\+")[1]))
                .putLong(1763000000)
                .array();
        Ed25519.sign(seed, 0, message, 0, message.length, line, 12);
        Files.writeString(
                checkpoint,
                Files.readString(checkpoint) + "— council.example/w1 "
                        + Base64.getEncoder().encodeToString(line) + "\n");
        Path proof = directory.resolve("p.tlog-proof");
        Files.writeString(proof, hufu("audit", "prove", log.toString(), "0").out());
        for (String[] command : new String[][] {
            {"audit", "verify", log.toString()},
            {
                "receipt",
                "verify",
                proof.toString(),
                "--key",
                log.resolve("log.vkey").toString()
            }
        }) {
            CommandRun cosigned = hufu(and(command, "--witness", witness));
            assertThat(cosigned.code()).as(cosigned.out()).isZero();
            assertThat(cosigned.out()).contains("at least 1 of [council.example/w1] cosigned");
            assertThat(hufu(and(command, "--witness", witness, "--witness", absent, "--quorum", "1"))
                            .code())
                    .isZero();
            CommandRun missing = hufu(and(command, "--witness", witness, "--witness", absent));
            assertThat(missing.code()).isEqualTo(HufuCommand.DOES_NOT);
            assertThat(missing.out()).contains("cosigned by 1 of 2 witnesses", "2 are wanted");
            assertThat(hufu(and(command, "--quorum", "1")).code()).isEqualTo(HufuCommand.USAGE);
            assertThat(hufu(and(command, "--witness", witness, "--quorum", "2")).code())
                    .isEqualTo(HufuCommand.USAGE);
            assertThat(hufu(and(command, "--witness", "rubbish")).err()).contains("--witness is neither");
        }
        assertThat(hufu("receipt", "verify", receipt.toString(), "--witness", witness)
                        .out())
                .contains("no checkpoint that witnesses could have cosigned");
    }

    /** A witness's public key in the one-line form of C2SP tlog-cosignature. */
    private static String witness(String name, byte[] key) {
        byte[] typed =
                ByteBuffer.allocate(1 + key.length).put((byte) 4).put(key).array();
        MessageDigest digest = TreeHasher.sha256();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        String id = HexFormat.of().formatHex(digest.digest(typed), 0, 4);
        return name + "+" + id + "+" + Base64.getEncoder().encodeToString(typed);
    }

    private static String[] and(String[] command, String... more) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
    }
}
