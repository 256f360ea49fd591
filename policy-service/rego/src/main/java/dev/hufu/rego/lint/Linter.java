package dev.hufu.rego.lint;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.syntax.Dialect;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.ModuleParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds what is likely a mistake, slow, or unlike how Rego is written. It works on syntax alone: modules need not compile, and
 * one that does not parse is itself a finding while the others are still looked at. Never throws for what a module holds; time
 * grows with the text. Stateless, so that threads may share what they like.
 */
public final class Linter {
    private Linter() {}

    /** The rules there are, in order of category and name. */
    public static List<LintRule> rules() {
        return Rules.all();
    }

    /** What is found in modules that belong together, by file, place and rule. */
    public static List<Violation> lint(List<Source> sources, LintOptions options) {
        List<Violation> found = new ArrayList<>();
        List<Linted> modules = new ArrayList<>();
        for (Source source : sources) {
            if (!options.ignores(source.file())) {
                parse(source, options, found).ifPresent(modules::add);
            }
        }
        modules.sort(Comparator.comparing(Linted::file));
        Project project = new Project(modules);
        for (Linted module : modules) {
            look(module, project, options, found);
        }
        found.sort(Violation.ORDER);
        return List.copyOf(found);
    }

    private static void look(Linted module, Project project, LintOptions options, List<Violation> found) {
        List<Violation> here = new ArrayList<>();
        for (LintRule rule : Rules.all()) {
            Level level = options.level(rule);
            if (level != Level.IGNORE && !options.config().ignores(rule, module.file())) {
                Settings settings = options.config().settings(rule);
                Rules.check(rule).look(module, new Report(rule, level, settings, module, project, here));
            }
        }
        Ignores ignores = new Ignores(module);
        here.stream().filter(violation -> !ignores.covers(violation)).forEach(found::add);
    }

    /** As v1; what only v0 can be is taken for v0, so that it is told how to come to v1. */
    private static Optional<Linted> parse(Source source, LintOptions options, List<Violation> found) {
        List<RegoError> errors = new ArrayList<>();
        Optional<Module> module = Optional.empty();
        if (!options.v0()) {
            module = ModuleParser.parse(source, Dialect.v1(), errors);
        }
        if (module.isPresent()) {
            return Optional.of(new Linted(source, module.get(), false));
        }
        List<RegoError> errorsOfV0 = new ArrayList<>();
        module = ModuleParser.parse(source, Dialect.v0(), errorsOfV0);
        if (module.filter(parsed -> options.v0() || !hasRuleNamedIf(parsed)).isPresent()) {
            return Optional.of(new Linted(source, module.get(), true));
        }
        List<String> lines = source.text().lines().toList();
        for (RegoError error : options.v0() ? errorsOfV0 : errors) {
            found.add(unparsed(source.file(), error, lines));
        }
        return Optional.empty();
    }

    /** Its author writes v1, so that the mistake is what v1 says. */
    private static boolean hasRuleNamedIf(Module module) {
        return module.rules().stream().anyMatch(rule -> Terms.firstName(rule).equals("if"));
    }

    private static Violation unparsed(String file, RegoError error, List<String> lines) {
        Location at = new Location(file, Math.max(1, error.row()), Math.max(1, error.column()));
        String hint = error.hint().orElse("");
        return new Violation(
                Violation.PARSE_ERROR,
                Category.PARSE,
                Level.ERROR,
                new Violation.Words("不能解析：" + error.message(), error.message()),
                new Violation.Words(hint, hint),
                new Violation.Place(file, at.row(), at.column(), at.row(), at.column() + 1),
                at.row() <= lines.size() ? lines.get(at.row() - 1) : "");
    }
}
