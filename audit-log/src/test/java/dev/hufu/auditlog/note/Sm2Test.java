package dev.hufu.auditlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.json.StrictBase64;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class Sm2Test {
    private static final String NAME = "log.example/hufu";

    /** The private key of the example of GB/T 32918.5, appendix A.2. */
    private static final byte[] SCALAR =
            HexFormat.of().parseHex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");

    private static final Sm2SigningKey KEY = Sm2SigningKey.ofScalar(NAME, SCALAR, new SecureRandom());
    private static final SigningKey FIRST = SigningKey.ofSeed(NAME, new byte[32]);

    @Test
    void verify_exampleOfTheStandard_holds() {
        byte[] message = "message digest".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = HexFormat.of()
                .parseHex("3046"
                        + "022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                        + "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
        assertThat(KEY.verifierKey().verify(message, signature)).isTrue();
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= 1;
            assertThat(KEY.verifierKey().verify(message, changed))
                    .as("byte " + i)
                    .isFalse();
        }
        assertThat(KEY.verifierKey().verify(message, Arrays.copyOf(signature, signature.length + 1)))
                .isFalse();
        assertThat(KEY.verifierKey().verify(message, new byte[0])).isFalse();
    }

    @Test
    void text_exampleKey_isThatOfTheSpecification() {
        String text = KEY.verifierKey().text();
        byte[] typed = StrictBase64.decode(text.substring(text.indexOf("+/1BL") + 1));
        assertThat(text).startsWith(NAME + "+78c6bccd+/1BLSVgtU00yLXdpdGgtU00zMFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAE");
        assertThat(HexFormat.of().formatHex(typed))
                .isEqualTo("ff" + HexFormat.of().formatHex("PKIX-SM2-with-SM3".getBytes(StandardCharsets.US_ASCII))
                        + "3059301306072a8648ce3d020106082a811ccf5501822d034200"
                        + "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                        + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
        assertThat(NoteKey.parse(KEY.verifierKey().text())).isEqualTo(KEY.verifierKey());
        assertThat(NoteKey.parse(FIRST.verifierKey().text())).isEqualTo(FIRST.verifierKey());
    }

    @Test
    void sign_note_carriesTwoLinesAndEitherReaderAcceptsItsOwn() {
        String text = "a\nb\n";
        SignedNote note = SignedNote.parse(FIRST.sign(text) + KEY.signatureLine(text));
        assertThat(note.verify(FIRST.verifierKey())).isTrue();
        assertThat(note.verify(KEY.verifierKey())).isTrue();
        assertThat(note.verifyStrictly(List.of(FIRST.verifierKey(), KEY.verifierKey())))
                .isTrue();
        assertThat(note.verifyStrictly(List.of(KEY.verifierKey(), FIRST.verifierKey())))
                .as("the order is part of the form")
                .isFalse();
        assertThat(note.verifyStrictly(FIRST.verifierKey())).isFalse();
        assertThat(note.only(List.of(FIRST.verifierKey()))).isEqualTo(FIRST.sign(text));
        SignedNote forged = SignedNote.parse(FIRST.sign(text) + KEY.signatureLine("another text\n"));
        assertThat(forged.of(KEY.verifierKey())).isEqualTo(SignedNote.Standing.FORGED);
        assertThat(SignedNote.parse(FIRST.sign(text)).of(KEY.verifierKey())).isEqualTo(SignedNote.Standing.ABSENT);
        Sm2SigningKey stranger =
                Sm2SigningKey.ofScalar(NAME, Sm2SigningKey.freshScalar(new SecureRandom()), new SecureRandom());
        assertThat(note.of(stranger.verifierKey())).isEqualTo(SignedNote.Standing.ABSENT);
    }

    @Test
    void ofScalar_outOfRange_isRefused() {
        BigInteger order = Sm2VerifierKey.CURVE.getN();
        byte[] tooLarge = Arrays.copyOfRange(order.subtract(BigInteger.ONE).toByteArray(), 1, 33);
        for (byte[] scalar : List.of(new byte[32], tooLarge, new byte[31])) {
            assertThatThrownBy(() -> Sm2SigningKey.ofScalar(NAME, scalar, new SecureRandom()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Sm2SigningKey.freshScalar(new SecureRandom())).hasSize(32);
    }

    @TestFactory
    Stream<DynamicTest> parse_malformed_isRefused() {
        String sound = KEY.verifierKey().text();
        byte[] typed = StrictBase64.decode(sound.substring(sound.indexOf("+/1BL") + 1));
        Map<String, byte[]> malformed = new LinkedHashMap<>();
        malformed.put("no type", new byte[0]);
        malformed.put("type alone", new byte[] {(byte) 0xff});
        malformed.put("another named type", changed(typed, 1, 'Q'));
        malformed.put("Ed25519's type", changed(typed, 0, 1));
        malformed.put("another curve", changed(typed, 1 + 17 + 22, 0x2e));
        malformed.put("compressed point", changed(typed, 1 + 17 + 26, 2));
        malformed.put("no point of the curve", changed(typed, typed.length - 1, typed[typed.length - 1] ^ 1));
        malformed.put("cut off", Arrays.copyOf(typed, typed.length - 1));
        malformed.put("longer", Arrays.copyOf(typed, typed.length + 1));
        return malformed.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    String text =
                            one.getValue().length == 0 ? NAME + "+00000000+" : new KeyForm(NAME, one.getValue()).text();
                    assertThatThrownBy(() -> Sm2VerifierKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
                }));
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
