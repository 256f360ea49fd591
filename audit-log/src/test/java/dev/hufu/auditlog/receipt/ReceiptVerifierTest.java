package dev.hufu.auditlog.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.note.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReceiptVerifierTest {
    private static final ReceiptVerifier VERIFIER = new ReceiptVerifier(Optional.empty());
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logs LOGS = new Logs();

    private static byte[] promised;
    private static byte[] included;
    private static byte[] answer;

    /** Real receipts: of an entry in the middle of a batch, in the middle of a log, that commits to an answer. */
    @BeforeAll
    static void appendToALog(@TempDir Path directory) throws Exception {
        ObjectNode result = (ObjectNode) JSON.readTree("""
                {"columns":[{"name":"org_unit","type":"VARCHAR"},{"name":"pay","type":"DOUBLE"}],
                 "rows":[["销售",12300],["\\"R&D\\"\\n",15500.5]],"decision":{"id":"d-1","outcome":"permit"}}""");
        byte[] salt = new byte[32];
        salt[3] = 7;
        ObjectNode entry = JSON.createObjectNode();
        entry.putObject("data").put("commitment", Commitment.of(salt, result).hex());
        try (AuditLog log = LOGS.open(directory)) {
            for (int i = 0; i < 5; i++) {
                log.append(new EntryId("p", i), ("entry " + i).getBytes(StandardCharsets.UTF_8));
            }
            List<CompletableFuture<LogReceipt>> pending = new ArrayList<>();
            for (int i = 5; i < 12; i++) {
                pending.add(log.appendAsync(new EntryId("p", i), CanonicalJson.bytes(entry.put("n", i))));
            }
            LogReceipt receipt = pending.get(5).join();
            promised = receipt.bytes();
            included = LOGS.awaitIncluded(log, receipt.id()).bytes();
            result.put("salt", HexFormat.of().formatHex(salt)).set("receipt", receipt.json());
            answer = CanonicalJson.bytes(result);
        }
    }

    @Test
    void verify_realReceipts_hold() {
        assertThat(VERIFIER.verify(promised)).isInstanceOfSatisfying(Verdict.Holds.class, holds -> {
            assertThat(holds.keyGiven()).isFalse();
            assertThat(holds.treeSize()).isEmpty();
            assertThat(holds.receipt().id()).isEqualTo(new EntryId("p", 10));
        });
        assertThat(new ReceiptVerifier(Optional.of(LOGS.key().verifierKey())).verify(included))
                .isInstanceOfSatisfying(Verdict.Holds.class, holds -> {
                    assertThat(holds.keyGiven()).isTrue();
                    assertThat(holds.treeSize().orElseThrow()).isGreaterThan(10);
                    assertThat(holds.receipt().inclusion().orElseThrow().index())
                            .isEqualTo(10);
                });
    }

    @Test
    void verify_answer_checksItsRows() {
        assertThat(VERIFIER.verify(answer))
                .isInstanceOfSatisfying(
                        Verdict.Holds.class,
                        holds -> assertThat(holds.resultChecked()).isTrue());
        assertThat(VERIFIER.verify(included, answer))
                .isInstanceOfSatisfying(
                        Verdict.Holds.class,
                        holds -> assertThat(holds.resultChecked()).isTrue());
        byte[] other = new String(answer, StandardCharsets.UTF_8)
                .replace("12300", "12301")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(VERIFIER.verify(other)).isInstanceOf(Verdict.Fails.class);
        assertThat(VERIFIER.verify(included, other)).isInstanceOf(Verdict.Fails.class);
    }

    @Test
    void verify_answerAsCsv_saysThatOnlyJsonCanBeChecked() {
        assertThat(VERIFIER.verify(included, "gender,count\r\nF,32770\r\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Verdict.Fails.class, fails -> assertThat(fails.reason()).contains("CSV", "JSON"));
    }

    @Test
    void verify_anotherTrustedKey_fails() {
        var other = SigningKey.ofSeed("log.example/hufu", HexFormat.of().parseHex("01".repeat(32)));
        assertThat(new ReceiptVerifier(Optional.of(other.verifierKey())).verify(included))
                .isInstanceOfSatisfying(
                        Verdict.Fails.class, fails -> assertThat(fails.reason()).contains("another key"));
    }

    @Test
    void verify_anyByteChanged_fails() {
        for (byte[] file : List.of(promised, included, answer)) {
            for (int at = 0; at < file.length; at++) {
                // The next digit or letter (also of base64, where it flips unused bits), the other case, and a form of
                // white space; every other value of a byte is tried in the longer run.
                assertRefused(file, at, (byte) (file[at] + 1));
                assertRefused(file, at, (byte) (file[at] ^ 0x20));
                assertRefused(file, at, (byte) ((file[at] ^ (1 << (at % 8)))));
                assertRefused(file, at, (byte) ' ');
            }
        }
    }

    @Test
    @Tag("soak")
    void verify_anyByteChangedToAnyOther_fails() {
        for (byte[] file : List.of(promised, included)) {
            IntStream.range(0, file.length).parallel().forEach(at -> {
                for (int value = 0; value < 256; value++) {
                    assertRefused(file, at, (byte) value);
                }
            });
        }
    }

    @Test
    void verify_anyByteRemovedOrInserted_fails() {
        for (byte[] file : List.of(included)) {
            for (int at = 0; at <= file.length; at++) {
                byte[] inserted = new byte[file.length + 1];
                System.arraycopy(file, 0, inserted, 0, at);
                inserted[at] = ' ';
                System.arraycopy(file, at, inserted, at + 1, file.length - at);
                assertThat(VERIFIER.verify(inserted)).isInstanceOf(Verdict.Fails.class);
                if (at < file.length) {
                    byte[] removed = new byte[file.length - 1];
                    System.arraycopy(file, 0, removed, 0, at);
                    System.arraycopy(file, at + 1, removed, at, file.length - at - 1);
                    assertThat(VERIFIER.verify(removed)).isInstanceOf(Verdict.Fails.class);
                }
            }
        }
    }

    @Test
    void verify_otherFormsOfTheSame_fail() {
        String text = new String(included, StandardCharsets.UTF_8);
        List<String> others = new ArrayList<>(List.of(
                text + "\n",
                " " + text,
                text.replace(",\"format\"", ", \"format\""),
                text.replace("\"D2\"", "\"\\u00442\""),
                text.replaceFirst("(\"position\":\\d+)", "$1.0"),
                text.replaceFirst("(\"position\":\\d+)", "$1e0"),
                text.replace("\"index\":10", "\"index\":010"),
                text.replace("\"level\":\"D2\"", "\"level\":\"D1\""),
                text.replace("\"level\":\"D2\",", ""),
                text.replace("\"level\":\"D2\"", "\"level\":\"D2\",\"level\":\"D2\""),
                text.replace("\"level\":\"D2\"", "\"level\":\"D2\",\"more\":1"),
                text.replace("\"p.10\"", "\"p.9\""),
                text.replace("\"p.10\"", "\"q.10\""),
                text.replace("\"p.10\"", "\"p.010\""),
                text.replace("hufu-receipt/v1", "hufu-receipt/v2")));
        others.add(upperCaseHash(text));
        others.add(withSecondSignature(text));
        for (String other : others) {
            assertThat(other).isNotEqualTo(text);
            assertThat(VERIFIER.verify(other.getBytes(StandardCharsets.UTF_8)))
                    .as(other)
                    .isInstanceOf(Verdict.Fails.class);
        }
        assertThat(VERIFIER.verify(new byte[0])).isInstanceOf(Verdict.Fails.class);
        assertThat(VERIFIER.verify("[]".getBytes(StandardCharsets.UTF_8))).isInstanceOf(Verdict.Fails.class);
    }

    private static String upperCaseHash(String text) {
        int at = text.indexOf("\"leafHash\":\"") + 12;
        return text.substring(0, at) + text.substring(at, at + 64).toUpperCase(Locale.ROOT) + text.substring(at + 64);
    }

    /** A line by a key that the receipt does not name would be characters that nobody checks. */
    private static String withSecondSignature(String text) {
        SigningKey other = SigningKey.ofSeed("other", new byte[32]);
        String line = other.signatureLine("x\n").replace("\n", "\\n");
        int end = text.indexOf("\\n\",\"index\"");
        return text.substring(0, end + 2) + line + text.substring(end + 2);
    }

    private static void assertRefused(byte[] file, int at, byte value) {
        if (file[at] == value) {
            return;
        }
        byte[] changed = file.clone();
        changed[at] = value;
        if (VERIFIER.verify(changed) instanceof Verdict.Holds) {
            throw new AssertionError("holds with byte %d as %d".formatted(at, value));
        }
    }
}
