package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules of one name must be of one kind, with one default at most, and none may stand below a complete one. */
final class RuleConflicts {
    private final RuleNode root;
    private final Findings findings;
    /** By file. */
    private final Map<String, Location> packages = new HashMap<>();

    RuleConflicts(RuleNode root, List<Module> modules, Findings findings) {
        this.root = root;
        this.findings = findings;
        modules.forEach(module -> packages.put(module.file(), module.at()));
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
        List<Rule> defaults = new ArrayList<>();
        boolean mixed = false;
        boolean open = isOpen(node.entries().getFirst());
        for (RuleNode.Entry entry : node.entries()) {
            Rule rule = entry.source();
            if (rule.isDefault()) {
                defaults.add(rule);
            }
            mixed |= rule.isFunction() != first.isFunction();
            mixed |= (rule.member() == null) != (first.member() == null) || isOpen(entry) != open;
            List<Term> args = rule.args();
            if (args != null
                    && first.args() != null
                    && args.size() != first.args().size()) {
                mixed = true;
            }
        }
        if (mixed) {
            findings.add(RegoError.TYPE, first.at(), "conflicting rules " + node.name() + " found");
        } else if (defaults.size() > 1) {
            Location pkg = packages.getOrDefault(defaults.getFirst().at().file(), first.at());
            String places = defaults.stream()
                    .map(rule -> rule.at().file() + ":" + rule.at().row())
                    .collect(Collectors.joining(", "));
            findings.add(RegoError.TYPE, pkg, "multiple default rules " + node.name() + " found at " + places);
        }
        boolean complete = first.member() == null && !node.isDynamic();
        if (complete && node.children().stream().anyMatch(RuleConflicts::hasRules)) {
            findings.add(RegoError.TYPE, first.at(), "rule " + node.name() + " conflicts with rules below it");
        }
    }

    private static boolean hasRules(RuleNode node) {
        return !node.entries().isEmpty() || node.children().stream().anyMatch(RuleConflicts::hasRules);
    }

    /** Its name has keys that only its body tells. */
    private static boolean isOpen(RuleNode.Entry entry) {
        return entry.suffix().stream().anyMatch(key -> !(key instanceof Term.Const));
    }
}
