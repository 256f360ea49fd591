package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
            from.entries().forEach(entry -> fromRule(entry.core(), found));
            return found;
        });
    }

    private void fromRule(Rule rule, Set<RuleNode> found) {
        rule.body().forEach(expr -> fromExpr(expr, found));
        fromTerm(rule.value(), found);
        Term member = rule.member();
        if (member != null) {
            fromTerm(member, found);
        }
        Rule orElse = rule.orElse();
        if (orElse != null) {
            fromRule(orElse, found);
        }
    }

    private void fromExpr(Expr expr, Set<RuleNode> found) {
        Vars.terms(expr).forEach(term -> fromTerm(term, found));
        if (expr.form() instanceof Expr.Every every) {
            every.body().forEach(inner -> fromExpr(inner, found));
        }
    }

    private void fromTerm(Term term, Set<RuleNode> found) {
        if (term instanceof Term.Ref ref && isData(ref.head())) {
            match(root, ref.path(), 0, found);
        } else if (isData(term)) {
            match(root, List.of(), 0, found);
        }
        switch (term) {
            case Term.Call call -> fromTerm(call.function(), found);
            case Term.Comprehension comprehension -> {
                comprehension.body().forEach(expr -> fromExpr(expr, found));
                fromTerm(comprehension.value(), found);
                Term key = comprehension.key();
                if (key != null) {
                    fromTerm(key, found);
                }
            }
            case Term.Const _,
                    Term.Var _,
                    Term.Ref _,
                    Term.ArrayOf _,
                    Term.SetOf _,
                    Term.ObjectOf _,
                    Term.Template _ -> {}
        }
        for (Term part : Vars.parts(term)) {
            if (!isData(part)) {
                fromTerm(part, found);
            }
        }
    }

    private static boolean isData(@Nullable Term term) {
        return term instanceof Term.Var variable && variable.name().equals(Names.DATA);
    }

    private static void match(RuleNode node, List<Term> path, int at, Set<RuleNode> found) {
        if (!node.entries().isEmpty()) {
            found.add(node);
        }
        if (at == path.size()) {
            node.children().forEach(child -> match(child, path, at, found));
        } else if (path.get(at) instanceof Term.Const key) {
            RuleNode child = node.child(key.value());
            if (child != null) {
                match(child, path, at + 1, found);
            }
        } else {
            node.children().forEach(child -> match(child, path, at + 1, found));
        }
    }
}
