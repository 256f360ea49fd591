package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Going through collections: {@code some … in}, wildcards, membership. */
final class IterationChecks {
    private IterationChecks() {}

    static void topLevelIteration(Linted module, Report report) {
        Set<String> globals = report.project().globals(module);
        for (Rule rule : module.module().rules()) {
            boolean plain = !rule.isFunction()
                    && !rule.isDefault()
                    && rule.member() == null
                    && !rule.written().bodied();
            if (plain && rule.value() instanceof Term.Ref ref && !Terms.hasDynamicName(rule)) {
                boolean iterates = ref.path().stream()
                        .anyMatch(key -> key instanceof Term.Var variable && !globals.contains(variable.name()));
                if (iterates) {
                    report.at(ref);
                }
            }
        }
    }

    static void unusedOutputVariable(Linted module, Report report) {
        Set<String> globals = report.project().globals(module);
        for (Rule rule : module.module().rules()) {
            Tree tree = new Tree(rule);
            for (Tree.Body body : tree.bodies()) {
                Scope scope = new Scope(body, globals);
                for (Term term : body.terms()) {
                    for (Term key : scope.outputs(term)) {
                        if (key instanceof Term.Var variable
                                && !variable.isWildcard()
                                && uses(tree, variable.name()) == 1) {
                            report.at(variable);
                        }
                    }
                }
            }
        }
    }

    private static long uses(Tree tree, String name) {
        long declarations = tree.exprs().stream()
                .filter(expr -> expr.form() instanceof Expr.SomeVars some
                        && some.vars().stream()
                                .anyMatch(variable -> variable.name().equals(name)))
                .count();
        return tree.terms().stream().filter(term -> Terms.isVar(term, name)).count() - declarations;
    }

    static void useSomeForOutputVars(Linted module, Report report) {
        Set<String> globals = report.project().globals(module);
        for (Rule rule : module.module().rules()) {
            Set<String> seen = new HashSet<>();
            for (Tree.Body body : new Tree(rule).bodies()) {
                Scope scope = new Scope(body, globals);
                for (Term term : body.terms()) {
                    for (Term key : scope.outputs(term)) {
                        if (key instanceof Term.Var variable
                                && !variable.isWildcard()
                                && !scope.isDeclared(variable.name())
                                && seen.add(variable.name())) {
                            report.at(variable);
                        }
                    }
                }
            }
        }
    }

    static void inWildcardKey(Linted module, Report report) {
        for (Expr expr : module.tree().exprs()) {
            if (expr.form() instanceof Expr.SomeIn some && some.key() != null && Terms.isWildcard(some.key())) {
                report.at(some.key());
            }
        }
        for (Term term : module.tree().terms()) {
            List<Term> args = Terms.argsOf(term, "internal.member_3");
            if (args != null && Terms.isWildcard(args.getFirst())) {
                report.at(args.getFirst());
            }
        }
    }

    static void useInOperator(Linted module, Report report) {
        for (Tree.Body body : module.tree().bodies()) {
            for (Expr expr : body.exprs()) {
                Term looped = searched(expr);
                if (looped != null) {
                    report.at(looped);
                }
            }
        }
    }

    /** In {@code x == xs[_]}, on either side, the reference; not where the other side iterates or is {@code _}, too. */
    private static @Nullable Term searched(Expr expr) {
        List<Term> sides = Terms.argsOf(expr, "equal");
        if (sides == null && expr.form() instanceof Expr.Equal equal) {
            sides = List.of(equal.left(), equal.right());
        }
        if (sides == null) {
            return null;
        }
        Term left = sides.getFirst();
        Term right = sides.getLast();
        if (isSearch(left, right, expr)) {
            return left;
        }
        return isSearch(right, left, expr) ? right : null;
    }

