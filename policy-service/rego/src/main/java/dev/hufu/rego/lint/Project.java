package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The modules that are linted together: packages, their rules, and who imports whom. */
final class Project {
    private final List<Linted> modules;
    private final Map<List<String>, Set<String>> rules = new HashMap<>();
    private final Map<List<String>, Set<String>> collections = new HashMap<>();
    private final Set<List<String>> prefixes = new HashSet<>();
    private final Map<List<String>, Set<List<String>>> imports = new HashMap<>();
    private final Map<Linted, Set<String>> globals = new HashMap<>();

    Project(List<Linted> modules) {
        this.modules = List.copyOf(modules);
        for (Linted linted : modules) {
            List<String> pkg = linted.module().pkg();
            Set<String> names = rules.computeIfAbsent(pkg, _ -> new HashSet<>());
            for (Rule rule : linted.module().rules()) {
                names.add(Terms.firstName(rule));
                boolean collects = rule.member() != null || Terms.hasDynamicName(rule);
                if (collects && !rule.isFunction()) {
                    collections.computeIfAbsent(pkg, _ -> new HashSet<>()).add(Terms.name(rule));
                }
            }
            for (int length = 1; length <= pkg.size(); length++) {
                prefixes.add(List.copyOf(pkg.subList(0, length)));
            }
        }
        for (Linted linted : modules) {
            Set<List<String>> targets = imports.computeIfAbsent(linted.module().pkg(), _ -> new HashSet<>());
            for (Module.Import imported : linted.module().imports()) {
                List<String> target = packageOf(dataPath(imported.path()));
                if (target != null) {
                    targets.add(target);
                }
            }
        }
    }

    List<Linted> modules() {
        return modules;
    }

    /** More than one: what is not there is not merely left out of the run. */
    boolean isWhole() {
        return modules.size() > 1;
    }

    /** Behind {@code data}; empty for another root. */
    static List<String> dataPath(List<String> path) {
        return path.getFirst().equals("data") ? path.subList(1, path.size()) : List.of();
    }

    boolean isPackage(List<String> path) {
        return rules.containsKey(path);
    }

    /** The longest package that the path begins with. */
    @Nullable
    List<String> packageOf(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            List<String> candidate = path.subList(0, length);
            if (rules.containsKey(candidate)) {
                return List.copyOf(candidate);
            }
        }
        return null;
    }

    Set<String> rulesOf(List<String> pkg) {
        return rules.getOrDefault(pkg, Set.of());
    }

    /** A package, what packages begin with, or a rule. */
    boolean resolves(List<String> path) {
        if (prefixes.contains(path)) {
            return true;
        }
        for (int length = path.size() - 1; length > 0; length--) {
            if (rulesOf(path.subList(0, length)).contains(path.get(length))) {
                return true;
            }
        }
        return false;
    }

    /** The names are those of a rule that is never undefined because it collects. */
    boolean isCollection(Linted from, List<String> names) {
        List<String> path = resolve(from, names);
        for (int length = path.size() - 1; length > 0; length--) {
            String rest = String.join(".", path.subList(length, path.size()));
            if (collections.getOrDefault(path.subList(0, length), Set.of()).contains(rest)) {
                return true;
            }
        }
        return false;
    }

    /** Behind {@code data}, what a module means by the names; empty where that is no document of a package. */
    List<String> resolve(Linted from, List<String> names) {
        if (names.isEmpty() || names.getFirst().equals("input")) {
            return List.of();
        }
        List<String> path = new ArrayList<>();
        String head = names.getFirst();
        if (head.equals("data")) {
            return names.subList(1, names.size());
        }
        Module module = from.module();
        for (Module.Import imported : module.imports()) {
            if (imported.alias().equals(head) && !imported.isOfKeywords()) {
                path.addAll(dataPath(imported.path()));
                path.addAll(names.subList(1, names.size()));
                return path;
            }
        }
        if (rulesOf(module.pkg()).contains(head)) {
            path.addAll(module.pkg());
            path.addAll(names);
        }
        return path;
    }

    /** The package can be come to from the other by imports. */
    boolean imports(List<String> from, List<String> to) {
        Set<List<String>> seen = new HashSet<>();
        Deque<List<String>> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (List<String> next : imports.getOrDefault(open.pop(), Set.of())) {
                if (next.equals(to)) {
                    return true;
                }
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
        return false;
    }

    /** Names that no body can bind: rules of the package, in any module, and imports. */
    Set<String> globals(Linted module) {
        return globals.computeIfAbsent(module, one -> {
            Set<String> names = new HashSet<>(rulesOf(one.module().pkg()));
            names.addAll(one.aliases());
            names.add("input");
            names.add("data");
            return Set.copyOf(names);
        });
    }

    /** Targets of {@code with}, which need not be there. */
    static Set<Term> replaced(Linted module) {
        Set<Term> targets = new HashSet<>();
        for (Expr expr : module.tree().exprs()) {
            expr.withs().forEach(with -> targets.add(with.target()));
        }
        return targets;
    }
}
