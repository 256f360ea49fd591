package dev.hufu.rego.lint;

import com.google.re2j.Pattern;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Names of rules, variables and arguments. */
final class NamingChecks {
    private static final Set<String> METASYNTACTIC = Set.of(
            "foobar", "foo", "bar", "baz", "qux", "quux", "corge", "grault", "garply", "waldo", "fred", "plugh",
            "xyzzy", "thud");

    private NamingChecks() {}

    /** Variables where they are introduced: arguments, {@code :=}, {@code some}, {@code every}. */
    static List<Term.Var> introduced(Linted module) {
        List<Term.Var> found = new ArrayList<>();
        for (Rule rule : module.module().rules()) {
            if (rule.args() != null) {
                rule.args().forEach(arg -> found.addAll(Terms.pattern(arg)));
            }
        }
        for (Expr expr : module.tree().exprs()) {
            switch (expr.form()) {
                case Expr.Assign assign -> found.addAll(Terms.pattern(assign.target()));
                case Expr.SomeVars some -> found.addAll(some.vars());
                case Expr.SomeIn some -> {
                    found.addAll(Terms.pattern(some.key()));
                    found.addAll(Terms.pattern(some.value()));
                }
                case Expr.Every every -> {
                    found.addAll(Terms.pattern(every.key()));
                    found.add(every.value());
                }
                case Expr.Holds _, Expr.Equal _, Expr.Logic _ -> {}
            }
        }
        return found;
    }

    static void ruleNamedIf(Linted module, Report report) {
        named(module, report, "if"::equals);
    }

    static void ruleShadowsBuiltin(Linted module, Report report) {
        named(module, report, Terms.BUILTIN_NAMES::contains);
    }

    private static void named(Linted module, Report report, Predicate<String> bad) {
        for (Rule rule : module.module().rules()) {
            if (bad.test(Terms.firstName(rule))) {
                report.at(rule.name().getFirst());
            }
        }
    }

    static void varShadowsBuiltin(Linted module, Report report) {
        introduced(module).stream()
                .filter(variable -> Terms.BUILTIN_NAMES.contains(variable.name()))
                .forEach(report::at);
    }

    static void importShadowsRule(Linted module, Report report) {
        Set<String> aliases = module.aliases();
        for (Rule rule : module.module().rules()) {
            if (aliases.contains(Terms.firstName(rule))) {
                report.at(rule.name().getFirst());
            }
        }
    }

    static void avoidGetAndListPrefix(Linted module, Report report) {
        named(module, report, name -> name.startsWith("get_") || name.startsWith("list_"));
    }

