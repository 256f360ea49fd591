package dev.hufu.service.config;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.service.keys.ActorKeys;
import dev.hufu.service.keys.KeyVault;
import dev.hufu.service.keys.SubjectRegister;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keys, in the directory of their own. */
@Configuration(proxyBeanMethods = false)
class KeysConfig {
    @Bean
    KeyVault keyVault(DataDirectory directory, SecureRandom random) throws IOException {
        KeyVault vault = KeyVault.open(directory.keys(), random);
        requireThatOf(directory, vault);
        return vault;
    }

    /** Before anything is written: keys of other data would be tried on every row and every signature. */
    private static void requireThatOf(DataDirectory directory, KeyVault vault) throws IOException {
        Path logKey = directory.data().resolve("log").resolve(AuditLog.KEY_FILE);
        boolean other = Files.exists(logKey)
                && !Files.readString(logKey)
                        .strip()
                        .equals(vault.logKey().verifierKey().text());
        if (other) {
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
