package dev.hufu.service.config;

import dev.hufu.service.keys.ActorKeys;
import dev.hufu.service.keys.KeyVault;
import dev.hufu.service.keys.SubjectRegister;
import java.io.IOException;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keys, in the directory of their own. */
@Configuration(proxyBeanMethods = false)
class KeysConfig {
    @Bean
    KeyVault keyVault(DataDirectory directory, SecureRandom random) throws IOException {
        return KeyVault.open(directory.keys(), random);
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
