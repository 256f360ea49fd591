package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    @TempDir
    Path directory = Path.of("");

    private CommandRun run(String... args) {
        return CommandRun.of(Map.of(), "", args);
    }

    @Test
    void check_unsafeVariable_pointsAtItAndExitsWithOne() throws IOException {
        Path file = Files.writeString(directory.resolve("p.rego"), "package p\n\nx if y == 1\n");

        CommandRun run = run("policy", "check", file.toString());

        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.out()).contains("p.rego:3:6: rego_unsafe_var_error: var y is unsafe", "\t     ^");
    }

    @Test
    void check_soundPolicies_exitsWithZero() throws IOException {
        Files.writeString(directory.resolve("p.rego"), "package p\n\nx := 1\n");

        assertThat(run("policy", "check", directory.toString()).code()).isZero();
        assertThat(run("policy", "check", directory.resolve("none").toString()).code())
                .isEqualTo(HufuCommand.USAGE);
    }

    @Test
    void test_oneOfTwoFails_namesItAndExitsWithOne() throws IOException {
        Files.writeString(
                directory.resolve("p.rego"), "package p\n\ntest_a if 1 == 1\n\ntest_b if input.x with input as {}\n");

        CommandRun run = run("policy", "test", directory.toString());

        assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run.out()).contains("data.p.test_b: FAIL (undefined)", "passed 1 of 2");
        assertThat(run("policy", "test", directory.toString(), "--run", "test_a")
                        .code())
                .isZero();
    }

    @Test
    void check_strict_findsWhatIsUnused() throws IOException {
        Files.writeString(directory.resolve("p.rego"), "package p\n\nimport data.q\n\nx if { y := 1 }\n");

        assertThat(run("policy", "check", directory.toString()).code()).isZero();
        CommandRun strict = run("policy", "check", "--strict", directory.toString());
        assertThat(strict.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(strict.out()).contains("import data.q unused", "assigned var y unused");
    }

    @Test
    void test_withReports_writesJunitAndCoverage() throws IOException {
        Files.writeString(
                directory.resolve("p.rego"),
                "package p\n\nx if input.a\n\ny if input.b\n\ntest_x if x with input as {\"a\": 1}\n");
        Path junit = directory.resolve("junit.xml");
        Path page = directory.resolve("coverage.html");

        CommandRun run = run(
                "policy",
                "test",
                directory.toString(),
                "-v",
                "--coverage",
                "--junit",
                junit.toString(),
                "--coverage-html",
                page.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("data.p.test_x: PASS", "passed 1 of 1", "66.7 %", "not covered: [5]");
        assertThat(junit).content().contains("<testcase classname=\"data.p\" name=\"test_x\"");
        assertThat(page).content().contains("<span class=\"miss\"><b class=\"row\">    5 - </b>y if input.b</span>");
        assertThat(run("policy", "test", directory.toString(), "--run", "(").code())
                .isEqualTo(HufuCommand.USAGE);
    }

    @Test
    void parse_module_printsItsTree() throws IOException {
        Path file = Files.writeString(directory.resolve("p.rego"), "package p\n\nx := 1\n");
        Path broken = Files.writeString(directory.resolve("broken.rego"), "package p\n\nx := \n");

        CommandRun run = run("policy", "parse", file.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"package\"", "\"assign\" : true");
        CommandRun refused = run("policy", "parse", broken.toString());
        assertThat(refused.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(refused.out()).contains("rego_parse_error");
    }

    @Test
    void conformance_ofADirectory_countsAndFailsOnADifference() throws IOException {
        String passes = "{\"note\": \"n1\", \"query\": \"x = 1\", \"want_result\": [{\"x\": 1}]}";
        String fails = "{\"note\": \"n2\", \"query\": \"x = 1\", \"want_result\": [{\"x\": 2}]}";
        Path file = directory.resolve("a.json");
        Files.writeString(file, "{\"cases\": [" + passes + "]}");
        CommandRun good = run("rego", "conformance", directory.toString());
        assertThat(good.code()).isZero();
        assertThat(good.out().strip()).endsWith("passed 1 of 1, excluded 0");

        Files.writeString(file, "{\"cases\": [" + passes + "," + fails + "]}");
        CommandRun bad = run("rego", "conformance", directory.toString());
        assertThat(bad.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(bad.out()).contains("n2: wanted").endsWith("passed 1 of 2, excluded 0\n");
    }

    @Test
    void bench_query_tellsItsTimesAndWhetherItIsDefined() throws IOException {
        Files.writeString(directory.resolve("p.rego"), "package p\n\nx := data.limits[input.who]\n");
        Path input = Files.writeString(directory.resolve("input.json"), "{\"who\":\"a\"}");
        Path data = Files.writeString(directory.resolve("data.json"), "{\"limits\":{\"a\":1}}");
        String[] bench = {"policy", "bench", directory.toString(), "--query", "data.p.x", "--seconds", "1"};

        CommandRun undefined = run(bench);
        assertThat(undefined.code()).isZero();
        assertThat(undefined.out()).startsWith("data.p.x (undefined): p50 ");
        List<String> known = new ArrayList<>(List.of(bench));
        known.addAll(List.of("--input", input.toString(), "--data", data.toString()));
        assertThat(run(known.toArray(String[]::new)).out()).matches("data\\.p\\.x: p50 .* over \\d+ evaluations\\s*");
    }

    @Test
    void bench_whatCannotBeRun_saysWhy() throws IOException {
        Files.writeString(directory.resolve("p.rego"), "package p\n\nx := 1\n");
        Path broken = Files.writeString(directory.resolve("input.json"), "{");

        CommandRun unparsed =
                run("policy", "bench", directory.toString(), "--query", "data.p.x", "--input", broken.toString());
        assertThat(unparsed.code()).isEqualTo(HufuCommand.USAGE);
        assertThat(unparsed.err()).contains("--input", "JSON");
        assertThat(run("policy", "bench", directory.toString(), "--query", "data.p.")
                        .code())
                .isEqualTo(HufuCommand.DOES_NOT);
        assertThat(run("policy", "bench", directory.toString(), "--query", "data.p.x", "--seconds", "0")
                        .code())
                .isEqualTo(HufuCommand.USAGE);
    }

    @Test
    void deps_query_listsDocumentsFromOutsideAndRules() throws IOException {
        Files.writeString(directory.resolve("p.rego"), """
                package p

                allow if {
                    input.user.role in roles
                    input.user.name
                    data.limits[input.user.name] > 3
                    count([x | some x in data.q.list; x > input.min]) > 0
                }

                roles contains r if some r in data.cfg.roles

                unused if input.zzz
                """);

        CommandRun run = run("policy", "deps", directory.toString(), "--query", "data.p.allow", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.out().replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"base\":[\"data.cfg.roles\",\"data.limits\",\"data.q.list\",\"input.min\",\"input.user.name\","
                                + "\"input.user.role\"],\"rules\":[\"data.p.allow\",\"data.p.roles\"]}");
    }
}
