package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.rego.conformance.Case;
import dev.hufu.rego.conformance.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** OPA's own cases: every one passes, but for those listed with a reason, of which none does. */
class ConformanceTest {
    private static Suite suite() throws Exception {
        String configured = System.getenv("HUFU_TEST_DATA");
        String root = System.getProperty("hufu.root", "../..");
        Path data = configured == null ? Path.of(root, "..", "shared", "data") : Path.of(configured);
        Path cases = data.resolve("rego-conformance");
        assumeTrue(Files.isDirectory(cases), "no conformance cases at " + cases);
        return Suite.load(cases);
    }

    @Test
    void run_everyCaseNotExcluded_passes() throws Exception {
        List<String> failures = new ArrayList<>();
        int passed = 0;
        int excluded = 0;
        for (Map.Entry<String, Suite.Tally> entry : suite().run().entrySet()) {
            passed += entry.getValue().passed();
            excluded += entry.getValue().excluded();
            entry.getValue().failures().forEach(one -> failures.add(one.note() + ": " + one.text()));
        }
        System.out.println("conformance: passed " + passed + ", excluded " + excluded + ", failed " + failures.size());
        assertThat(failures).isEmpty();
    }

    @Test
    void exclusion_ofACaseThatPasses_isAMistake() throws Exception {
        Suite suite = suite();
        List<String> needless = new ArrayList<>();
        for (Case one : suite.cases()) {
            Optional<String> reason = suite.exclusion(one);
            if (reason.isPresent() && one.run().isEmpty()) {
                needless.add(one.category() + ": " + one.note());
            }
        }
        assertThat(needless).isEmpty();
    }
}
