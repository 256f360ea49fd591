package dev.hufu.auditlog.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TlogProofTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path GOLDEN_PROOF = Path.of("src/test/resources/golden-proof/beta.5.tlog-proof");
    private static final VerifierKey KEY = new Logs().key().verifierKey();

    private static String golden() throws IOException {
        return Files.readString(GOLDEN_PROOF);
    }

    private static TlogProof parse(String proof) {
        return TlogProof.parse(proof.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean holds(String proof) {
        TlogProof parsed = parse(proof);
        return parsed.verify(List.of(KEY), parsed.extra().orElseThrow()) instanceof ProofVerdict.Holds;
    }

    @Test
    void prove_goldenLog_givesTheFileOfTheSpecification() throws IOException {
        TlogProof proof = LogReader.open(GOLDEN.resolve("log")).prove(1, true);
        if (Boolean.getBoolean("hufu.golden.write")) {
            Files.createDirectories(GOLDEN_PROOF.resolveSibling("."));
            Files.writeString(GOLDEN_PROOF, proof.text());
        }
        assertThat(proof.text()).isEqualTo(golden());
        assertThat(parse(golden()).text()).isEqualTo(golden());
        assertThat(proof.verify(List.of(KEY), proof.extra().orElseThrow()))
                .isInstanceOfSatisfying(ProofVerdict.Holds.class, holds -> {
                    assertThat(holds.index()).isEqualTo(1);
                    assertThat(holds.checkpoint().size()).isEqualTo(3);
                });
    }

    @Test
    void verify_otherKeyEntryOrSignature_failsAndSaysWhy() throws IOException {
        TlogProof proof = parse(golden());
        byte[] entry = proof.extra().orElseThrow();
        assertThat(proof.verify(List.of(new Logs("other.example").key().verifierKey()), entry))
                .isEqualTo(new ProofVerdict.Fails("the checkpoint is of another log than the key's"));
        byte[] seed = new byte[SigningKey.SEED_BYTES];
        seed[0] = 1;
        VerifierKey other = SigningKey.ofSeed(KEY.name(), seed).verifierKey();
        assertThat(proof.verify(List.of(KEY, other), entry))
                .isEqualTo(new ProofVerdict.Fails("the checkpoint is not signed by the key " + other));
        assertThat(proof.verify(List.of(KEY), new byte[0]))
                .isEqualTo(new ProofVerdict.Fails("the entry is not shown to stand at index 1 under the checkpoint"));
    }

    @Test
    void verify_linesOfUnknownKeys_arePassedOver() throws IOException {
        String stranger = new Logs("witness.example").key().signatureLine("whatever\n");
        assertThat(holds(golden() + stranger)).isTrue();
    }

    @Test
    void prove_withoutEntry_leavesItOut() throws IOException {
        TlogProof proof = LogReader.open(GOLDEN.resolve("log")).prove(1, false);
        assertThat(proof.text()).doesNotContain("extra");
        assertThat(parse(proof.text()).extra()).isEmpty();
        byte[] entry = parse(golden()).extra().orElseThrow();
        assertThat(parse(proof.text()).verify(List.of(KEY), entry)).isInstanceOf(ProofVerdict.Holds.class);
    }

    @TestFactory
    Stream<DynamicTest> parse_malformed_isRefused() throws IOException {
        String sound = golden();
        String extra = sound.lines().skip(1).findFirst().orElseThrow();
        String hash = sound.lines().skip(3).findFirst().orElseThrow();
        Map<String, String> malformed = new LinkedHashMap<>();
        malformed.put("empty", "");
        malformed.put("first line of another version", sound.replace("@v1", "@v2"));
        malformed.put("carriage returns", sound.replace("\n", "\r\n"));
        malformed.put("extra after the index", sound.replace(extra + "\nindex 1\n", "index 1\n" + extra + "\n"));
        malformed.put("extra twice", sound.replace(extra, extra + "\n" + extra));
        malformed.put("extra that is no base64", sound.replace(extra, "extra !"));
        malformed.put("extra without padding", sound.replace(extra, extra.replace("=", "") + "A"));
        malformed.put("no index", sound.replace("index 1\n", ""));
        malformed.put("index with a leading zero", sound.replace("index 1\n", "index 01\n"));
        malformed.put("index with a sign", sound.replace("index 1\n", "index +1\n"));
        malformed.put("index beyond 2^63 - 1", sound.replace("index 1\n", "index 9223372036854775808\n"));
        malformed.put("index with two spaces", sound.replace("index 1\n", "index  1\n"));
        malformed.put("hash of 31 bytes", sound.replace(hash, "A".repeat(40) + "AA=="));
        malformed.put("hash with unused bits set", sound.replace(hash, hash.substring(0, 42) + "B="));
        malformed.put("hash in hexadecimal", sound.replace(hash, "00".repeat(32)));
        malformed.put("65 hashes", sound.replace(hash, (hash + "\n").repeat(64) + hash));
        malformed.put("no empty line", sound.replaceFirst("\n\n", "\n"));
        malformed.put("no checkpoint", sound.substring(0, sound.indexOf("\n\n") + 2));
        malformed.put("checkpoint without signature", sound.substring(0, sound.lastIndexOf("— ")));
        malformed.put("last line end missing", sound.substring(0, sound.length() - 1));
        malformed.put("too long", sound.replace(extra, "extra " + "AAAA".repeat(TlogProof.MAX_BYTES / 4)));
        return malformed.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    assertThat(one.getValue()).isNotEqualTo(sound);
                    assertThatThrownBy(() -> parse(one.getValue())).isInstanceOf(IllegalArgumentException.class);
                }));
    }

    @Test
    void parse_anyByteChanged_isRefusedOrFails() throws IOException {
        byte[] sound = golden().getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(5);
        for (int at = 0; at < sound.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = sound.clone();
                changed[at] ^= (byte) (1 << bit);
                assertThat(survives(changed)).as("byte %d bit %d", at, bit).isFalse();
            }
            byte[] cut = new byte[random.nextInt(sound.length)];
            System.arraycopy(sound, 0, cut, 0, cut.length);
            assertThat(survives(cut)).isFalse();
        }
    }

    private static boolean survives(byte[] file) {
        try {
            TlogProof proof = TlogProof.parse(file);
            return proof.extra()
                    .map(entry -> proof.verify(List.of(KEY), entry) instanceof ProofVerdict.Holds)
                    .orElse(false);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
