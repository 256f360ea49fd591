package dev.hufu.service.config;

import dev.hufu.anonymizer.publication.NoiseKey;
import dev.hufu.service.analytics.PeopleConcerned;
import dev.hufu.service.analytics.PublicationFiles;
import dev.hufu.service.analytics.PublicationSettings;
import dev.hufu.service.analytics.PublicationUpkeep;
import dev.hufu.service.analytics.Publications;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.analytics.imports.ImportService;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.keys.KeyVault;
import dev.hufu.service.keys.SubjectRegister;
import dev.hufu.service.registers.Registers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publications and the statistics that are answered from them. */
@Configuration(proxyBeanMethods = false)
class AnalyticsConfig {
    @Bean
    Publications publications(
            PeopleStore store,
            Registers registers,
            SubjectRegister subjects,
            KeyVault vault,
            DataDirectory directory,
            SecureRandom random,
            Clock clock)
            throws IOException, GeneralSecurityException {
        Path files = Files.createDirectories(directory.data().resolve("publications"));
        return new Publications(
                store,
                registers::datasets,
                subjects::numbers,
                new NoiseKey(vault.perturbationSecret()),
                new PublicationFiles(files, fileKey(vault.perturbationSecret()), random),
                PublicationSettings.defaults(),
                clock);
    }

    /** A key of its own, derived (RFC 5869): the perturbation secret itself encrypts nothing. */
    private static SecretKey fileKey(byte[] secret) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        "AES",
                        HKDFParameterSpec.ofExtract()
                                .addIKM(secret)
                                .thenExpand("hufu publications".getBytes(StandardCharsets.US_ASCII), 32));
    }

    @Bean
    Statistics statistics(Publications publications, Clock clock) {
        return new Statistics(publications, clock);
    }

    @Bean
    PeopleConcerned peopleConcerned(SubjectRegister subjects, Publications publications) {
        return new PeopleConcerned(subjects, publications);
    }

    /** Whatever is committed to the dataset register acts on the next query. */
    @Bean
    PublicationUpkeep publicationUpkeep(Publications publications, Registers registers) {
        var upkeep = new PublicationUpkeep(publications, Duration.ofSeconds(1));
        registers.listen(upkeep);
        return upkeep;
    }

    /** An imported dataset can be asked about as soon as its import is answered. */
    @Bean
    ImportService.Listener publishImported(Publications publications) {
        return _ -> publications.datasetsChanged();
    }
}
