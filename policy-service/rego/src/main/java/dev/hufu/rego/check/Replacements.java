package dev.hufu.rego.check;

import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types of documents under {@code with}, as OPA takes them: what is replaced may be of its own type or of the replacement's,
 * and what depends on it may be anything. Does not change once made.
 */
final class Replacements {
    private final RuleNode root;
    private final Map<RuleNode, Set<RuleNode>> dependents = new HashMap<>();

    private Replacements(RuleNode root) {
        this.root = root;
    }

    static Replacements of(RuleNode root, Recursion order) {
        Replacements replacements = new Replacements(root);
        replacements.note(root, order);
        return replacements;
    }

    private void note(RuleNode node, Recursion order) {
        if (!node.entries().isEmpty()) {
            order.edges(node)
                    .forEach(used -> dependents
                            .computeIfAbsent(used, _ -> new LinkedHashSet<>())
                            .add(node));
        }
        node.children().forEach(child -> note(child, order));
    }

    /** What the expression's own terms are checked against. */
    TypeEnv apply(TypeEnv env, List<Expr.With> withs) {
        if (withs.isEmpty()) {
            return env;
        }
        DocumentTypes documents = env.documents();
        Map<List<Value>, Type> replaced = new LinkedHashMap<>();
        for (Expr.With with : withs) {
            List<Value> path = path(with.target());
            if (path == null) {
                continue;
            }
            Type before = env.of(with.target());
            boolean function = before instanceof Type.Function;
            Set<RuleNode> affected = affected(path, function);
            if (!affected.isEmpty()) {
                documents = documents.layered();
                for (RuleNode node : affected) {
                    List<Value> place = new ArrayList<>(List.of(new Str(Names.DATA)));
                    place.addAll(node.path());
                    documents.put(place, Type.ANY);
                }
            }
            if (!function) {
                replaced.put(path, either(before, env.of(with.value())));
            }
        }
        if (!replaced.isEmpty()) {
            documents = documents.layered();
            replaced.forEach(documents::put);
        }
        return env.with(documents);
    }

    private static Type either(Type before, Type value) {
        boolean known = !before.equals(Type.UNKNOWN) && !value.equals(Type.UNKNOWN);
        Type either = known ? Type.or(before, value) : Type.ANY;
        return either.equals(Type.UNKNOWN) ? Type.ANY : either;
    }

    /** A document's path, its root's name first; null for a builtin. */
    private static @Nullable List<Value> path(Term target) {
        Term head = target instanceof Term.Ref ref ? ref.head() : target;
        if (!(head instanceof Term.Var variable && Names.isRoot(variable.name()))) {
            return null;
        }
        List<Value> path = new ArrayList<>(List.of(new Str(variable.name())));
        if (target instanceof Term.Ref ref) {
            for (Term key : ref.path()) {
                if (!(key instanceof Term.Const constant)) {
                    break;
                }
                path.add(constant.value());
            }
        }
        return path;
    }

    private Set<RuleNode> affected(List<Value> path, boolean function) {
        Set<RuleNode> found = new LinkedHashSet<>();
        if (!path.getFirst().equals(new Str(Names.DATA))) {
            return found;
        }
        List<Term> keys = new ArrayList<>();
        path.subList(1, path.size()).forEach(key -> keys.add(new Term.Const(key, Term.NOWHERE)));
        RuleNode.match(root, keys, found::add);
        Set<RuleNode> targets = function ? Set.copyOf(found) : Set.of();
        Deque<RuleNode> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            for (RuleNode node : dependents.getOrDefault(open.pop(), Set.of())) {
                if (found.add(node)) {
                    open.push(node);
                }
            }
        }
        found.removeAll(targets);
        return found;
    }
}
