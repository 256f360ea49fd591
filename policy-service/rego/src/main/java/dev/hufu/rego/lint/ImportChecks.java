package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Imports, and references to what is, or could be, imported. */
final class ImportChecks {
    private ImportChecks() {}

    private static void imports(Linted module, Report report, Predicate<Module.Import> bad) {
        module.module().imports().stream().filter(bad).map(Module.Import::at).forEach(report::at);
    }

    static void avoidImportingInput(Linted module, Report report) {
        imports(
                module,
                report,
                one -> one.path().getFirst().equals("input") && (one.path().size() > 1 || !one.renamed()));
    }

    static void circularImport(Linted module, Report report) {
        Project project = report.project();
        List<String> own = module.module().pkg();
        imports(module, report, one -> {
            List<String> target = project.packageOf(Project.dataPath(one.path()));
            return target != null && !target.equals(own) && project.imports(target, own);
        });
    }

    static void confusingAlias(Linted module, Report report) {
        Map<List<String>, Set<String>> names = new HashMap<>();
        for (Module.Import one : module.module().imports()) {
            names.computeIfAbsent(one.path(), _ -> new HashSet<>()).add(one.alias());
        }
        imports(
                module,
                report,
                one -> one.renamed() && names.getOrDefault(one.path(), Set.of()).size() > 1);
    }

    static void pointlessImport(Linted module, Report report) {
        List<String> own = module.module().pkg();
        imports(module, report, one -> {
            List<String> path = Project.dataPath(one.path());
            boolean below =
                    path.size() >= own.size() && path.subList(0, own.size()).equals(own);
            boolean rule = path.size() == own.size()
                    || (path.size() == own.size() + 1 && !report.project().isPackage(path));
            return !path.isEmpty() && below && rule;
        });
    }

    static void ignoredImport(Linted module, Report report) {
        Set<List<String>> imported = new HashSet<>();
        for (Module.Import one : module.module().imports()) {
            if (one.path().getFirst().equals("data") && one.path().size() > 1) {
                imported.add(one.path());
            }
        }
        Set<Term> heads = Project.replaced(module);
        for (Term term : references(module)) {
            List<String> names = Terms.names(term);
            boolean ignores = false;
            for (int length = 2; length <= names.size(); length++) {
                ignores |= imported.contains(names.subList(0, length));
            }
            if (ignores && !heads.contains(term)) {
                report.at(term);
            }
        }
    }

    static void implicitFutureKeywords(Linted module, Report report) {
        imports(module, report, one -> one.path().equals(List.of("future", "keywords")));
    }

    static void importAfterRule(Linted module, Report report) {
        if (!module.module().rules().isEmpty()) {
            int first = module.module().rules().getFirst().at().row();
            imports(module, report, one -> one.at().row() > first);
        }
    }

    static void importShadowsBuiltin(Linted module, Report report) {
        imports(module, report, one -> !one.isOfKeywords() && Terms.BUILTIN_NAMES.contains(one.alias()));
    }

    static void importShadowsImport(Linted module, Report report) {
        Set<String> seen = new HashSet<>();
        imports(module, report, one -> !one.isOfKeywords() && !seen.add(one.alias()));
    }

    static void preferPackageImports(Linted module, Report report) {
        PathPatterns ignored = new PathPatterns(report.settings().texts("ignore-import-paths", List.of()));
        Project project = report.project();
        imports(module, report, one -> {
            List<String> path = Project.dataPath(one.path());
            List<String> pkg = project.packageOf(path);
            return pkg != null
                    && path.size() > pkg.size()
                    && project.rulesOf(pkg).contains(path.get(pkg.size()))
                    && !ignored.matches(one.path());
        });
    }

    static void redundantAlias(Linted module, Report report) {
        imports(
                module,
                report,
                one -> one.renamed() && one.alias().equals(one.path().getLast()));
    }

    static void redundantDataImport(Linted module, Report report) {
        imports(module, report, one -> one.path().equals(List.of("data")));
    }

