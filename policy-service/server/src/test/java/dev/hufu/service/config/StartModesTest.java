package dev.hufu.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.layout.LogFiles;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.verify.LogVerifier;
import dev.hufu.service.Hufu;
import dev.hufu.service.web.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Whole starts: a demo that others could reach, and a first administrator over a restart. */
class StartModesTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", ""})
    void start_ofADemoOnAnotherAddress_isRefused(String address, @TempDir Path root) {
        assertThatThrownBy(() -> start(root, "--server.address=" + address))
                .rootCause()
                .isInstanceOf(OpenDemoException.class)
                .hasMessageContaining("this machine only");
    }

    @Test
    void start_outsideDemo_makesOneAdminWhoseOneTimePasswordLivesUntilUsed(@TempDir Path root) {
        String oneTime;
        try (var first = start(root, "--hufu.demo=false")) {
            List<String> lines = first.getBean(IdentityConfig.Credentials.class).lines();
            assertThat(lines).hasSize(3);
            oneTime = lines.get(1).substring(lines.get(1).lastIndexOf(' ') + 1);
            assertThat(Caller.account(port(first), "analyst")
                            .get("/api/v1/account")
                            .status())
                    .isEqualTo(401);
        }
        try (var second = start(root, "--hufu.demo=false")) {
            assertThat(second.getBean(IdentityConfig.Credentials.class).lines()).isEmpty();
            Caller admin = Caller.account(port(second), "admin", oneTime);
            assertThat(admin.get("/api/v1/accounts").status()).isEqualTo(403);
            String body = "{\"current\":\"" + oneTime + "\",\"new\":\"an admin's own password\"}";
            assertThat(admin.post("/api/v1/account/password", body).status()).isEqualTo(204);
            assertThat(admin.get("/api/v1/accounts").status()).isEqualTo(401);
            assertThat(Caller.account(port(second), "admin", "an admin's own password")
                            .get("/api/v1/accounts")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void start_withSm2_signsCheckpointsTwiceAndPublishesTheKeyUntilItIsTurnedOff(@TempDir Path root)
            throws IOException {
        Path log = root.resolve("data/log");
        start(root, "--hufu.demo=false").close();
        assertThat(log.resolve(LogFiles.SM2_KEY)).doesNotExist();
        start(root, "--hufu.demo=false", "--hufu.log.sm2=true").close();
        Sm2VerifierKey key = Sm2VerifierKey.parse(
                Files.readString(log.resolve(LogFiles.SM2_KEY)).strip());
        var verifier = new LogVerifier(Optional.empty(), Optional.of(key), Optional.empty());
        assertThat(verifier.verify(log).findings()).isEmpty();
        start(root, "--hufu.demo=false").close();
        assertThat(verifier.verify(log).findings())
                .extracting(Object::toString)
                .containsExactly("checkpoint: is not signed by the SM2 key trusted");
        assertThat(new LogVerifier(Optional.empty()).verify(log).findings()).isEmpty();
    }

    private static int port(ConfigurableApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static ConfigurableApplicationContext start(Path root, String... more) {
        var arguments = new java.util.ArrayList<>(
                List.of("--hufu.root=" + root, "--hufu.data=data", "--server.port=0", "--hufu.sample.employees=1000"));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(Hufu.class).run(arguments.toArray(String[]::new));
    }
}
