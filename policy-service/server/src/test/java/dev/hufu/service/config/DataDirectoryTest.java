package dev.hufu.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.service.keys.KeyVault;
import dev.hufu.service.keys.UnreadableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final List<String> KEY_FILES =
            List.of("hufu.bcfks", "hufu.bcfks.password", "actors.keys", "subjects.keys", "postgres.password");

    @TempDir
    Path root;

    private Path data;
    private Path keys;

    @BeforeEach
    void name() {
        data = root.resolve("数据 with space");
        keys = root.resolve("keys");
    }

    private void begun(KeyVault vault) throws IOException {
        Files.createDirectories(data.resolve("log"));
        Files.createDirectories(data.resolve("postgres"));
        Files.writeString(
                data.resolve("log/log.vkey"), vault.logKey().verifierKey().text() + "\n");
        Files.writeString(data.resolve("postgres/hufu.initialised"), "1\n");
    }

    @Test
    void hold_emptyDirectoryThatIsThere_isTaken() throws IOException {
        Files.createDirectory(data);
        try (var held = DataDirectory.hold(data, keys)) {
            assertThat(held.data()).isDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(held.data())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void hold_heldElsewhere_saysByWhomAndWhatToDo() {
        try (var first = DataDirectory.hold(data, keys)) {
            assertThat(first.keys()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.hold(data, keys))
                    .isInstanceOfSatisfying(DataDirectoryUnusableException.class, e -> {
                        assertThat(e)
                                .hasMessageContaining("in use")
                                .hasMessageContaining(
                                        Long.toString(ProcessHandle.current().pid()));
                        assertThat(e.action()).contains("HUFU_DATA");
                    });
        }
    }

    @Test
    void hold_dataWhoseKeysAreGone_isRefusedForEachAndMakesNone() throws IOException {
        begun(KeyVault.open(keys, Optional.empty(), new SecureRandom()));
        for (String file : KEY_FILES) {
            if (Files.notExists(keys.resolve(file))) {
                Files.writeString(keys.resolve(file), "");
            }
        }
        try (var whole = DataDirectory.hold(data, keys)) {
            assertThat(whole.data()).isEqualTo(data);
        }
        for (String file : KEY_FILES) {
            Path away = Files.move(keys.resolve(file), root.resolve("away"));
            assertThatThrownBy(() -> DataDirectory.hold(data, keys))
                    .isInstanceOfSatisfying(DataDirectoryUnusableException.class, e -> {
                        assertThat(e).hasMessageContaining(file + " missing");
                        assertThat(e.action()).contains("HUFU_KEYS");
                    });
            assertThat(keys.resolve(file)).doesNotExist();
            Files.move(away, keys.resolve(file));
        }
    }

    @Test
    void keyVault_ofOtherData_isRefused() throws IOException {
        begun(KeyVault.open(root.resolve("its own"), Optional.empty(), new SecureRandom()));
        KeyVault.open(keys, Optional.empty(), new SecureRandom());
        otherKeyFiles();
        try (var held = DataDirectory.hold(data, keys)) {
            assertThatThrownBy(() -> new KeysConfig().keyVault(held, new SecureRandom()))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("no signing key of the log of this data");
        }
    }

    @Test
    void keyVault_damagedVerifierKey_isRefused() throws IOException {
        KeyVault vault = KeyVault.open(keys, Optional.empty(), new SecureRandom());
        begun(vault);
        otherKeyFiles();
        String text = vault.logKey().verifierKey().text();
        Files.writeString(data.resolve("log/log.vkey"), text.substring(0, text.length() - 1) + "_\n");
        try (var held = DataDirectory.hold(data, keys)) {
            assertThatThrownBy(() -> new KeysConfig().keyVault(held, new SecureRandom()))
                    .isInstanceOf(DataDirectoryUnusableException.class)
                    .hasMessageContaining("are not those of the data");
        }
    }

    @Test
    void keyVault_dataGoneAndKeysKept_beginsALogOfItsOwnAndStillOpensTheOld() throws IOException {
        KeyVault old = KeyVault.open(keys, Optional.empty(), new SecureRandom());
        try (var held = DataDirectory.hold(data, keys)) {
            KeyVault fresh = new KeysConfig().keyVault(held, new SecureRandom());
            assertThat(fresh.logKey().verifierKey().name())
                    .isNotEqualTo(old.logKey().verifierKey().name());
            assertThat(fresh.logKey().verifierKey().text())
                    .isNotEqualTo(old.logKey().verifierKey().text());
            assertThat(fresh.perturbationSecret()).isEqualTo(old.perturbationSecret());
        }
        begun(old);
        otherKeyFiles();
        try (var held = DataDirectory.hold(data, keys)) {
            assertThat(new KeysConfig()
                            .keyVault(held, new SecureRandom())
                            .logKey()
                            .verifierKey())
                    .isEqualTo(old.logKey().verifierKey());
        }
    }

    /** The key files that other parts make at a start. */
    private void otherKeyFiles() throws IOException {
        for (String file : KEY_FILES) {
            if (Files.notExists(keys.resolve(file))) {
                Files.writeString(keys.resolve(file), "");
            }
        }
    }
}
