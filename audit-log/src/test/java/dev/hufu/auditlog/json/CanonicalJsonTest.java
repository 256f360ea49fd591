package dev.hufu.auditlog.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.json.CanonicalJson.NotCanonicalException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** RFC 8785, appendix B. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void number_ofTheRfc_isWrittenAsThere(String bits, String text) {
        StringBuilder out = new StringBuilder();
        NumberForm.write(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)), out);
        assertThat(out).hasToString(text);
    }

    @Test
    void number_random_readsBackTheSame() {
        SplittableRandom random = new SplittableRandom(8785);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                StringBuilder out = new StringBuilder();
                NumberForm.write(value, out);
                assertThat(Double.parseDouble(out.toString())).isEqualTo(value == 0 ? 0 : value);
            }
        }
    }

    /** RFC 8785, section 3.2.3 and 3.2.2. */
    @Test
    void bytes_exampleOfTheRfc_isWrittenAsThere() {
        String input = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}""";
        assertThat(CanonicalJson.text(JSON.readTree(input)))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        String order =
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
        assertThat(CanonicalJson.text(JSON.readTree(order)))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "0", "\"\"", "{\"a\":[1,2.5,{\"b\":null}],\"b\":\"é\\n\"}", "-1", "1e-7"})
    void parse_canonical_isAccepted(String json) throws NotCanonicalException {
        assertThat(CanonicalJson.text(CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " {}", "{}\n", "{} {}", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":1}", "{\"a\": 1}", "1.0", "1E2", "-0",
                        "01",
                "+1", "\"\\u0041\"", "\"\\/\"", "\"\\u000A\"", "'a'", "NaN", "Infinity", "// c\n1", "[1,]", "[,1]",
                        "{a:1}",
                "9007199254740993", "\"\\ud800\"", "nul", "[", "\"\t\"", "0.10", "1e400", "\ufeff{}"
            })
    void parse_notCanonical_isRefused(String json) {
        assertThatThrownBy(() -> CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NotCanonicalException.class);
    }

    @Test
    void parse_brokenUtf8OrTooDeep_isRefused() {
        byte[] broken = {'"', (byte) 0xc3, '"'};
        assertThatThrownBy(() -> CanonicalJson.parse(broken)).isInstanceOf(NotCanonicalException.class);
        byte[] overlong = {'"', (byte) 0xc0, (byte) 0xaf, '"'};
        assertThatThrownBy(() -> CanonicalJson.parse(overlong)).isInstanceOf(NotCanonicalException.class);
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CanonicalJson.parse(deep)).isInstanceOf(NotCanonicalException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QQ", "QR==", "QQ==\n", "Q Q=", "-_==", "QQ=", "="})
    void base64_notTheOneForm_isRefused(String text) {
        assertThatThrownBy(() -> StrictBase64.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