    static void preferSnakeCase(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            String name = Terms.name(rule);
            if (!isSnakeCase(name)) {
                report.at(rule.name().getFirst().at(), name);
            }
        }
        for (Term.Var variable : introduced(module)) {
            if (!isSnakeCase(variable.name())) {
                report.at(variable.at(), variable.name());
            }
        }
    }

    private static boolean isSnakeCase(String name) {
        return name.equals(name.toLowerCase(Locale.ROOT));
    }

    static void metasyntacticVariable(Linted module, Report report) {
        named(module, report, METASYNTACTIC::contains);
        introduced(module).stream()
                .filter(variable -> METASYNTACTIC.contains(variable.name()))
                .forEach(report::at);
    }

    static void ruleNameRepeatsPackage(Linted module, Report report) {
        List<String> pkg = module.module().pkg();
        for (Rule rule : module.module().rules()) {
            for (int from = 0; from < pkg.size(); from++) {
                List<String> names = pkg.subList(from, pkg.size());
                if (repeats(Terms.firstName(rule), names)) {
                    report.at(rule.name().getFirst());
                    break;
                }
            }
        }
    }

    private static boolean repeats(String name, List<String> pkg) {
        String snake = String.join("_", pkg);
        StringBuilder camel = new StringBuilder(pkg.getFirst());
        for (String part : pkg.subList(1, pkg.size())) {
            camel.append(part.isEmpty() ? "" : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        boolean next = name.length() > camel.length() && Character.isUpperCase(name.charAt(camel.length()));
        return name.equals(snake) || name.startsWith(snake + "_") || (next && name.startsWith(camel.toString()));
    }

    static void inconsistentArgs(Linted module, Report report) {
        for (List<Rule> rules : module.byName().values()) {
            List<Term> first = null;
            for (Rule rule : rules) {
                List<Term> args = rule.args();
                if (args == null || rule.isDefault()) {
                    continue;
                }
                if (first == null) {
                    first = new ArrayList<>(args);
                    continue;
                }
                for (int i = 0; i < Math.min(first.size(), args.size()); i++) {
                    if (isNamed(first.get(i)) && isNamed(args.get(i)) && !sameName(first.get(i), args.get(i))) {
                        report.at(args.get(i));
                    } else if (!isNamed(first.get(i))) {
                        first.set(i, args.get(i));
                    }
                }
            }
        }
    }

    private static boolean isNamed(Term arg) {
        return arg instanceof Term.Var variable && !variable.isWildcard();
    }

    private static boolean sameName(Term one, Term other) {
        return Canonical.of(one).equals(Canonical.of(other));
    }

    static void argumentAlwaysWildcard(Linted module, Report report) {
        var except = Pattern.compile(report.settings().text("except-function-name-pattern", "^mock_"));
        for (List<Rule> rules : module.byName().values()) {
            List<Rule> functions = rules.stream()
                    .filter(rule -> rule.args() != null && !rule.isDefault())
                    .toList();
            if (functions.isEmpty()
                    || except.matcher(Terms.name(functions.getFirst())).find()) {
                continue;
            }
            List<Term> args = functions.getFirst().args();
            for (int i = 0; args != null && i < args.size(); i++) {
                int index = i;
                boolean always = functions.stream()
                        .map(Rule::args)
                        .allMatch(own -> own != null && own.size() > index && Terms.isWildcard(own.get(index)));
                if (always) {
                    report.at(args.get(i));
                }
            }
        }
    }

    static void internalEntrypoint(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            String name = Terms.name(rule);
            boolean internal = name.substring(name.lastIndexOf('.') + 1).startsWith("_");
            boolean entrypoint = module.blocks().stream()
                    .anyMatch(block -> block.isEntrypoint()
                            && block.lastRow() + 1 == rule.at().row());
            if (internal && entrypoint) {
                report.at(rule.name().getFirst());
            }
        }
    }

    static void leakedInternalReference(Linted module, Report report) {
        if (module.isTestFile() && !report.settings().flag("include-test-files", false)) {
            return;
        }
        for (Module.Import imported : module.module().imports()) {
            if (isInternal(module, imported.path())) {
                report.at(imported.at());
            }
        }
        for (Term term : module.tree().terms()) {
            if (term instanceof Term.Ref ref) {
                List<String> names = Terms.names(ref);
                boolean outside = names.size() > 1
                        && (names.getFirst().equals("data") || module.aliases().contains(names.getFirst()));
                if (outside && isInternal(module, report.project().resolve(module, names), names)) {
                    report.at(ref);
                }
            }
        }
    }

    private static boolean isInternal(Linted module, List<String> imported) {
        List<String> path = Project.dataPath(imported);
        return isInternal(module, path, path);
    }

    private static boolean isInternal(Linted module, List<String> path, List<String> written) {
        List<String> pkg = module.module().pkg();
        boolean own = path.size() > pkg.size() && path.subList(0, pkg.size()).equals(pkg);
        return !path.isEmpty() && !own && written.stream().anyMatch(name -> name.startsWith("_"));
    }

    static void namingConvention(Linted module, Report report) {
        for (JsonNode convention : report.settings().nodes("conventions")) {
            Pattern wanted = Pattern.compile(convention.path("pattern").asString(""));
            Set<String> targets = new HashSet<>();
            convention.path("targets").forEach(target -> targets.add(target.asString("")));
            String pkg = String.join(".", module.module().pkg());
            if (targets.contains("package") && !wanted.matcher(pkg).find()) {
                report.at(module.module().at(), pkg);
            }
            for (Rule rule : module.module().rules()) {
                String kind = rule.isFunction() ? "function" : "rule";
                if (targets.contains(kind) && !wanted.matcher(Terms.name(rule)).find()) {
                    report.at(rule.name().getFirst());
                }
            }
            for (Term.Var variable : targets.contains("variable") ? introduced(module) : List.<Term.Var>of()) {
                if (!variable.isWildcard() && !wanted.matcher(variable.name()).find()) {
                    report.at(variable);
                }
            }
        }
    }
}
