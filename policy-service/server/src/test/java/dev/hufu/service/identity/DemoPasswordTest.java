package dev.hufu.service.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPasswordTest {
    private final Passwords passwords = new Passwords(new SecureRandom());

    @Test
    void kept_atEveryStart_isTheSameAndTheOwnersOnly(@TempDir Path keys) throws IOException {
        String first = DemoPassword.kept(keys, passwords);
        assertThat(first).matches("[0-9a-z]{5}(-[0-9a-z]{5}){3}");
        assertThat(DemoPassword.kept(keys, passwords)).isEqualTo(first);
        Path file = keys.resolve("demo.password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(keys.toFile().list()).containsExactly("demo.password");
    }

    @Test
    void kept_afterAKillInBetween_isMadeAnew(@TempDir Path keys) throws IOException {
        Files.writeString(keys.resolve("demo.password"), "");
        Files.writeString(keys.resolve("demo.password.new"), "hal");
        assertThat(DemoPassword.kept(keys, passwords)).hasSize(23);
    }
}
