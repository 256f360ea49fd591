package dev.hufu.service.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.service.registers.ShippedPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The shipped cases, on the embedded engine and on OPA. */
class PolicyCasesTest {
    /** A negated name, at most with local variables; anything else can be undefined where a denial is meant. */
    private static final Pattern NEGATED_NAME =
            Pattern.compile("\\s*not [a-z_]+(\\.[A-Za-z]+)*(\\([a-z_]+(, [a-z_]+)*\\))?");

    private static final List<CaseResult> RESULTS = CaseRunner.run(ShippedBundle.compiled(), ShippedBundle.FACTS);

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> cases_onTheEmbeddedEngine_giveTheWholeWantedDecision() {
        return RESULTS.stream()
                .map(r -> DynamicTest.dynamicTest(
                        r.policyCase().name(), () -> assertThat(r.differences()).isEmpty()));
    }

    @Test
    void cases_number_isAtLeastSixty() {
        assertThat(RESULTS).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void rules_each_haveACaseThatFiresAndOneThatDoesNot() {
        Set<String> fired = new HashSet<>();
        RESULTS.forEach(r -> fired.addAll(r.policyCase().reasons().keySet()));
        assertThat(PolicyBook.rules(ShippedBundle.compiled()))
                .hasSizeGreaterThan(40)
                .allSatisfy(rule -> {
                    String code = rule.reason().code();
                    assertThat(fired).contains(code);
                    assertThat(RESULTS).anyMatch(r -> !r.policyCase().reasons().containsKey(code));
                });
    }

    @Test
    void rules_each_standWhereTheBookSaysWithBothLanguages() {
        assertThat(PolicyBook.rules(ShippedBundle.compiled())).allSatisfy(rule -> {
            String[] lines =
                    ShippedPolicies.texts().getOrDefault(rule.file(), "").split("\n", -1);
            assertThat(lines[rule.line() - 1]).contains('"' + rule.reason().code() + '"');
            assertThat(rule.reason().article()).matches("(PIPL|DSL|LCL) \\d.*");
            assertThat(rule.reason().text().zh()).matches("(?s).*\\p{IsHan}.*");
        });
    }

    @Test
    void modules_negations_areOfNamesOnly() {
        List<String> wrong = new ArrayList<>();
        ShippedBundle.BUNDLE
                .modules()
                .forEach((file, text) -> text.lines()
                        .filter(line ->
                                !line.strip().startsWith("#") && !line.strip().startsWith("\""))
                        .filter(line -> line.matches(".*\\bnot\\b.*"))
                        .map(line -> line.substring(line.indexOf("not ")))
                        .filter(line -> !NEGATED_NAME.matcher(line).matches())
                        .forEach(line -> wrong.add(file + ": " + line)));
        assertThat(wrong).isEmpty();
    }

    /** The whole documents agree, byte for byte, and so do the decisions that they are read as. */
    @Test
    void cases_onOpa_giveTheSameDocuments() throws Exception {
        assumeTrue(opaIsThere(), "no opa on PATH");
        JsonNode decisions = opa(query(RESULTS.size()));
        CompiledPolicy compiled = ShippedBundle.compiled();
        for (int i = 0; i < RESULTS.size(); i++) {
            PolicyCase one = RESULTS.get(i).policyCase();
            JsonNode decision = decisions.path("x" + i);
            JsonNode facts = CaseRunner.facts(one, ShippedBundle.FACTS.document());
            assertThat(CaseRunner.differences(one, Verdict.read(decision), facts))
                    .as(one.name())
                    .isEmpty();
            assertThat(compiled.evaluate(one.input(), facts))
                    .as(one.name())
                    .isEqualTo(dev.hufu.rego.Value.fromJson(decision));
        }
    }

    @Test
    void modules_opaFmtAndCheck_findNothing() throws Exception {
        assumeTrue(opaIsThere(), "no opa on PATH");
        Path policies = ShippedPolicies.DIRECTORY;
        assertThat(run(List.of("opa", "fmt", "-l", policies.resolve("house") + "", policies.resolve("lawpacks") + "")))
                .isBlank();
        run(List.of("opa", "check", "--strict", policies.resolve("house") + "", policies.resolve("lawpacks") + ""));
    }

    @Test
    void cases_files_followTheirSchema() throws Exception {
        assumeTrue(opaIsThere(), "no opa on PATH");
        Path schema = ShippedPolicies.DIRECTORY.resolve("cases/case.schema.json");
        TreeSet<String> wrong = new TreeSet<>();
        for (String file : ShippedBundle.BUNDLE.cases().keySet()) {
            Path input = ShippedPolicies.DIRECTORY.resolve(file);
            String out = run(List.of(
                    "opa",
                    "eval",
                    "-f",
                    "json",
                    "-d",
                    "schema:" + schema,
                    "-d",
                    "one:" + input,
                    "json.match_schema(data.one, data.schema)"));
            if (!JsonMapper.shared()
                    .readTree(out)
                    .at("/result/0/expressions/0/value/0")
                    .booleanValue()) {
                wrong.add(file + " " + out);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** One expression a case: within a comprehension OPA evaluates rules under {@code with} before the input is known. */
    private static String query(int cases) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < cases; i++) {
            query.append(i == 0 ? "" : "; ")
                    .append(
                            "x%d := data.hufu.decision with input as data.cases[%d].input with data.facts as data.cases[%d].facts"
                                    .formatted(i, i, i));
        }
        return query.toString();
    }

    private JsonNode opa(String query) throws IOException, InterruptedException {
        ObjectNode data = JsonMapper.shared().createObjectNode();
        ArrayNode cases = data.putArray("cases");
        for (CaseResult result : RESULTS) {
            PolicyCase one = result.policyCase();
            ObjectNode entry = cases.addObject();
            entry.set("input", one.input());
            entry.set("facts", CaseRunner.facts(one, ShippedBundle.FACTS.document()));
        }
        Path file = Files.writeString(directory.resolve("cases.json"), data.toString());
        Path policies = ShippedPolicies.DIRECTORY;
        String out = run(List.of(
                "opa",
                "eval",
                "-f",
                "json",
                "-d",
                policies.resolve("house") + "",
                "-d",
                policies.resolve("lawpacks") + "",
                "-d",
                file.toString(),
                query));
        return JsonMapper.shared().readTree(out).at("/result/0/bindings");
    }

    private static boolean opaIsThere() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "opa")));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(out);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