    private static boolean isSearch(Term reference, Term item, Expr expr) {
        boolean fixed = switch (item) {
            case Term.Const _ -> true;
            case Term.Var variable -> !variable.isWildcard() && expr.form() instanceof Expr.Holds;
            case Term.Ref ref -> !Terms.hasWildcard(ref);
            case Term.ArrayOf _, Term.SetOf _, Term.ObjectOf _ -> Terms.isConstant(item);
            case Term.Call _, Term.Template _, Term.Comprehension _ -> false;
        };
        return fixed && Terms.endsInWildcard(reference);
    }

    static void mixedIteration(Linted module, Report report) {
        Set<String> globals = report.project().globals(module);
        for (Tree.Body body : module.tree().bodies()) {
            Scope scope = new Scope(body, globals);
            for (Expr expr : body.exprs()) {
                if (expr.form() instanceof Expr.SomeIn some
                        && !scope.outputs(some.domain()).isEmpty()) {
                    report.at(expr);
                }
            }
        }
    }

    static void preferSomeInIteration(Linted module, Report report) {
        int deep = report.settings().number("ignore-nesting-level", 2);
        boolean exceptSub = report.settings().flag("ignore-if-sub-attribute", true);
        Set<String> globals = report.project().globals(module);
        for (Tree.Body body : module.tree().bodies()) {
            Scope scope = new Scope(body, globals);
            List<Term.Ref> iterated = new ArrayList<>();
            body.exprs().forEach(expr -> references(expr, iterated));
            for (Term.Ref ref : iterated) {
                List<Term> outputs = scope.outputs(ref);
                boolean sub = !outputs.isEmpty() && !ref.path().getLast().equals(outputs.getLast());
                if (!outputs.isEmpty() && outputs.size() < deep && !(sub && exceptSub)) {
                    report.at(ref);
                }
            }
        }
    }

    /** The references of a line that could go through a collection before it. */
    private static void references(Expr expr, List<Term.Ref> found) {
        if (expr.negated()) {
            return;
        }
        switch (expr.form()) {
            case Expr.Assign assign -> references(assign.value(), found);
            case Expr.Equal equal -> {
                references(equal.left(), found);
                references(equal.right(), found);
            }
            case Expr.Holds holds -> references(holds.term(), found);
            case Expr.SomeVars _, Expr.SomeIn _, Expr.Every _, Expr.Logic _ -> {}
        }
    }

    private static void references(Term term, List<Term.Ref> found) {
        if (term instanceof Term.Ref ref) {
            found.add(ref);
            ref.path().forEach(key -> references(key, found));
        } else if (term instanceof Term.Call call) {
            call.args().forEach(arg -> references(arg, found));
        }
    }

    static void unnecessarySome(Linted module, Report report) {
        for (Expr expr : module.tree().exprs()) {
            if (expr.form() instanceof Expr.SomeIn some
                    && Terms.isConstant(some.value())
                    && (some.key() == null || Terms.isConstant(some.key()))) {
                report.at(expr);
            }
        }
    }

    static void nonLoopExpression(Linted module, Report report) {
        Set<String> globals = report.project().globals(module);
        for (Tree.Body body : module.tree().bodies()) {
            if (body.outer() == null) {
                new Loop(new Scope(body, globals)).look(body.exprs(), report);
            }
        }
    }

    static void deferAssignment(Linted module, Report report) {
        Set<String> globals = report.project().globals(module);
        for (Tree.Body body : module.tree().bodies()) {
            Scope scope = new Scope(body, globals);
            for (int i = 0; i + 1 < body.exprs().size(); i++) {
                Expr expr = body.exprs().get(i);
                Expr next = body.exprs().get(i + 1);
                if (expr.form() instanceof Expr.Assign assign
                        && !scope.iterates(expr)
                        && next.form() instanceof Expr.Holds holds
                        && !scope.iterates(next)
                        && !Terms.called(holds.term()).equals("print")
                        && !Loop.mentions(next, names(assign.target()))) {
                    report.at(expr);
                }
            }
        }
    }

    private static Set<String> names(Term pattern) {
        Set<String> names = new HashSet<>();
        Terms.pattern(pattern).forEach(variable -> names.add(variable.name()));
        return names;
    }
}
