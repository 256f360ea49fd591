package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ObligationJsonTest {
    @Test
    void write_andRead_giveTheSameObligation() {
        List<Obligation> all = List.of(
                new Obligation.MinGroupSize(20),
                new Obligation.Dominance(2, 85),
                new Obligation.Dp(0.5, 1e-9, "person"),
                new Obligation.Fields(List.of("a"), List.of(), List.of("b")),
                new Obligation.RowFilter("org_unit", List.of("Quality")),
                new Obligation.ExpiresAt(Instant.parse("2026-11-23T16:00:00Z")),
                new Obligation.HumanReview(),
                new Obligation.Explain(),
                new Obligation.SecondApproval(),
                new Obligation.Notify(),
                new Obligation.Watermark());
        assertThat(all).hasSize(Obligation.class.getPermittedSubclasses().length);
        assertThat(all)
                .allSatisfy(o ->
                        assertThat(ObligationJson.read(ObligationJson.write(o))).isEqualTo(o));
        assertThat(ObligationJson.write(all.getFirst()).toString())
                .isEqualTo("{\"type\":\"minGroupSize\",\"value\":20}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"askNicely\"}",
                "{\"type\":\"minGroupSize\"}",
                "{\"type\":\"minGroupSize\",\"value\":1}",
                "{\"type\":\"minGroupSize\",\"value\":20.5}",
                "{\"type\":\"minGroupSize\",\"value\":20,\"unless\":\"boss\"}",
                "{\"type\":\"rowFilter\",\"column\":\"org_unit\",\"values\":[]}",
                "{\"type\":\"rowFilter\",\"column\":\"org_unit\",\"values\":[1]}",
                "{\"type\":\"rowFilter\",\"column\":\"org_unit\",\"values\":[null]}",
                "{\"type\":\"expiresAt\",\"value\":\"tomorrow\"}",
                "\"minGroupSize\"",
                "null"
            })
    void read_anythingElse_isRefused(String json) {
        var node = JsonMapper.shared().readTree(json);
        assertThatThrownBy(() -> ObligationJson.read(node)).isInstanceOf(IllegalArgumentException.class);
    }
}
