package dev.hufu.rego.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.rego.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of rules follows from the table and the cases; {@code -Dhufu.write=true} writes it anew. */
class RulesPageTest {
    private static final String HEAD = """
            # Rules of `hufu policy lint`

            Names, categories and, but for six rules (ADR 0072), default levels are those of Regal, the linter for Open Policy Agent's language, so that a configuration
            written for it is read as it stands. A rule is an error unless the table says otherwise. This page follows from the linter's
            table and its test cases, and is checked against them.

            A finding is switched off for a line by `# regal ignore:rule-name[,rule-name]` behind it or above it, for files or everywhere in
            `.regal/config.yaml` (or `.regal.yaml`, or `--config-file`), which is looked for in the first path and the directories above it:

            ```yaml
            ignore:
              files: ["vendor/**"]           # as in .gitignore
            rules:
              default: {level: error}        # error, warning or ignore
              style:
                default: {level: warning}    # a category goes before all
                line-length:                 # and a rule before its category
                  level: error
                  max-line-length: 140
                  ignore:
                    files: ["*_test.rego"]
            ```

            On the command line `--enable`, `--disable`, `--enable-category`, `--disable-category`, `--enable-all`, `--disable-all` and
            `--ignore-files` go before the configuration. `--fail-level warning` makes warnings fail, too; `--format` is `pretty`, `compact`,
            `json` (in Regal's shape), `github` or `sarif`. A module that does not parse is itself an error (`parse-error`); the others are still
            linted. A module that is Rego v0 only is told how to come to v1 (`use-rego-v1`, `use-if`, `use-contains`).

            Rules that look at the whole project (`unresolved-import`, `unresolved-reference`, `no-defined-entrypoint`) say nothing of a single file.

            Settings: `argument-always-wildcard.except-function-name-pattern`, `default-over-else.prefer-default-functions`,
            `directory-package-mismatch.exclude-test-suffix`, `external-reference.max-allowed`, `file-length.max-file-length`,
            `forbidden-function-call.forbidden-functions`, `function-arg-return.except-functions`,
            `leaked-internal-reference.include-test-files`, `line-length.max-line-length` and `.non-breakable-word-threshold`,
            `no-whitespace-comment.except-pattern`, `one-liner-rule.max-line-length`, `prefer-package-imports.ignore-import-paths`,
            `prefer-some-in-iteration.ignore-nesting-level` and `.ignore-if-sub-attribute`, `rule-length.max-rule-length`,
            `.max-test-rule-length`, `.count-comments` and `.except-empty-body`, `unresolved-import.except-imports`,
            `unresolved-reference.except-paths`, `use-array-flatten.flag-all-concat` and `.flag-wrapped-concat`,
            `use-object-union-n.flag-all-union`.

            """;

    private static String page() throws Exception {
        StringBuilder out = new StringBuilder(HEAD);
        Map<String, LintCases.Rule> cases = LintCases.load().rules();
        for (Category category : Category.values()) {
            List<LintRule> rules = Linter.rules().stream()
                    .filter(rule -> rule.category() == category)
                    .toList();
            if (rules.isEmpty()) {
                continue;
            }
            out.append("## ").append(category.text()).append("\n\n");
            for (LintRule rule : rules) {
                String off = rule.level() == Level.IGNORE ? " (off unless configured)" : "";
                out.append("### ").append(rule.name()).append(off).append("\n\n");
                out.append(rule.title().en())
                        .append(". ")
                        .append(rule.hint().en())
                        .append(".\n\n");
                out.append(rule.title().zh())
                        .append("。")
                        .append(rule.hint().zh())
                        .append("。\n\n");
                LintCases.Rule examples = cases.get(rule.name());
                if (examples != null) {
                    out.append("Found:\n\n").append(code(examples.bad().getFirst()));
                    out.append("Not found:\n\n").append(code(examples.good().getFirst()));
                }
            }
        }
        return out.toString().stripTrailing() + "\n";
    }

    private static String code(List<Source> sources) {
        return LintCases.unmarked(sources).stream()
                .map(source -> (sources.size() > 1 ? "# " + source.file() + "\n" : "")
                        + source.text().strip())
                .collect(Collectors.joining("\n\n", "```rego\n", "\n```\n\n"));
    }

    @Test
    void page_followsFromTableAndCases() throws Exception {
        Path page = Path.of(System.getProperty("hufu.root", "../.."))
                .resolve("compliance-docs")
                .resolve("spec")
                .resolve("lint-rules.md");
        String wanted = page();
        if (Boolean.getBoolean("hufu.write")) {
            Files.writeString(page, wanted);
        }
        assertThat(Files.readString(page)).isEqualTo(wanted);
    }
}
