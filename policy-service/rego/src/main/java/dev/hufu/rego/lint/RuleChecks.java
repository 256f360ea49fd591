package dev.hufu.rego.lint;

import dev.hufu.rego.Bool;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How rules are made up of their definitions. */
final class RuleChecks {
    private RuleChecks() {}

    static void duplicateRule(Linted module, Report report) {
        Map<String, List<Rule>> same = new LinkedHashMap<>();
        for (Rule rule : module.module().rules()) {
            same.computeIfAbsent(Canonical.of(rule), _ -> new ArrayList<>()).add(rule);
        }
        for (List<Rule> rules : same.values()) {
            if (rules.size() > 1) {
                String rows = rules.subList(1, rules.size()).stream()
                        .map(rule -> String.valueOf(rule.at().row()))
                        .collect(Collectors.joining(", "));
                report.at(rules.getFirst().at(), rows);
            }
        }
    }

    static void zeroArityFunction(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            if (rule.written().bare()) {
                report.at(rule);
            }
        }
    }

    static void impossibleDefault(Linted module, Report report) {
        for (List<Rule> rules : module.byName().values()) {
            if (rules.stream().anyMatch(RuleChecks::isAlways)) {
                rules.stream().filter(Rule::isDefault).forEach(report::at);
            }
        }
    }

    static void unconditionalWithConditions(Linted module, Report report) {
        for (List<Rule> rules : module.byName().values()) {
            if (rules.stream().anyMatch(rule -> rule.written().bodied())) {
                rules.stream().filter(RuleChecks::isAlways).forEach(report::at);
            }
        }
    }

    /** It gives a constant whatever the input and the arguments are. */
    private static boolean isAlways(Rule rule) {
        if (rule.isDefault() || rule.member() != null || rule.written().bodied() || Terms.hasDynamicName(rule)) {
            return false;
        }
        Set<String> names = new HashSet<>();
        boolean any = rule.args() == null
                || rule.args().stream()
                        .allMatch(arg -> arg instanceof Term.Var variable
                                && (variable.isWildcard() || names.add(variable.name())));
        return any && Terms.isConstant(rule.value());
    }

    static void defaultOverElse(Linted module, Report report) {
        boolean functions = report.settings().flag("prefer-default-functions", false);
        for (Rule rule : module.module().rules()) {
            for (Rule branch = rule.orElse(); branch != null; branch = branch.orElse()) {
                boolean last = branch.orElse() == null && !branch.written().bodied();
                if (last && Terms.isConstant(branch.value()) && (functions || !rule.isFunction())) {
                    report.at(Terms.hasValue(branch) ? branch.value().at() : branch.at());
                }
            }
        }
    }

    static void chainedRuleBody(Linted module, Report report) {
        Set<Location> places = new HashSet<>();
        for (Rule rule : module.module().rules()) {
            if (!places.add(rule.at()) && !rule.body().isEmpty()) {
                report.at(rule.body().getFirst());
            }
        }
    }

    static void trailingDefaultRule(Linted module, Report report) {
        for (List<Rule> rules : module.byName().values()) {
            boolean defined = false;
            for (Rule rule : rules) {
                if (rule.isDefault() && defined) {
                    report.at(rule);
                }
                defined |= !rule.isDefault();
            }
        }
    }

    static void messyRule(Linted module, Report report) {
        Set<String> closed = new HashSet<>();
        String last = "";
        for (Rule rule : module.module().rules()) {
            String name = Terms.name(rule);
            if (!name.equals(last)) {
                closed.add(last);
                last = name;
                if (closed.contains(name)) {
                    report.at(rule);
                }
            }
        }
    }

    static void ruleLength(Linted module, Report report) {
        Settings settings = report.settings();
        int most = settings.number("max-rule-length", 30);
        int mostOfTests = settings.number("max-test-rule-length", 60);
        boolean comments = settings.flag("count-comments", false);
        boolean exceptEmpty = settings.flag("except-empty-body", true);
        for (Rule rule : module.module().rules()) {
            boolean empty = !rule.written().bodied() && rule.orElse() == null;
            int length = rule.endRow() - rule.at().row() + 1;
            if (!comments) {
                length -= (int) module.module().comments().stream()
                        .filter(comment -> comment.row() > rule.at().row() && comment.row() <= rule.endRow())
                        .filter(comment ->
                                module.line(comment.row()).stripLeading().startsWith("#"))
                        .count();
            }
            if (length > (Linted.isTest(rule) ? mostOfTests : most) && !(empty && exceptEmpty)) {
                report.at(rule.at(), String.valueOf(length));
            }
        }
    }

    static void useAssignmentOperator(Linted module, Report report) {
        for (Rule rule : module.tree().rules()) {
            if (Terms.hasValue(rule) && rule.member() == null && !rule.written().assigned()) {
                report.at(rule);
            }
        }
        Set<String> globals = report.project().globals(module);
        for (Tree.Body body : module.tree().bodies()) {
            Scope scope = new Scope(body, globals);
            for (int i = 0; i < body.exprs().size(); i++) {
                Expr expr = body.exprs().get(i);
                if (expr.form() instanceof Expr.Equal equal
                        && equal.left() instanceof Term.Var variable
                        && isFirst(body, i, variable, scope, globals)) {
                    report.at(expr);
                }
            }
        }
    }

    /** Nothing before the expression names the variable, so that it is given its value here. */
    private static boolean isFirst(Tree.Body body, int index, Term.Var variable, Scope scope, Set<String> globals) {
        Set<String> name = Set.of(variable.name());
        boolean before = scope.isDeclared(variable.name())
                || new Assigned(body, index, globals).isFixed(variable)
                || body.exprs().subList(0, index).stream().anyMatch(expr -> Loop.mentions(expr, name));
        boolean outside = body.outer() != null && body.outer().exprs().stream().anyMatch(expr -> binds(expr, variable));
        return !variable.isWildcard() && !before && !outside;
    }

    private static boolean binds(Expr expr, Term.Var variable) {
        return switch (expr.form()) {
            case Expr.Assign assign -> named(assign.target(), variable);
            case Expr.SomeIn some -> named(some.key(), variable) || named(some.value(), variable);
            case Expr.Every every -> named(every.key(), variable) || named(every.value(), variable);
            case Expr.Equal equal -> named(equal.left(), variable) || named(equal.right(), variable);
            case Expr.Holds _, Expr.SomeVars _, Expr.Logic _ -> false;
        };
    }

    private static boolean named(@Nullable Term pattern, Term.Var variable) {
        return Terms.pattern(pattern).stream().anyMatch(one -> one.name().equals(variable.name()));
    }

    static void pointlessReassignment(Linted module, Report report) {
        Set<String> rules = report.project().rulesOf(module.module().pkg());
        for (Rule rule : module.module().rules()) {
            boolean plain =
                    !rule.isFunction() && !rule.written().bodied() && rule.orElse() == null && rule.member() == null;
            if (plain
                    && rule.name().size() == 1
                    && rule.value() instanceof Term.Var value
                    && rules.contains(value.name())) {
                report.at(rule);
            }
        }
        for (Expr expr : module.tree().exprs()) {
            if (expr.form() instanceof Expr.Assign assign
                    && assign.target() instanceof Term.Var
                    && assign.value() instanceof Term.Var value
                    && !value.name().equals("input")
                    && !value.name().equals("data")
                    && expr.withs().isEmpty()) {
                report.at(expr);
            }
        }
    }

    static void equalsPatternMatching(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            Expr only = ConditionChecks.only(rule);
            if (only == null
                    || rule.args() == null
                    || rule.orElse() != null
                    || only.negated()
                    || !only.withs().isEmpty()) {
                continue;
            }
            List<Term> sides = Terms.argsOf(only, "equal");
            if (sides == null && only.form() instanceof Expr.Equal equal) {
                sides = List.of(equal.left(), equal.right());
            }
            if (sides != null
                    && (matches(rule, sides.getFirst(), sides.getLast())
                            || matches(rule, sides.getLast(), sides.getFirst()))) {
                report.at(rule);
            }
        }
    }

    private static boolean matches(Rule rule, Term arg, Term value) {
        return arg instanceof Term.Var variable
                && value instanceof Term.Const
                && rule.args() != null
                && rule.args().stream().anyMatch(own -> Terms.isVar(own, variable.name()));
    }

    static void customHasKeyConstruct(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            Expr only = binary(rule);
            if (only == null) {
                continue;
            }
            boolean takes = switch (only.form()) {
                case Expr.Assign assign -> isLookup(rule, assign.target(), assign.value());
                case Expr.Equal equal ->
                    isLookup(rule, equal.left(), equal.right()) || isLookup(rule, equal.right(), equal.left());
                case Expr.Holds _, Expr.SomeVars _, Expr.SomeIn _, Expr.Every _, Expr.Logic _ -> false;
            };
            if (takes) {
                report.at(rule);
            }
        }
    }

    /** The body of a function of two variables that answers true or nothing. */
    private static @Nullable Expr binary(Rule rule) {
        boolean two = rule.args() != null
                && rule.args().size() == 2
                && rule.args().stream().allMatch(Term.Var.class::isInstance);
        Expr only = ConditionChecks.only(rule);
        return two && only != null && !only.negated() && Terms.isConst(rule.value(), Bool.TRUE) ? only : null;
    }

    private static boolean isLookup(Rule rule, Term wildcard, Term lookup) {
        return Terms.isWildcard(wildcard)
                && lookup instanceof Term.Ref ref
                && ref.path().size() == 1
                && isArg(rule, ref.head())
                && isArg(rule, ref.path().getFirst());
    }

    private static boolean isArg(Rule rule, Term term) {
        return term instanceof Term.Var variable
                && !variable.isWildcard()
                && rule.args() != null
                && rule.args().stream().anyMatch(arg -> Terms.isVar(arg, variable.name()));
    }

    static void customInConstruct(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            Expr only = binary(rule);
            List<Term> sides = only == null ? null : Terms.argsOf(only, "equal");
            if (sides == null && only != null && only.form() instanceof Expr.Equal equal) {
                sides = List.of(equal.left(), equal.right());
            }
            if (sides != null
                    && (isSearch(rule, sides.getFirst(), sides.getLast())
                            || isSearch(rule, sides.getLast(), sides.getFirst()))) {
                report.at(rule);
            }
        }
    }

    private static boolean isSearch(Rule rule, Term item, Term search) {
        return isArg(rule, item)
                && search instanceof Term.Ref ref
                && ref.path().size() == 1
                && isArg(rule, ref.head())
                && Terms.isWildcard(ref.path().getFirst());
    }

    static void oneLinerRule(Linted module, Report report) {
        int most = report.settings().number("max-line-length", 120);
        for (Rule rule : module.module().rules()) {
            Expr only = ConditionChecks.only(rule);
            boolean broken = rule.orElse() == null && rule.endRow() - rule.at().row() == 2;
            if (broken && only != null && only.at().row() == rule.at().row() + 1) {
                String head = module.line(rule.at().row()).strip();
                int length =
                        head.length() - 1 + module.line(only.at().row()).strip().length();
                boolean commented = module.module().comments().stream()
                        .anyMatch(comment -> comment.row() >= rule.at().row() && comment.row() <= rule.endRow());
                if (head.endsWith("{") && length <= most && !commented) {
                    report.at(rule);
                }
            }
        }
    }

    static void preferValueInHead(Linted module, Report report) {
        for (Rule rule : module.tree().rules()) {
            Term named = rule.member() != null ? rule.member() : rule.value();
            if (rule.written().bodied()
                    && rule.body().size() > 1
                    && named instanceof Term.Var value
                    && rule.body().getLast().form() instanceof Expr.Assign assign
                    && Terms.isVar(assign.target(), value.name())
                    && rule.body().getLast().withs().isEmpty()) {
                report.at(rule.body().getLast());
            }
        }
    }
}
