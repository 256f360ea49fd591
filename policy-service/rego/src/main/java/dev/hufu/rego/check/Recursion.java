package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rules a rule refers to, and the cycles among them, which Rego forbids. */
final class Recursion {
    private enum Mark {
        OPEN,
        DONE
    }

    private final RuleNode root;
    private final Findings findings;
    private final Map<RuleNode, Set<RuleNode>> edges = new HashMap<>();
    private final Map<RuleNode, Mark> marks = new HashMap<>();
    private final List<RuleNode> path = new ArrayList<>();

    Recursion(RuleNode root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    void check() {
        visitAll(root);
    }

    private void visitAll(RuleNode node) {
        if (!node.entries().isEmpty()) {
            visit(node);
        }
        node.children().forEach(this::visitAll);
    }

    private void visit(RuleNode node) {
        Mark mark = marks.get(node);
        if (mark == Mark.DONE) {
            return;
        }
        if (mark == Mark.OPEN) {
            report(path.subList(path.indexOf(node), path.size()), node);
            return;
        }
        marks.put(node, Mark.OPEN);
        path.add(node);
        for (RuleNode next : edges(node)) {
            visit(next);
        }
        path.removeLast();
        marks.put(node, Mark.DONE);
    }

    private void report(List<RuleNode> cycle, RuleNode node) {
        StringBuilder chain = new StringBuilder();
        cycle.forEach(step -> chain.append(step.name()).append(" -> "));
        findings.add(
                RegoError.RECURSION,
                node.entries().getFirst().source().at(),
                "rule " + node.name() + " is recursive: " + chain + node.name());
    }

    Set<RuleNode> edges(RuleNode node) {
        return edges.computeIfAbsent(node, from -> {
            Set<RuleNode> found = new LinkedHashSet<>();
            References references = new References(reference -> {
                if (reference.isData()) {
                    RuleNode.match(root, reference.path(), found::add);
                }
            });
            from.entries().forEach(entry -> references.rule(entry.core()));
            return found;
        });
    }
}
