package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import dev.hufu.rego.check.RuleNode;
import dev.hufu.rego.check.TermWalk;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an expression names, bodies inside it left out.
 *
 * @param paths keys below {@code input}, as far as their keys are constants
 * @param documents the same and those below {@code data} that no rule answers for, as text
 * @param rules rules, each with the constant key behind its path where there is one
 */
record Reads(Set<List<Value>> paths, Set<String> documents, Set<Asked> rules) {
    record Asked(String rule, @Nullable Value key) {}

    static Reads of(Expr expr, RuleNode root) {
        Reads reads = new Reads(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        TermWalk.direct(expr, term -> {
            if (term instanceof Term.Ref ref && ref.head() instanceof Term.Var head) {
                reads.add(head.name(), ref.path(), root);
            } else if (term instanceof Term.Var variable && !isHead(expr, variable)) {
                reads.add(variable.name(), List.of(), root);
            }
        });
        return reads;
    }

    /** The walk visits a reference's head, too, which is no reading of the whole document. */
    private static boolean isHead(Expr expr, Term.Var variable) {
        boolean[] head = {false};
        TermWalk.direct(expr, term -> head[0] |= term instanceof Term.Ref ref && isSame(ref.head(), variable));
        return head[0];
    }

    @SuppressWarnings("ReferenceEquality") // this very place, not one like it
    private static boolean isSame(Term one, Term other) {
        return one == other;
    }

    private void add(String name, List<Term> keys, RuleNode root) {
        List<Value> path = new ArrayList<>();
        for (Term key : keys) {
            if (!(key instanceof Term.Const constant)) {
                break;
            }
            path.add(constant.value());
        }
        if (name.equals("input")) {
            paths.add(path);
            documents.add(RuleNode.name("input", path));
        } else if (name.equals("data")) {
            data(path, root);
        }
    }

    private void data(List<Value> path, RuleNode root) {
        RuleNode node = root;
        for (int i = 0; node != null && i < path.size(); i++) {
            node = node.child(path.get(i));
            if (node != null && !node.entries().isEmpty()) {
                if (node.entries().getFirst().core().isFunction()) {
                    return; // is evaluated anew each time, and tells so itself
                }
                rules.add(new Asked(node.name(), i + 1 < path.size() ? path.get(i + 1) : null));
                return;
            }
        }
        if (node == null) {
            documents.add(RuleNode.name("data", path));
        }
    }
}