    static void unresolvedImport(Linted module, Report report) {
        PathPatterns except = new PathPatterns(report.settings().texts("except-imports", List.of()));
        Project project = report.project();
        imports(module, report, one -> {
            List<String> path = Project.dataPath(one.path());
            return project.isWhole() && !path.isEmpty() && !project.resolves(path) && !except.matches(one.path());
        });
    }

    static void unresolvedReference(Linted module, Report report) {
        if (!report.project().isWhole()) {
            return;
        }
        List<String> globs = new ArrayList<>(report.settings().texts("except-paths", List.of()));
        globs.addAll(report.settings().texts("excepted_export_patterns", List.of("**.test_*")));
        PathPatterns except = new PathPatterns(globs);
        Set<Term> replaced = Project.replaced(module);
        Set<String> unresolved = new HashSet<>();
        for (Term term : references(module)) {
            List<String> names = Terms.names(term);
            List<String> path = report.project().resolve(module, names);
            List<String> whole = new ArrayList<>(List.of("data"));
            whole.addAll(path);
            boolean own = report.project().rulesOf(module.module().pkg()).contains(names.getFirst());
            boolean missing = !path.isEmpty()
                    && !own
                    && !report.project().resolves(path)
                    && !isOfUnresolvedImport(module, report.project(), names.getFirst());
            if (missing && !except.matches(whole) && !replaced.contains(term) && unresolved.add(Canonical.of(term))) {
                report.at(term.at(), String.join(".", whole));
            }
        }
    }

    /** Then the import itself is what does not resolve. */
    private static boolean isOfUnresolvedImport(Linted module, Project project, String head) {
        return module.module().imports().stream()
                .filter(one -> one.alias().equals(head) && !one.isOfKeywords())
                .anyMatch(one -> !project.resolves(Project.dataPath(one.path())));
    }

    /** References, and functions that are called by one. */
    private static List<Term> references(Linted module) {
        List<Term> found = new ArrayList<>();
        for (Term term : module.tree().terms()) {
            if (term instanceof Term.Ref ref && ref.head() instanceof Term.Var) {
                found.add(ref);
            } else if (term instanceof Term.Call call
                    && call.function() instanceof Term.Ref ref
                    && !Terms.isBuiltin(Terms.called(call))) {
                found.add(ref);
            }
        }
        return found;
    }

    static void disallowRegoV1(Linted module, Report report) {
        imports(module, report, one -> one.path().equals(List.of("rego", "v1")));
    }

    static void useRegoV1(Linted module, Report report) {
        boolean imported =
                module.module().imports().stream().anyMatch(one -> one.path().equals(List.of("rego", "v1")));
        if (module.v0() && !imported) {
            report.at(module.module().at());
        }
    }

    static void externalReference(Linted module, Report report) {
        int most = report.settings().number("max-allowed", 2);
        Set<String> globals = report.project().globals(module);
        for (var rule : module.module().rules()) {
            if (!rule.isFunction() || rule.isDefault()) {
                continue;
            }
            List<Term> args = rule.args() == null ? List.of() : rule.args();
            Set<String> own = new HashSet<>();
            args.forEach(arg -> Terms.pattern(arg).forEach(variable -> own.add(variable.name())));
            int found = 0;
            Set<String> seen = new HashSet<>();
            Tree tree = new Tree(rule);
            Set<Term> heads = new HashSet<>();
            for (Term term : tree.terms()) {
                Term root = term instanceof Term.Ref ref ? ref.head() : term;
                boolean external = root instanceof Term.Var variable
                        && globals.contains(variable.name())
                        && !own.contains(variable.name())
                        && !heads.contains(term);
                if (term instanceof Term.Ref ref) {
                    heads.add(ref.head());
                }
                if (external && seen.add(Canonical.of(term)) && ++found == most + 1) {
                    report.at(term);
                }
            }
        }
    }
}
