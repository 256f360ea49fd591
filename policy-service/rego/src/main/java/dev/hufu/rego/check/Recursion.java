package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rules a rule refers to, and the cycles among them, which Rego forbids. */
final class Recursion {
    /** Of the search for ways back, in all: enough for the cycles of a large program. */
    private static final int MAX_STEPS = 100_000;

    private enum Mark {
        OPEN,
        DONE
    }

    private final RuleNode root;
    private final Findings findings;
    private final Map<RuleNode, Set<RuleNode>> edges = new HashMap<>();
    private final Map<RuleNode, Mark> marks = new HashMap<>();
    private boolean cyclic;
    private int steps;

    Recursion(RuleNode root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    void check() {
        visitAll(root);
        if (cyclic) {
            reportAll(root);
        }
    }

    private void reportAll(RuleNode node) {
        node.entries().forEach(entry -> report(node, entry));
        node.children().forEach(this::reportAll);
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
            cyclic = true;
            return;
        }
        marks.put(node, Mark.OPEN);
        for (RuleNode next : edges(node)) {
            visit(next);
        }
        marks.put(node, Mark.DONE);
    }

    /** Every rule of a cycle is told of, with a shortest way back to it. */
    private void report(RuleNode node, RuleNode.Entry entry) {
        Map<RuleNode, RuleNode> from = new HashMap<>();
        Deque<RuleNode> next = new ArrayDeque<>();
        for (RuleNode first : edges(List.of(entry))) {
            from.put(first, node);
            next.add(first);
        }
        while (!next.isEmpty() && !from.containsKey(node) && steps++ < MAX_STEPS) {
            RuleNode at = next.remove();
            for (RuleNode further : edges(at)) {
                if (from.putIfAbsent(further, at) == null) {
                    next.add(further);
                }
            }
        }
        if (!from.containsKey(node)) {
            return;
        }
        Deque<String> chain = new ArrayDeque<>(List.of(node.name()));
        RuleNode at = node;
        do {
            at = from.getOrDefault(at, node);
            chain.addFirst(at.name());
        } while (!at.equals(node));
        String message = "rule " + node.name() + " is recursive: " + String.join(" -> ", chain);
        findings.add(RegoError.RECURSION, entry.source().at(), message);
    }

    Set<RuleNode> edges(RuleNode node) {
        return edges.computeIfAbsent(node, from -> edges(from.entries()));
    }

    private Set<RuleNode> edges(List<RuleNode.Entry> entries) {
        Set<RuleNode> found = new LinkedHashSet<>();
        References references = new References(reference -> {
            if (reference.isData()) {
                RuleNode.match(root, reference.path(), found::add);
            }
        });
        entries.forEach(entry -> references.rule(entry.core()));
        return found;
    }
}
