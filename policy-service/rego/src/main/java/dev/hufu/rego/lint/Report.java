package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.List;

/** What one rule finds in one module, and what it may look at beside the module. */
final class Report {
    private final LintRule rule;
    private final Level level;
    private final Settings settings;
    private final Linted module;
    private final Project project;
    private final List<Violation> found;

    Report(LintRule rule, Level level, Settings settings, Linted module, Project project, List<Violation> found) {
        this.rule = rule;
        this.level = level;
        this.settings = settings;
        this.module = module;
        this.project = project;
        this.found = found;
    }

    Settings settings() {
        return settings;
    }

    Project project() {
        return project;
    }

    void at(Term term) {
        at(term.at(), "");
    }

    void at(Expr expr) {
        at(expr.at(), "");
    }

    void at(Rule written) {
        at(written.at(), "");
    }

    void at(Location at) {
        at(at, "");
    }

    void at(int row, int column) {
        at(new Location(module.file(), row, column), "");
    }

    /** {@code detail}: what cannot be seen at the place itself, said in any language: names, numbers, signs. */
    void at(Location at, String detail) {
        String more = detail.isEmpty() ? "" : ": " + detail;
        Violation.Words title =
                new Violation.Words(rule.title().zh() + more, rule.title().en() + more);
        found.add(new Violation(
                rule.name(), rule.category(), level, title, rule.hint(), module.place(at), module.line(at.row())));
    }
}
