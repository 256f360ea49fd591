package dev.hufu.auditlog.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.layout.LogFiles;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.Sm2SigningKey;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL verifies the SM2 line of a checkpoint, and refuses it over another text. */
class OpenSslTest {
    @TempDir
    Path directory;

    @Test
    void checkpoint_sm2Line_isVerifiedByOpenSsl() throws Exception {
        ForeignProgram algorithms =
                ForeignProgram.require("needs OpenSSL", directory, "openssl", "list", "-signature-algorithms");
        Assumptions.assumeTrue(algorithms.output().contains("SM2"), "this OpenSSL knows no SM2");
        Logs logs = new Logs();
        SecureRandom random = new SecureRandom();
        Sm2SigningKey key = Sm2SigningKey.ofScalar("log.example/hufu", Sm2SigningKey.freshScalar(random), random);
        Path log = directory.resolve("log");
        AuditLog.open(log, logs.options().withSm2(key)).close();

        // All from the files alone, as a stranger would.
        Sm2VerifierKey published = Sm2VerifierKey.parse(
                Files.readString(log.resolve(LogFiles.SM2_KEY)).strip());
        SignedNote note = SignedNote.parse(Files.readString(log.resolve("checkpoint")));
        byte[] line = StrictBase64.decode(note.signatures().get(1).value());
        Files.write(directory.resolve("signature"), Arrays.copyOfRange(line, 4, line.length));
        Files.write(directory.resolve("key.der"), published.subjectPublicKeyInfo());
        assertThat(verify(note.text())).contains("Verified OK", "0");
        assertThat(verify(note.text().replace("\n0\n", "\n1\n"))).contains("Verification failure");
    }

    private String verify(String text) throws Exception {
        Files.write(directory.resolve("text"), text.getBytes(StandardCharsets.UTF_8));
        ForeignProgram run = ForeignProgram.run(
                directory,
                "openssl",
                "dgst",
                "-sm3",
                "-keyform",
                "DER",
                "-verify",
                "key.der",
                "-sigopt",
                "distid:1234567812345678",
                "-signature",
                "signature",
                "text");
        return run.output() + run.code();
    }
}
