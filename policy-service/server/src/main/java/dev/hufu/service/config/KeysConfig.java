package dev.hufu.service.config;

import dev.hufu.auditlog.layout.LogFiles;
import dev.hufu.auditlog.tiles.TileStore;
import dev.hufu.service.keys.ActorKeys;
import dev.hufu.service.keys.KeyVault;
import dev.hufu.service.keys.SubjectRegister;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keys, in the directory of their own. */
@Configuration(proxyBeanMethods = false)
class KeysConfig {
    @Bean
    KeyVault keyVault(DataDirectory directory, SecureRandom random) throws IOException {
        Path log = directory.data().resolve("log");
        Optional<String> verifierKey = firstLine(log.resolve(LogFiles.KEY));
        Optional<String> origin = verifierKey.isPresent()
                ? verifierKey.map(key -> key.split("\\+", -1)[0])
                : firstLine(log.resolve(TileStore.CHECKPOINT));
        KeyVault vault = KeyVault.open(directory.keys(), origin, random);
        requireSame(directory, verifierKey, vault);
        return vault;
    }

    private static Optional<String> firstLine(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).lines().findFirst() : Optional.empty();
    }

    /** Before anything is written: keys of other data would be tried on every row and every signature. */
    private static void requireSame(DataDirectory directory, Optional<String> verifierKey, KeyVault vault) {
        String held = vault.logKey().verifierKey().text();
        if (!verifierKey.orElse(held).equals(held)) {
            throw new DataDirectoryUnusableException(
                    "The keys in " + directory.keys() + " are not those of the data in " + directory.data()
                            + ": log.vkey holds another key, or is damaged. Nothing was changed.",
                    "Name the directory of its keys with HUFU_KEYS, or the data of these keys with HUFU_DATA.");
        }
    }

    @Bean
    SubjectRegister subjectRegister(KeyVault vault) throws IOException {
        return SubjectRegister.open(vault);
    }

    @Bean
    ActorKeys actorKeys(KeyVault vault) throws IOException {
        return ActorKeys.open(vault);
    }
}
