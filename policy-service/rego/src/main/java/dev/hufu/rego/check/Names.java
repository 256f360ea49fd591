package dev.hufu.rego.check;

import dev.hufu.rego.Str;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a module's global names mean: imports, and the rules of its package from any module. */
final class Names {
    static final String INPUT = "input";
    static final String DATA = "data";

    private final Map<String, List<String>> globals = new HashMap<>();

    static Names none() {
        return new Names();
    }

    static Names of(Module module, RuleNode pkg) {
        Names names = new Names();
        for (RuleNode rule : pkg.children()) {
            if (rule.path().getLast() instanceof Str name && hasRules(rule, pkg)) {
                List<String> path = new ArrayList<>(List.of(DATA));
                path.addAll(module.pkg());
                path.add(name.value());
                names.globals.put(name.value(), path);
            }
        }
        for (Module.Import imported : module.imports()) {
            if (!imported.isOfKeywords()) {
                names.globals.put(imported.alias(), imported.path());
            }
        }
        return names;
    }

    /** A child package is no rule: some rule whose own package is this one must be below. */
    private static boolean hasRules(RuleNode node, RuleNode pkg) {
        return node.ownedBy(pkg);
    }

    /** The reference that a global name stands for; null for a name that is none. */
    @Nullable
    Term find(String name, Location at) {
        List<String> path = globals.get(name);
        if (path == null) {
            return null;
        }
        Term root = new Term.Var(path.getFirst(), at);
        List<Term> keys = new ArrayList<>();
        for (String key : path.subList(1, path.size())) {
            keys.add(new Term.Const(new Str(key), at));
        }
        return keys.isEmpty() ? root : new Term.Ref(root, keys, at);
    }

    static boolean isRoot(String name) {
        return name.equals(INPUT) || name.equals(DATA);
    }
}
