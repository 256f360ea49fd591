package dev.hufu.auditlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WitnessTest {
    private static final SigningKey LOG = SigningKey.ofSeed("log.example/hufu", new byte[32]);
    private static final TestWitness COUNCIL = TestWitness.ed25519("council.example/w1", 1);
    private static final TestWitness REVISION = TestWitness.mlDsa44("revision.example/w2");
    private static final TestWitness THIRD = TestWitness.ed25519("third.example/w3", 3);
    private static final String TEXT = new Checkpoint(LOG.verifierKey().name(), 7, TreeHasher.emptyRoot()).text();
    private static final long TIME = 1_763_000_000;

    static List<TestWitness> witnesses() {
        return List.of(COUNCIL, REVISION);
    }

    private static SignedNote note(String... lines) {
        return SignedNote.parse(LOG.sign(TEXT) + String.join("", lines));
    }

    @ParameterizedTest
    @MethodSource("witnesses")
    void verify_cosignature_holdsForThisTextTimeAndKeyAlone(TestWitness witness) {
        String line = witness.line(TEXT, TIME);
        assertThat(note(line).of(witness.key())).isEqualTo(SignedNote.Standing.SIGNED);
        assertThat(note(line).verify(LOG.verifierKey())).isTrue();
        assertThat(note().of(witness.key())).isEqualTo(SignedNote.Standing.ABSENT);
        assertThat(note(line).of(THIRD.key())).isEqualTo(SignedNote.Standing.ABSENT);
        String other = witness.line(TEXT.replace("\n7\n", "\n8\n"), TIME);
        assertThat(note(other).of(witness.key())).isEqualTo(SignedNote.Standing.FORGED);
        SignedNote.Line parsed = note(line).signatures().get(1);
        byte[] value = StrictBase64.decode(parsed.value());
        for (int at = Integer.BYTES; at < value.length; at += at < 100 ? 1 : 97) {
            byte[] changed = value.clone();
            changed[at] ^= 1; // the time is under the signature too
            assertThat(witness.key()
                            .verify(
                                    TEXT.getBytes(StandardCharsets.UTF_8),
                                    Arrays.copyOfRange(changed, 4, changed.length)))
                    .as("byte " + at)
                    .isFalse();
        }
        for (int length : new int[] {0, 7, 8, 9, value.length - 5}) {
            assertThat(witness.key()
                            .verify(TEXT.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(value, 4, 4 + length)))
                    .isFalse();
        }
        assertThat(NoteKey.parse(witness.key().text())).isEqualTo(witness.key());
    }

    @Test
    void verify_extensionLines_areUnderEd25519AndNotUnderMlDsa() {
        String extended = TEXT + "an extension\n";
        String ed25519 = COUNCIL.line(TEXT, TIME);
        String mlDsa = REVISION.line(TEXT, TIME);
        SignedNote note = SignedNote.parse(LOG.sign(extended) + ed25519 + mlDsa);
        assertThat(note.of(COUNCIL.key())).isEqualTo(SignedNote.Standing.FORGED);
        assertThat(note.of(REVISION.key())).isEqualTo(SignedNote.Standing.SIGNED);
    }

    @ParameterizedTest
    @MethodSource("witnesses")
    void verify_timeBeyondBounds_fails(TestWitness witness) {
        assertThat(note(witness.line(TEXT, -1)).of(witness.key())).isEqualTo(SignedNote.Standing.FORGED);
    }

    @ParameterizedTest
    @MethodSource("witnesses")
    void verify_noteThatIsNoCheckpoint_isNotTakenForOne(TestWitness witness) {
        byte[] line = StrictBase64.decode(
                note(witness.line(TEXT, TIME)).signatures().get(1).value());
        assertThat(witness.key()
                        .verify(
                                "no checkpoint\n".getBytes(StandardCharsets.UTF_8),
                                Arrays.copyOfRange(line, 4, line.length)))
                .isFalse();
    }

    @Test
    void policy_kOfN_wantsThatManyDistinctAndNoFalseOne() {
        WitnessPolicy two = new WitnessPolicy(List.of(COUNCIL.key(), REVISION.key(), THIRD.key()), 2);
        String a = COUNCIL.line(TEXT, TIME);
        String b = REVISION.line(TEXT, TIME + 1);
        assertThat(two.refuses(note(a, b))).isEmpty();
        assertThat(two.refuses(note(b, a))).isEmpty();
        assertThat(two.refuses(note(a, a)).orElseThrow()).contains("1 of 3", "council.example/w1", "2 are wanted");
        assertThat(two.refuses(note())).isPresent();
        String stranger = TestWitness.ed25519("stranger.example", 9).line(TEXT, TIME);
        assertThat(two.refuses(note(a, stranger))).isPresent();
        String forged = THIRD.line(TEXT.replace("\n7\n", "\n8\n"), TIME);
        assertThat(two.refuses(note(a, b, forged)).orElseThrow()).contains("false cosignature of third.example/w3");
    }

    @Test
    void policy_outOfBoundsOrOneWitnessTwice_isRefused() {
        List<WitnessKey> keys = List.of(COUNCIL.key(), THIRD.key());
        for (int quorum : new int[] {-1, 0, 3}) {
            assertThatThrownBy(() -> new WitnessPolicy(keys, quorum)).isInstanceOf(IllegalArgumentException.class);
        }
        WitnessKey otherName = TestWitness.ed25519("council.example/again", 1).key();
        WitnessKey otherKey = TestWitness.ed25519("council.example/w1", 2).key();
        for (WitnessKey twice : List.of(COUNCIL.key(), otherName, otherKey)) {
            assertThatThrownBy(() -> new WitnessPolicy(List.of(COUNCIL.key(), twice), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("twice");
        }
    }

    @TestFactory
    Stream<DynamicTest> parse_malformed_isRefused() {
        Map<String, String> malformed = new LinkedHashMap<>();
        malformed.put("Ed25519 of 31 bytes", new KeyForm("w", typed(4, 31)).text());
        malformed.put("Ed25519 of 33 bytes", new KeyForm("w", typed(4, 33)).text());
        malformed.put("ML-DSA-44 of 1311 bytes", new KeyForm("w", typed(6, 1311)).text());
        malformed.put("ML-DSA-65's length", new KeyForm("w", typed(6, 1952)).text());
        malformed.put("a log's key", LOG.verifierKey().text());
        malformed.put("type 5", new KeyForm("w", typed(5, 32)).text());
        malformed.put("another id", COUNCIL.key().text().replace("+", "+0").replaceFirst("\\+0(.{7}).", "+0$1"));
        malformed.put("name of 300 bytes", new KeyForm("证".repeat(100), typed(4, 32)).text());
        return malformed.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey(),
                        () -> assertThatThrownBy(() -> WitnessKey.parse(one.getValue()))
                                .isInstanceOf(IllegalArgumentException.class)));
    }

    private static byte[] typed(int type, int length) {
        byte[] typed = new byte[1 + length];
        typed[0] = (byte) type;
        return typed;
    }
}
