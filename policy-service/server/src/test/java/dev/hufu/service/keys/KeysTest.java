package dev.hufu.service.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.note.Sm2VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final byte[] CONTEXT = "entry.1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Optional<String> origin = Optional.empty();

    private KeyVault vault() throws IOException {
        KeyVault vault = KeyVault.open(directory.resolve("keys"), origin, new SecureRandom());
        origin = Optional.of(vault.logKey().verifierKey().name());
        return vault;
    }

    @Test
    void open_again_holdsTheSameKeys() throws IOException {
        KeyVault first = vault();
        KeyVault again = vault();
        assertThat(again.logKey().verifierKey()).isEqualTo(first.logKey().verifierKey());
        assertThat(again.perturbationSecret())
                .isEqualTo(first.perturbationSecret())
                .hasSize(32);
        assertThat(again.openCohort(first.sealCohort(SECRET, CONTEXT), CONTEXT)).isEqualTo(SECRET);
        for (Path file : List.of(directory.resolve("keys"), directory.resolve("keys/hufu.bcfks"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .endsWith("------");
        }
    }

    @Test
    void sm2LogKey_firstAndLaterCalls_isMadeOnceForThisLogAndKeepsTheOtherKeys() throws IOException {
        KeyVault first = vault();
        Sm2VerifierKey made = first.sm2LogKey().verifierKey();
        assertThat(made.name()).isEqualTo(first.logKey().verifierKey().name());
        assertThat(first.sm2LogKey().verifierKey()).isEqualTo(made);
        KeyVault again = vault();
        assertThat(again.sm2LogKey().verifierKey()).isEqualTo(made);
        assertThat(again.logKey().verifierKey()).isEqualTo(first.logKey().verifierKey());
        assertThat(again.openCohort(first.sealCohort(SECRET, CONTEXT), CONTEXT)).isEqualTo(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("keys/hufu.bcfks"))))
                .endsWith("------");
        origin = Optional.empty(); // a log that is begun over lost data
        assertThat(vault().sm2LogKey().verifierKey()).isNotEqualTo(made);
    }

    @Test
    void open_withoutOrWithAnotherPassword_refusesAndMakesNothingNew() throws IOException {
        vault();
        Path password = directory.resolve("keys/hufu.bcfks.password");
        byte[] store = Files.readAllBytes(directory.resolve("keys/hufu.bcfks"));
        Files.writeString(password, "another");
        assertThatThrownBy(this::vault).isInstanceOf(UnreadableException.class);
        Files.delete(password);
        assertThatThrownBy(this::vault)
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("hufu.bcfks.password");
        assertThat(Files.readAllBytes(directory.resolve("keys/hufu.bcfks"))).isEqualTo(store);
    }

    @Test
    void numbers_manyEmployees_areDenseAndSurviveARestartWithATornTail() throws IOException {
        List<String> ids = IntStream.range(0, 2000).mapToObj("E%06d"::formatted).toList();
        KeyVault vault = vault();
        byte[] sealed;
        try (SubjectRegister register = SubjectRegister.open(vault)) {
            assertThat(register.numbers(ids)).isEqualTo(IntStream.range(0, 2000).toArray());
            assertThat(register.number("E000005")).isEqualTo(5);
            sealed = register.seal(5, SECRET, CONTEXT);
        }
        Path file = directory.resolve("keys/subjects.keys");
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("E0000");
        Files.write(file, new byte[17], StandardOpenOption.APPEND);
        try (SubjectRegister register = SubjectRegister.open(vault)) {
            assertThat(register.count()).isEqualTo(2000);
            assertThat(register.employeeId(1999)).hasValue("E001999");
            assertThat(register.employeeId(2000)).isEmpty();
            assertThat(register.find("E999999")).isEmpty();
            assertThat(register.number("E999999")).isEqualTo(2000);
            assertThat(register.open(5, sealed, CONTEXT)).isEqualTo(SECRET);
            assertThatThrownBy(() -> register.open(6, sealed, CONTEXT)).isInstanceOf(UnreadableException.class);
            assertThatThrownBy(() -> register.open(5, sealed, SECRET)).isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void reference_sameAccountTwice_hasNothingInCommon() throws IOException {
        KeyVault vault = vault();
        try (ActorKeys actors = ActorKeys.open(vault)) {
            byte[] one = actors.reference("analyst", CONTEXT);
            byte[] two = actors.reference("analyst", SECRET);
            assertThat(one).isNotEqualTo(two);
            assertThat(actors.account(one, CONTEXT)).isEqualTo("analyst");
            assertThatThrownBy(() -> actors.account(one, SECRET)).isInstanceOf(UnreadableException.class);
            byte[] sealed = actors.seal("analyst", SECRET, CONTEXT);
            assertThat(actors.open(one, sealed, CONTEXT)).isEqualTo(SECRET);
        }
    }
}
