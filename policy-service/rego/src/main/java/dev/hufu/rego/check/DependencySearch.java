package dev.hufu.rego.check;

import dev.hufu.rego.Value;
import dev.hufu.rego.check.References.Reference;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Follows a query from rule to rule, to the documents that come from outside. */
final class DependencySearch {
    private final RuleNode root;
    private final Deque<RuleNode> open = new ArrayDeque<>();
    private final Set<RuleNode> rules = new HashSet<>();
    private final SortedSet<String> base = new TreeSet<>();

    DependencySearch(RuleNode root) {
        this.root = root;
    }

    void search(List<Expr> body) {
        References references = new References(this::follow);
        references.body(body);
        while (!open.isEmpty()) {
            open.removeFirst().entries().forEach(entry -> references.rule(entry.core()));
        }
    }

    private void follow(Reference reference) {
        if (reference.isData()) {
            RuleNode.match(root, reference.path(), this::reached);
        }
        List<Value> keys = new ArrayList<>();
        RuleNode node = reference.isData() ? root : null;
        for (Term key : reference.path()) {
            if (!(key instanceof Term.Const constant)) {
                break;
            }
            node = node == null ? null : node.child(constant.value());
            if (node != null && !node.entries().isEmpty()) {
                return; // a rule answers for all below it
            }
            keys.add(constant.value());
        }
        if (node == null) {
            base.add(RuleNode.name(reference.root(), keys));
        }
    }

    private void reached(RuleNode node) {
        if (rules.add(node)) {
            open.addLast(node);
        }
    }

    /** Paths of rules. */
    SortedSet<String> rules() {
        SortedSet<String> names = new TreeSet<>();
        rules.forEach(node -> names.add(node.name()));
        return names;
    }

    /** Paths of documents from outside, without those that a shorter one holds. */
    SortedSet<String> base() {
        SortedSet<String> shortest = new TreeSet<>();
        for (String path : base) {
            boolean held = shortest.stream()
                    .anyMatch(shorter -> path.startsWith(shorter + ".") || path.startsWith(shorter + "["));
            if (!held) {
                shortest.add(path);
            }
        }
        return shortest;
    }
}
