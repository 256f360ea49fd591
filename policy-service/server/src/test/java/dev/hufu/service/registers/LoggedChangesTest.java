package dev.hufu.service.registers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.gate.PolicyEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@HufuServerTest
class LoggedChangesTest {
    @Autowired
    private Registers registers;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private PolicyEngine engine;

    private List<JsonNode> entries(String type) {
        return trail.entries(0, 10_000).stream()
                .map(e -> e.json())
                .filter(e -> e.path("type").asString().equals(type))
                .toList();
    }

    @Test
    void firstStart_registersAndPolicy_areEntries() {
        assertThat(entries("dev.hufu.register.change").toString())
                .contains("pipias")
                .contains("activities");
        assertThat(entries("dev.hufu.policy.load").toString())
                .contains(engine.bundle().digest());
    }

    @Test
    void saveRecord_byAnAccount_isAnEntryThatDoesNotNameThemInClear() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("validFrom", "2026-01-01").put("validTo", "2026-12-31");
        body.putObject("title").put("zh", "演练").put("en", "Drill");
        registers.saveRecord(new RegisterRecord(Register.EMERGENCIES, "EM-LOGGED", body), "stewardess.test");
        List<JsonNode> entries = entries("dev.hufu.register.change");
        assertThat(entries.toString()).contains("EM-LOGGED").doesNotContain("stewardess");
        registers.removeRecord(Register.EMERGENCIES, "EM-LOGGED", "stewardess.test");
        assertThat(entries("dev.hufu.register.change")).hasSizeGreaterThan(entries.size());
    }
}
