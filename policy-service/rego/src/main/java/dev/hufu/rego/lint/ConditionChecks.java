package dev.hufu.rego.lint;

import dev.hufu.rego.Bool;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Declarations;
import dev.hufu.rego.types.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions that say nothing, or say it in a roundabout way. */
final class ConditionChecks {
    private ConditionChecks() {}

    static void constantCondition(Linted module, Report report) {
        for (Expr expr : conditions(module)) {
            boolean constant = switch (expr.form()) {
                case Expr.Holds holds ->
                    holds.term() instanceof Term.Const
                            || (isComparison(holds.term())
                                    && ((Term.Call) holds.term())
                                            .args().stream().allMatch(Terms::isConstant));
                case Expr.Equal equal -> Terms.isConstant(equal.left()) && Terms.isConstant(equal.right());
                case Expr.Assign _, Expr.SomeVars _, Expr.SomeIn _, Expr.Every _, Expr.Logic _ -> false;
            };
            if (constant) {
                report.at(expr);
            }
        }
    }

    private static boolean isComparison(Term term) {
        return Terms.COMPARISONS.contains(Terms.called(term));
    }

    private static List<Expr> conditions(Linted module) {
        return module.tree().bodies().stream()
                .flatMap(body -> body.exprs().stream())
                .toList();
    }

    static void ifEmptyObject(Linted module, Report report) {
        ifObject(module, report, true);
    }

    static void ifObjectLiteral(Linted module, Report report) {
        ifObject(module, report, false);
    }

    private static void ifObject(Linted module, Report report, boolean empty) {
        for (Rule rule : module.tree().rules()) {
            Expr only = only(rule);
            if (only != null
                    && only.form() instanceof Expr.Holds holds
                    && holds.term() instanceof Term.ObjectOf object
                    && object.entries().isEmpty() == empty) {
                report.at(only);
            }
        }
    }

    /** The one expression of a rule's written body. */
    static @Nullable Expr only(Rule rule) {
        return rule.written().bodied() && rule.body().size() == 1 ? rule.body().getFirst() : null;
    }

    static void impossibleNot(Linted module, Report report) {
        for (Expr expr : module.tree().exprs()) {
            if (expr.negated() && expr.form() instanceof Expr.Holds holds) {
                Term term = holds.term();
                List<String> names = Terms.names(term);
                boolean whole = term instanceof Term.Var
                        || (term instanceof Term.Ref ref
                                && names.size() == ref.path().size() + 1);
                if (whole && report.project().isCollection(module, names)) {
                    report.at(term);
                }
            }
        }
    }

    static void notEqualsInLoop(Linted module, Report report) {
        for (Expr expr : module.tree().exprs()) {
            List<Term> args = Terms.argsOf(expr, "neq");
            if (args != null) {
                args.stream().filter(Terms::hasWildcard).findFirst().ifPresent(report::at);
            }
        }
    }

    static void redundantExistenceCheck(Linted module, Report report) {
        for (Tree.Body body : module.tree().bodies()) {
            for (int i = 0; i + 1 < body.exprs().size(); i++) {
                Expr expr = body.exprs().get(i);
                Expr next = body.exprs().get(i + 1);
                if (!expr.negated()
                        && expr.withs().isEmpty()
                        && next.withs().isEmpty()
                        && !next.negated()
                        && expr.form() instanceof Expr.Holds holds
                        && holds.term() instanceof Term.Ref ref
                        && ref.path().stream().noneMatch(Terms::isWildcard)
                        && needs(next, Canonical.of(ref))) {
                    report.at(expr);
                }
            }
        }
    }

    /** The expression cannot hold where the reference is undefined. */
    private static boolean needs(Expr expr, String ref) {
        return switch (expr.form()) {
            case Expr.Holds holds -> contains(holds.term(), ref);
            case Expr.Assign assign -> contains(assign.value(), ref);
            case Expr.Equal equal -> contains(equal.left(), ref) || contains(equal.right(), ref);
            case Expr.SomeIn some -> contains(some.domain(), ref);
            case Expr.Every every -> contains(every.domain(), ref);
            case Expr.SomeVars _, Expr.Logic _ -> false;
        };
    }

    /** Not in a body of its own, and not as the operand of a template, for which undefined is a value. */
    private static boolean contains(Term term, String ref) {
        return switch (term) {
            case Term.Const _, Term.Var _, Term.Comprehension _, Term.Template _ -> false;
            case Term.Ref own ->
                Canonical.of(own).equals(ref) || own.path().stream().anyMatch(key -> contains(key, ref));
            case Term.ArrayOf array -> array.items().stream().anyMatch(item -> contains(item, ref));
            case Term.SetOf set -> set.items().stream().anyMatch(item -> contains(item, ref));
            case Term.ObjectOf object ->
                object.entries().stream().anyMatch(entry -> contains(entry.key(), ref) || contains(entry.value(), ref));
            case Term.Call call -> call.args().stream().anyMatch(arg -> contains(arg, ref));
        };
    }

    static void redundantLoopCount(Linted module, Report report) {
        for (Tree.Body body : module.tree().bodies()) {
            for (int i = 0; i + 1 < body.exprs().size(); i++) {
                Term counted = countedAsFilled(body.exprs().get(i));
                if (counted != null
                        && body.exprs().get(i + 1).form() instanceof Expr.SomeIn some
                        && Canonical.of(counted).equals(Canonical.of(some.domain()))) {
                    report.at(body.exprs().get(i));
                }
            }
        }
    }

