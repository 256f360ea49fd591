package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.registers.ShippedPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PolicyExplainCommandTest {
    @TempDir
    Path directory = Path.of("");

    private String module = "";
    private String input = "";

    @BeforeEach
    void write() throws IOException {
        module = Files.writeString(
                        directory.resolve("p.rego"),
                        "package p\n\nallow if {\n\tinput.role == \"hr\"\n\tinput.day <= 5\n}\n")
                .toString();
        input = Files.writeString(directory.resolve("input.yaml"), "role: analyst\nday: 9\n")
                .toString();
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of("policy", "explain"));
        all.addAll(List.of(args));
        return CommandRun.of(Map.of(), "", all.toArray(String[]::new));
    }

    @Test
    void denied_showsWhatFailedAndTheSmallestChanges() {
        CommandRun run = run(module, "--query", "data.p.allow", "--input", input);

        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.out())
                .contains("data.p.allow is undefined", "✗ ", "input.role == \"hr\"")
                .contains("• input.day → 5  and  input.role → \"hr\"")
                .doesNotContain("analyst");
        assertThat(run(module, "--query", "data.p.allow", "--input", input, "--values")
                        .out())
                .contains("[input.role = \"analyst\"]");
    }

    @Test
    void fixed_isNotProposed() {
        CommandRun run = run(module, "--query", "data.p.allow", "--input", input, "--fix", "input.role");

        assertThat(run.out())
                .contains("nothing found that gives true", "searched all changes of up to 1 of 1 attributes");
    }

    @Test
    void json_hasExplanationAndChanges() {
        List<String> args = List.of("--json", "policy", "explain", module, "--query", "data.p.allow", "--input", input);
        CommandRun run = CommandRun.of(Map.of(), "", args.toArray(String[]::new));

        var node = JsonMapper.shared().readTree(run.out());
        assertThat(node.at("/explanation/query/0/because/0/state").stringValue())
                .isEqualTo("undefined");
        assertThat(node.at("/changes/proposals/0")).hasSize(2);
        assertThat(node.at("/changes/complete").booleanValue()).isTrue();
    }

    @Test
    void holds_exitsWithZero() throws IOException {
        Path fine = Files.writeString(directory.resolve("fine.json"), "{\"role\": \"hr\", \"day\": 1}");
        CommandRun run = run(module, "--query", "data.p.allow", "--input", fine.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("✓ ", "holds: true");
    }

    @Test
    void wrongUse_isSaid() {
        assertThat(run(module).code()).isEqualTo(HufuCommand.USAGE);
        assertThat(run(module, "--query", "data.p.allow", "--want", "{").code()).isEqualTo(HufuCommand.USAGE);
        assertThat(run(module, "--query", "data.p.allow", "--max-changes", "9").code())
                .isEqualTo(HufuCommand.USAGE);
        assertThat(run("--policies", ShippedPolicies.DIRECTORY.toString(), "--case", "none")
                        .code())
                .isEqualTo(HufuCommand.USAGE);
    }

    @Test
    void shippedCases_getWhatALawyerWouldSay() {
        assertThat(changes("analyst_basisNotRegistered_denied")).contains("• input.context.legalBasis → \"13-1-2\"\n");
        assertThat(changes("analyst_bankAccount_deniedByHouse"))
                .contains("• take \"bank_account\" out of input.resource.fields\n");
        assertThat(changes("analyst_readRows_deniedWithStatisticAsRemedy"))
                .contains("• input.action.name → \"query\"\n");
        // only the rulebook's renewal helps, which is no change of the request
        assertThat(changes("analyst_rulebookLapsed_denied")).contains("nothing found", "rulebook_holds is undefined");
    }

    @Test
    void gate_decision_isSaidWithItsRemedies() {
        List<String> denied = List.of(
                "policy",
                "explain",
                "--policies",
                ShippedPolicies.DIRECTORY.toString(),
                "--case",
                "legal_publishPay_denied",
                "--max-changes",
                "1");
        String text = CommandRun.of(Map.of(), "", denied.toArray(String[]::new)).out();
        assertThat(text).startsWith("deny\n  - ").contains("[PIPL 25]", "what would be allowed: ", "nothing found");

        List<String> json = new ArrayList<>(List.of("--json"));
        json.addAll(denied);
        var node = JsonMapper.shared()
                .readTree(
                        CommandRun.of(Map.of(), "", json.toArray(String[]::new)).out());
        assertThat(node.at("/decision/outcome").stringValue()).isEqualTo("deny");
        assertThat(node.at("/decision/reasons"))
                .hasSize(4)
                .allSatisfy(reason ->
                        assertThat(reason.at("/remedy/zh").stringValue()).isNotBlank());
        assertThat(node.at("/changes/complete").booleanValue()).isTrue();
    }

    @Test
    void gate_permit_holds() {
        CommandRun run = run(
                "--policies", ShippedPolicies.DIRECTORY.toString(), "--case", "hr_readContracts_permittedOnOwnUnit");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("permit\n").endsWith("holds: {\"outcome\": \"permit\"}\n");
    }

    private String changes(String name) {
        return run("--policies", ShippedPolicies.DIRECTORY.toString(), "--case", name, "--max-changes", "1")
                .out();
    }
}
