package dev.hufu.rego.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.rego.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The project's own policies keep the rules, but for those that its configuration gives a reason against. */
class ProjectPoliciesTest {
    @Test
    void policies_ofTheProject_haveNoViolation() throws Exception {
        Path policies = Path.of(System.getProperty("hufu.root", "../..")).resolve("policies");
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(policies)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".rego"))
                    .sorted()
                    .toList()) {
                sources.add(new Source(policies.relativize(file).toString(), Files.readString(file)));
            }
        }
        LintConfig config = LintConfig.parse(Files.readString(policies.resolve(".regal/config.yaml")));

        assertThat(sources).hasSizeGreaterThan(5);
        assertThat(config.unknown()).isEmpty();
        assertThat(new LintReport(Linter.lint(sources, LintOptions.of(config)), sources.size()).compact())
                .endsWith("No violations found.\n");
    }
}
