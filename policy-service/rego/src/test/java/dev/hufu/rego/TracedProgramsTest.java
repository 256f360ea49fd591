package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.rego.explain.Explained;
import dev.hufu.rego.explain.Explanation;
import dev.hufu.rego.explain.ExplanationText;
import dev.hufu.rego.explain.Trace;
import dev.hufu.rego.explain.TraceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of generated programs beside their ordinary evaluation, and of a small one beside OPA's. */
class TracedProgramsTest {
    private static final int PROGRAMS = 400;

    @TempDir
    Path directory = Path.of("");

    @Test
    void trace_ofGeneratedPrograms_hasTheirValueAndTheRowsThatCoverageHas() throws RegoCompileException {
        int held = 0;
        for (int seed = 0; seed < PROGRAMS; seed++) {
            GeneratedProgram generator = new GeneratedProgram(7_000 + seed);
            Value input = Value.fromJson(generator.input());
            List<Source> sources = List.of(
                    new Source("lib.rego", GeneratedProgram.LIBRARY), new Source("p.rego", generator.module("p")));
            Coverage coverage = new Coverage();
            PreparedQuery query;
            try {
                query = Policy.compile(sources, CompileOptions.defaults().withCoverage(coverage))
                        .prepare("data.p");
            } catch (RegoCompileException refused) {
                continue;
            }
            Optional<Value> value = Optional.empty();
            boolean failed = false;
            try {
                value = query.evaluate(input, null, Budget.DEFAULT);
            } catch (EvaluationException ended) {
                failed = true;
            }
            Trace trace = Explained.compile(sources, CompileOptions.defaults())
                    .prepare("data.p")
                    .trace(input, null, Budget.DEFAULT, new TraceOptions(true, 100_000, Integer.MAX_VALUE));
            String program = "seed " + seed + "\n" + sources.getLast().text();
            assertThat(trace.error().isPresent()).as(program).isEqualTo(failed);
            assertThat(trace.value()).as(program).isEqualTo(value);
            Set<String> covered = new HashSet<>();
            coverage.rows().forEach(file -> file.covered().forEach(row -> covered.add(file.file() + ":" + row)));
            assertThat(covered).as(program).containsAll(heldRows(trace));
            assertThat(ExplanationText.of(Explanation.of(trace))).as(program).isNotEmpty();
            held += heldRows(trace).size();
        }
        assertThat(held).isGreaterThan(PROGRAMS);
    }

    private static Set<String> heldRows(Trace trace) {
        Set<String> rows = new TreeSet<>();
        trace.documents()
                .forEach(document -> document.bodies().stream()
                        .filter(body -> body.held() > 0)
                        .forEach(body -> rows.add(body.at().toString())));
        return rows;
    }

    @Test
    void failingLines_areThoseThatOpaSaysFail() throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the PATH");
        String module = """
                package p

                allow if {
                	input.action == "read"
                	some role in input.roles
                	role == "reader"
                }

                allow if {
                	not blocked
                	every x in input.xs { x > 1 }
                }

                blocked if input.bad
                """;
        String input = "{\"action\": \"read\", \"roles\": [\"hr\"], \"xs\": [2, 1]}";
        Path file = Files.writeString(directory.resolve("p.rego"), module);
        Path document = Files.writeString(directory.resolve("input.json"), input);
        Opa.Result opa = Opa.run(List.of(
                "eval",
                "--format",
                "pretty",
                "--explain",
                "fails",
                "-d",
                file.toString(),
                "-i",
                document.toString(),
                "data.p.allow"));
        Set<Integer> theirs = new TreeSet<>();
        opa.text().lines().filter(line -> line.contains("| Fail ")).forEach(line -> {
            var place = java.util.regex.Pattern.compile("p\\.rego:(\\d+)").matcher(line);
            if (place.find()) {
                theirs.add(Integer.parseInt(place.group(1)));
            }
        });
        Trace trace = Explained.compile(List.of(new Source("p.rego", module)), CompileOptions.defaults())
                .prepare("data.p.allow")
                .trace(Value.fromJson(input), null, Budget.DEFAULT, TraceOptions.DEFAULT);
        Set<Integer> ours = new TreeSet<>();
        trace.documents()
                .forEach(one -> one.bodies()
                        .forEach(body -> body.failed()
                                .ifPresent(line -> ours.add(line.at().row()))));
        assertThat(ours).isEqualTo(Set.of(6, 11, 14));
        // OPA's index leaves row 14 out without a word; row 10 is what is inside its `not`
        assertThat(theirs).contains(6, 11);
    }
}
