package dev.hufu.auditlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.merkle.TreeHasher;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NotesTest {
    private static final SigningKey KEY = SigningKey.ofSeed("log.example/hufu", new byte[32]);

    /** The example of the C2SP signed-note specification, by a key that is not ours. */
    @Test
    void verify_noteOfTheSpecification_holds() {
        String note = "If you think cryptography is the answer to your problem,\n"
                + "then you don't know what your problem is.\n\n"
                + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        VerifierKey key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        assertThat(SignedNote.parse(note).verify(key)).isTrue();
        assertThat(SignedNote.parse(note.replace("answer", "Answer")).verify(key))
                .isFalse();
    }

    @Test
    void sign_seedOfZeros_isRfc8032AndVerifies() {
        assertThat(KEY.verifierKey().text())
                .endsWith("+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop")
                .startsWith("log.example/hufu+");
        SignedNote note = SignedNote.parse(KEY.sign("a\nb\n"));
        assertThat(note.verifyStrictly(KEY.verifierKey())).isTrue();
        assertThat(note.text()).isEqualTo("a\nb\n");
        assertThat(HexFormat.of().formatHex(new byte[] {1})).isEqualTo("01");
    }

    @Test
    void verifyStrictly_secondSignature_isRefusedWhereVerifyPassesItOver() {
        SigningKey other = SigningKey.ofSeed("other", new byte[32]);
        SignedNote note = SignedNote.parse(KEY.sign("text\n") + other.signatureLine("text\n"));
        assertThat(note.verify(KEY.verifierKey())).isTrue();
        assertThat(note.verifyStrictly(KEY.verifierKey())).isFalse();
    }

    @Test
    void parse_everyChangedCharacterOfAKey_isRefused() {
        String text = KEY.verifierKey().text();
        for (int i = 0; i < text.length(); i++) {
            for (char c : "0aAzZ+/=. \n".toCharArray()) {
                if (text.charAt(i) != c) {
                    String changed = text.substring(0, i) + c + text.substring(i + 1);
                    assertThatThrownBy(() -> VerifierKey.parse(changed))
                            .as(changed)
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }

    @Test
    void checkpoint_writtenAndRead_isTheSame() {
        Checkpoint checkpoint = new Checkpoint("log.example/hufu", 0, TreeHasher.emptyRoot());
        assertThat(checkpoint.text()).isEqualTo("log.example/hufu\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        assertThat(Checkpoint.parse(checkpoint.text() + "an extension\n")).isEqualTo(checkpoint);
        assertThatThrownBy(
                        () -> Checkpoint.parse("log.example/hufu\n00\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void promise_readAsCheckpoint_isRefused() {
        Promise promise = new Promise("7", 3, TreeHasher.emptyRoot(), Instant.ofEpochMilli(1));
        assertThat(Promise.parse(promise.text())).isEqualTo(promise);
        // Even an origin that is a number does not make a promise a checkpoint: its third line is no root.
        assertThatThrownBy(() -> Checkpoint.parse(promise.text())).isInstanceOf(IllegalArgumentException.class);
    }
}