    /** What {@code count(x) > 0}, {@code != 0} or {@code >= 1} counts. */
    private static @Nullable Term countedAsFilled(Expr expr) {
        for (Map.Entry<String, String> way :
                Map.of("gt", "0", "neq", "0", "gte", "1").entrySet()) {
            List<Term> args = Terms.argsOf(expr, way.getKey());
            if (args != null && !expr.negated() && Terms.isNumber(args.getLast(), way.getValue())) {
                List<Term> counted = Terms.argsOf(args.getFirst(), "count");
                return counted == null ? null : counted.getFirst();
            }
        }
        return null;
    }

    static void yodaCondition(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            if (isComparison(term)
                    && term instanceof Term.Call call
                    && call.args().size() == 2) {
                Term right = call.args().getLast();
                if (Terms.isConstant(call.args().getFirst()) && !Terms.isConstant(right) && !Terms.hasWildcard(right)) {
                    report.at(call);
                }
            }
        }
    }

    static void doubleNegative(Linted module, Report report) {
        List<String> prefixes = List.of("cannot_", "no_", "non_", "not_", "without_");
        for (Expr expr : module.tree().exprs()) {
            if (expr.negated() && expr.form() instanceof Expr.Holds holds) {
                Term term = holds.term() instanceof Term.Call call ? call.function() : holds.term();
                List<String> names = Terms.names(term);
                if (!names.isEmpty() && prefixes.stream().anyMatch(names.getLast()::startsWith)) {
                    report.at(expr);
                }
            }
        }
    }

    static void preferEqualsComparison(Linted module, Report report) {
        for (Tree.Body body : module.tree().bodies()) {
            for (int i = 0; i < body.exprs().size(); i++) {
                if (body.exprs().get(i).form() instanceof Expr.Equal equal) {
                    Assigned before = new Assigned(body, i, report.project().globals(module));
                    if (before.isFixed(equal.left()) && before.isFixed(equal.right())) {
                        report.at(body.exprs().get(i));
                    }
                }
            }
        }
    }

    static void booleanAssignment(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            Type.Function declared = Declarations.of(Terms.called(rule.value()));
            boolean judges = declared != null && declared.result().type().equals(Type.BOOLEAN);
            boolean plain = !rule.isDefault() && !rule.written().bodied() && rule.orElse() == null;
            if (judges && plain && rule.member() == null && !Terms.hasDynamicName(rule)) {
                report.at(rule.value());
            }
        }
    }

    static void unconditionalAssignment(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            Expr only = only(rule);
            Term named = rule.member() == null ? rule.value() : rule.member();
            if (only != null
                    && rule.orElse() == null
                    && named instanceof Term.Var value
                    && only.withs().isEmpty()) {
                boolean assigns = switch (only.form()) {
                    case Expr.Assign assign -> Terms.isVar(assign.target(), value.name());
                    case Expr.Equal equal -> Terms.isVar(equal.left(), value.name());
                    case Expr.Holds _, Expr.SomeVars _, Expr.SomeIn _, Expr.Every _, Expr.Logic _ -> false;
                };
                if (assigns
                        && !new Scope(
                                        new Tree(rule).bodies().getFirst(),
                                        report.project().globals(module))
                                .iterates(only)) {
                    report.at(only);
                }
            }
        }
    }

    static void equalsOverCount(Linted module, Report report) {
        for (String operator : List.of("equal", "neq", "gt")) {
            for (Term term : module.tree().terms()) {
                List<Term> args = Terms.argsOf(term, operator);
                if (args != null
                        && Terms.isNumber(args.getLast(), "0")
                        && Terms.called(args.getFirst()).equals("count")) {
                    report.at(term);
                }
            }
        }
    }

    static void superfluousObjectGet(Linted module, Report report) {
        for (Expr expr : conditions(module)) {
            List<Term> sides = Terms.argsOf(expr, "equal");
            if (sides == null || expr.negated()) {
                continue;
            }
            List<Term> call = Terms.argsOf(sides.getFirst(), "object.get");
            if (call != null
                    && call.size() == 3
                    && Terms.isConstant(call.get(1))
                    && Terms.isConstant(call.get(2))
                    && Terms.isConstant(sides.getLast())
                    && !Canonical.of(call.get(2)).equals(Canonical.of(sides.getLast()))) {
                report.at(expr);
            }
        }
    }

    static void ruleAssignsDefault(Linted module, Report report) {
        for (List<Rule> rules : module.byName().values()) {
            for (Rule standing : rules) {
                for (Rule rule : rules) {
                    if (standing.isDefault()
                            && !rule.isDefault()
                            && rule.orElse() == null
                            && rule.member() == null
                            && Canonical.of(rule.value()).equals(Canonical.of(standing.value()))) {
                        report.at(Terms.hasValue(rule) ? rule.value().at() : rule.at());
                    }
                }
            }
        }
    }

    static void defaultOverNot(Linted module, Report report) {
        for (List<Rule> rules : module.byName().values()) {
            for (Rule happy : rules) {
                for (Rule other : rules) {
                    Expr only = only(other);
                    if (!happy.written().bodied()
                            && !happy.isFunction()
                            && happy.value() instanceof Term.Ref ref
                            && only != null
                            && only.negated()
                            && Terms.isConstant(other.value())
                            && !Terms.isConst(other.value(), Bool.TRUE)
                            && only.form() instanceof Expr.Holds holds
                            && Canonical.of(holds.term()).equals(Canonical.of(ref))) {
                        report.at(other);
                    }
                }
            }
        }
    }
}
