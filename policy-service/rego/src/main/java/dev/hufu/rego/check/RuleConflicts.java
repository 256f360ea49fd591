package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.List;

/** Rules of one name must be of one kind, with one default at most, and none may stand below a complete one. */
final class RuleConflicts {
    private final RuleNode root;
    private final Findings findings;

    RuleConflicts(RuleNode root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    void check() {
        visit(root);
    }

    private void visit(RuleNode node) {
        if (!node.entries().isEmpty()) {
            checkKinds(node);
        }
        node.children().forEach(this::visit);
    }

    private void checkKinds(RuleNode node) {
        Rule first = node.entries().getFirst().source();
        int defaults = 0;
        boolean mixed = false;
        for (RuleNode.Entry entry : node.entries()) {
            Rule rule = entry.source();
            defaults += rule.isDefault() ? 1 : 0;
            mixed |= rule.isFunction() != first.isFunction();
            mixed |= !node.isDynamic() && (rule.member() == null) != (first.member() == null);
            List<Term> args = rule.args();
            if (args != null
                    && first.args() != null
                    && args.size() != first.args().size()) {
                mixed = true;
            }
            if (rule.isDefault()) {
                checkDefault(rule);
            }
        }
        if (mixed) {
            findings.add(RegoError.TYPE, first.at(), "conflicting rules " + node.name() + " found");
        }
        if (defaults > 1) {
            findings.add(RegoError.TYPE, first.at(), "multiple default rules " + node.name() + " found");
        }
        boolean complete = first.member() == null && !node.isDynamic();
        if (complete && node.children().stream().anyMatch(RuleConflicts::hasRules)) {
            findings.add(RegoError.TYPE, first.at(), "rule " + node.name() + " conflicts with rules below it");
        }
    }

    private static boolean hasRules(RuleNode node) {
        return !node.entries().isEmpty() || node.children().stream().anyMatch(RuleConflicts::hasRules);
    }

    private void checkDefault(Rule rule) {
        if (!isConstant(rule.value())) {
            findings.add(
                    RegoError.COMPILE,
                    rule.value().at(),
                    "illegal default rule (value cannot contain vars, refs or calls)");
        }
    }

    private static boolean isConstant(Term term) {
        return switch (term) {
            case Term.Const _, Term.Comprehension _ -> true;
            case Term.Var _, Term.Ref _, Term.Call _, Term.Template _ -> false;
            case Term.ArrayOf _, Term.SetOf _, Term.ObjectOf _ ->
                Vars.parts(term).stream().allMatch(RuleConflicts::isConstant);
        };
    }
}
