package dev.hufu.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.note.WitnessSigningKey;
import dev.hufu.auditlog.witness.WitnessPlace;
import dev.hufu.auditlog.witness.Witnesses;
import dev.hufu.service.gate.EngineChoice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class SettingsTest {
    private static HufuProperties read(Map<String, String> values) {
        return new Settings(name -> Optional.ofNullable(values.get(name))).read();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server.port                      | 99999     | SERVER_PORT is "99999"                     | from 0 to 65535
            server.port                      | abc       | SERVER_PORT is "abc"                       | SERVER_PORT=8080
            server.port                      | -5        | SERVER_PORT is "-5"                        | from 0 to 65535
            hufu.demo                        | maybe     | HUFU_DEMO is "maybe"                       | true or false
            hufu.log.sm2                     | ja        | HUFU_LOG_SM2 is "ja"                       | true or false
            hufu.disk.low                    | abc       | HUFU_DISK_LOW is "abc"                     | HUFU_DISK_LOW=256MB
            hufu.disk.least                  | -1MB      | HUFU_DISK_LEAST is "-1MB"                  | HUFU_DISK_LEAST=64MB
            hufu.disk.low                    | 99999999999999TB | HUFU_DISK_LOW is                    | unit
            hufu.disk.low                    | 10MB      | HUFU_DISK_LEAST (67108864 bytes) is more   | HUFU_DISK_LOW=1GB
            hufu.sample.employees            | 3         | HUFU_SAMPLE_EMPLOYEES is "3"               | from 200 to 1000000
            hufu.sample.seed                 | x         | HUFU_SAMPLE_SEED is "x"                    | whole number
            hufu.zone                        | Mars/Base | HUFU_ZONE is "Mars/Base"                   | HUFU_ZONE=Asia/Shanghai
            hufu.limits.requests-per-second  | 0         | HUFU_LIMITS_REQUESTS_PER_SECOND is "0"     | from 1
            hufu.policy.engine               | magic     | HUFU_POLICY_ENGINE is "magic"              | embedded, wasm or opa
            hufu.policy.engine               | wasm      | HUFU_POLICY_WASM names no bundle           | opa build -t wasm
            hufu.policy.engine               | opa       | HUFU_OPA_URL names no server               | HUFU_OPA_URL=http://127.0.0.1:8181
            hufu.policies.dir                | nowhere   | HUFU_POLICIES_DIR is "nowhere"             | laid out as policies/
            """)
    void read_valueThatCannotBeMeant_namesTheVariableAndWhatToWrite(
            String name, String value, String what, String next) {
        assertThatThrownBy(() -> read(Map.of(name, value))).isInstanceOfSatisfying(SettingException.class, e -> {
            assertThat(e).hasMessageContaining(what);
            assertThat(e.action()).contains(next);
        });
    }

    @Test
    void read_demoPasswordTooLong_tellsItsLengthAndNotItself() {
        assertThatThrownBy(() -> read(Map.of("hufu.demo-password", "geheim".repeat(200))))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("HUFU_DEMO_PASSWORD has 1200 characters")
                .hasMessageNotContaining("geheim");
        assertThat(read(Map.of("hufu.demo-password", "geheim")).demoPassword()).contains("geheim");
        assertThat(read(Map.of("hufu.demo-password", "geheim", "hufu.demo", "false"))
                        .demoPassword())
                .isEmpty();
    }

    @Test
    void read_longValueWithControlCharacters_isShownInPart() {
        assertThatThrownBy(() -> read(Map.of("hufu.demo", "a\u001b[31m" + "x".repeat(5000))))
                .hasMessageContaining("a?[31mxxx")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(120));
    }

    @Test
    void read_nothingSet_isTheDefaults() {
        HufuProperties defaults = read(Map.of("hufu.root", "/somewhere", "hufu.keys", " ", "hufu.demo", ""));
        assertThat(defaults.dataDir()).isEqualTo(Path.of("/somewhere/data"));
        assertThat(defaults.keysDir()).isEqualTo(Path.of("/somewhere/data-keys"));
        assertThat(defaults.demo()).isTrue();
        assertThat(defaults.disk()).isEqualTo(new HufuProperties.Disk(256L << 20, 64L << 20));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wasm | hufu.policy.wasm     | nowhere.tar.gz             | HUFU_POLICY_WASM is "nowhere.tar.gz"
            wasm | hufu.policy.wasm     | .                          | HUFU_POLICY_WASM is "."
            opa  | hufu.opa.url         | 127.0.0.1:8181             | no address
            opa  | hufu.opa.url         | ftp://127.0.0.1            | no address
            opa  | hufu.opa.url         | http://                    | no address
            opa  | hufu.opa.url         | http://127.0.0.1/v1        | no address
            opa  | hufu.opa.url         | http://127.0.0.1?x=1       | no address
            opa  | hufu.opa.url         | http://me:geheim@localhost | no address
            opa  | hufu.opa.url         | http://opa.example:8181    | without TLS
            opa  | hufu.opa.url         | http://127.0.0.1.example   | without TLS
            opa  | hufu.opa.token       | a token geheim             | HUFU_OPA_TOKEN holds characters
            opa  | hufu.policy.deadline | 0                          | HUFU_POLICY_DEADLINE is "0"
            """)
    void read_engineThatCannotBeMeant_isRefusedAndTellsNoSecret(String engine, String name, String value, String what) {
        Map<String, String> values = new HashMap<>(Map.of("hufu.policy.engine", engine));
        values.put("hufu.opa.url", "http://localhost:8181");
        values.put(name, value);
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(what)
                .hasMessageNotContaining("geheim");
    }

    @Test
    void read_engine_isAsChosenWithWhatItNeeds() {
        assertThat(read(Map.of()).engine()).isEqualTo(new EngineChoice.Embedded());
        assertThat(read(Map.of(
                                "hufu.policy.engine", "OPA",
                                "hufu.opa.url", "https://opa.example",
                                "hufu.opa.token", "a.b-c=",
                                "hufu.policy.deadline", "250"))
                        .engine())
                .isEqualTo(new EngineChoice.OpaServer(
                        URI.create("https://opa.example"), Optional.of("a.b-c="), Duration.ofMillis(250)));
        assertThat(read(Map.of("hufu.opa.url", "of an engine that is not chosen"))
                        .engine())
                .isEqualTo(new EngineChoice.Embedded());
    }

    private static final String WITNESS = WitnessSigningKey.ofSeed("council.example/w1", new byte[32])
            .verifierKey()
            .text();

    @Test
    void read_witnesses_areThoseNamedAndAllAreWantedUnlessSaid() {
        String second = WitnessSigningKey.ofSeed("revision.example/w2", bytes(1))
                .verifierKey()
                .text();
        String both = WITNESS + "=http://localhost:8090, " + second + "=https://revision.example/witness/";
        Witnesses asked = read(Map.of("hufu.witnesses", both)).log().witnesses().orElseThrow();
        assertThat(asked.places())
                .extracting(WitnessPlace::url)
                .containsExactly(URI.create("http://localhost:8090"), URI.create("https://revision.example/witness/"));
        assertThat(asked.threshold()).isEqualTo(2);
        assertThat(asked.timeout()).isEqualTo(Duration.ofSeconds(5));
        Witnesses one = read(Map.of(
                        "hufu.witnesses", both, "hufu.witness.threshold", "1", "hufu.witness.timeout", "250"))
                .log()
                .witnesses()
                .orElseThrow();
        assertThat(one.threshold()).isEqualTo(1);
        assertThat(one.timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(read(Map.of()).log().witnesses()).isEmpty();
    }

    private static byte[] bytes(int first) {
        byte[] seed = new byte[32];
        seed[0] = (byte) first;
        return seed;
    }

    @Test
    void read_witnessesThatCannotBeMeant_saysWhatToWrite() {
        String sound = WITNESS + "=http://localhost:8090";
        Map<String, Map<String, String>> wrong = Map.of(
                "no key with an address", Map.of("hufu.witnesses", WITNESS),
                "does not begin with a witness's key",
                        Map.of("hufu.witnesses", "w1+00000000+AAAA=http://localhost:8090"),
                "is no address of a witness", Map.of("hufu.witnesses", WITNESS + "=http://me:geheim@localhost:8090"),
                "named twice", Map.of("hufu.witnesses", sound + " " + sound),
                "HUFU_WITNESS_THRESHOLD is \"2\"", Map.of("hufu.witnesses", sound, "hufu.witness.threshold", "2"),
                "HUFU_WITNESS_TIMEOUT is \"0\"", Map.of("hufu.witnesses", sound, "hufu.witness.timeout", "0"),
                "names nobody who could cosign", Map.of("hufu.witness.threshold", "1"));
        wrong.forEach((what, values) -> assertThatThrownBy(() -> read(values))
                .as(what)
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(what)
                .hasMessageNotContaining("geheim"));
    }

    @Test
    void of_environment_readsAPasswordAsItIsWritten() {
        var environment = new MockEnvironment().withProperty("hufu.demo-password", "four ${legs} good");
        assertThat(Settings.of(environment).read().demoPassword()).contains("four ${legs} good");
    }
}
