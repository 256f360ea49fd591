package dev.hufu.rego.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Source;
import dev.hufu.rego.Str;
import dev.hufu.rego.conformance.Case;
import dev.hufu.rego.conformance.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Whatever the text, findings are all that comes of it, and each lies within the text. */
class LintFuzzTest {
    private static final int MUTANTS = 2_000;

    private static LintOptions everyRule() {
        LintOptions options = LintOptions.defaults();
        return new LintOptions(
                options.config(),
                options.enabled(),
                options.disabled(),
                options.enabledCategories(),
                options.disabledCategories(),
                true,
                false,
                List.of(),
                false);
    }

    private static void holds(List<Source> sources, String what) {
        List<Violation> found;
        try {
            found = Linter.lint(sources, everyRule());
        } catch (RuntimeException | StackOverflowError failed) {
            throw new AssertionError(what + ": " + sources, failed);
        }
        for (Violation violation : found) {
            Violation.Place place = violation.place();
            Source source = sources.stream()
                    .filter(one -> one.file().equals(place.file()))
                    .findFirst()
                    .orElseThrow();
            int rows = Math.max(1, source.text().split("\n", -1).length);
            assertThat(place.row()).as(what + " " + violation).isBetween(1, rows);
            assertThat(place.column()).as(what + " " + violation).isPositive();
            assertThat(place.endColumn()).as(what + " " + violation).isGreaterThanOrEqualTo(place.column());
        }
    }

    @Test
    void lint_modulesOfTheConformanceSuite_neverThrows() throws Exception {
        String configured = System.getenv("HUFU_TEST_DATA");
        String root = System.getProperty("hufu.root", "../..");
        Path data = configured == null ? Path.of(root, "..", "shared", "data") : Path.of(configured);
        Path cases = data.resolve("rego-conformance");
        Assumptions.assumeTrue(Files.isDirectory(cases), "no conformance cases at " + cases);
        int modules = 0;
        for (Case one : Suite.load(cases).cases()) {
            List<Source> sources = new ArrayList<>();
            if (one.fields().get("modules") instanceof Arr texts) {
                texts.asList().forEach(text -> {
                    if (text instanceof Str module) {
                        sources.add(new Source("m" + sources.size() + ".rego", module.value()));
                    }
                });
            }
            modules += sources.size();
            holds(sources, one.note());
        }
        assertThat(modules).isGreaterThan(1_000);
    }

    @Test
    void lint_mutatedModules_neverThrows() throws Exception {
        List<Source> seeds = LintCases.load().rules().values().stream()
                .flatMap(rule -> rule.bad().stream())
                .flatMap(sources -> LintCases.unmarked(sources).stream())
                .toList();
        long seed = Long.getLong("hufu.seed", 20261125L);
        Random random = new Random(seed);
        for (int i = 0; i < MUTANTS; i++) {
            Source first = seeds.get(random.nextInt(seeds.size()));
            Source second = seeds.get(random.nextInt(seeds.size()));
            holds(
                    List.of(
                            new Source("a.rego", mutated(first.text(), second.text(), random)),
                            new Source("b_test.rego", second.text())),
                    "seed " + seed + ", mutant " + i);
        }
    }

    private static String mutated(String text, String other, Random random) {
        StringBuilder out = new StringBuilder(text);
        for (int times = random.nextInt(4); times >= 0; times--) {
            int at = random.nextInt(out.length() + 1);
            int to = Math.min(out.length(), at + random.nextInt(12));
            int from = random.nextInt(other.length());
            String piece = other.substring(from, Math.min(other.length(), from + random.nextInt(12)));
            switch (random.nextInt(4)) {
                case 0 -> out.delete(at, to);
                case 1 -> out.insert(at, piece);
                case 2 -> out.replace(at, to, piece);
                default -> out.append(other.substring(other.indexOf('\n') + 1));
            }
        }
        return out.toString();
    }

    @Test
    void lint_deepAndLongModules_neverThrows() {
        String deep = "package p\n\nx := " + "[".repeat(290) + "]".repeat(290) + "\n";
        String chain = "package p\n\nx := " + "1 + ".repeat(900) + "1\n";
        String branches = "package p\n\nx := 1 if {\n\tinput.a\n}" + " else := 2 if {\n\tinput.b\n}".repeat(200) + "\n";
        String text = "package p\n\nx := \"" + "\\\"a".repeat(50_000) + "\" if sprintf(\"%" + "0".repeat(50_000)
                + "d\", [1]) == input.x\n";
        for (String module : List.of(deep, chain, branches, text)) {
            holds(List.of(new Source("p.rego", module)), module.substring(0, 30));
        }
    }
}
