package dev.hufu.rego.check;

import dev.hufu.rego.Bool;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites rules to a smaller language: names are resolved, every declared variable has a name of its own, {@code :=},
 * {@code some … in} and out-parameters are unifications, nested calls are expressions of their own before the one that
 * needs them, heads hold no calls and references.
 */
final class Rewriter {
    private final Names names;
    private final TermRewriter terms;
    private final Findings findings;
    private final Fresh fresh;

    Rewriter(
            Names names, RuleNode root, Signatures signatures, Findings findings, Fresh fresh, MetadataCalls metadata) {
        this.names = names;
        this.findings = findings;
        this.fresh = fresh;
        this.terms = new TermRewriter(names, root, signatures, findings, fresh, this, metadata);
    }

    /** The core form of a rule; its name keeps only the keys of the suffix. */
    Rule rule(Rule rule, List<Term> suffix) {
        terms.metadataOf(rule);
        Scope scope = Scope.ofParameters();
        List<Expr> body = new ArrayList<>();
        @Nullable List<Term> args = rule.args() == null ? null : parameters(rule.args(), scope, body);
        return rule(rule, suffix, args, scope, body);
    }

    private Rule rule(Rule rule, List<Term> suffix, @Nullable List<Term> args, Scope outer, List<Expr> prologue) {
        Scope scope = new Scope(outer);
        List<Expr> body = new ArrayList<>(prologue);
        body.addAll(body(rule.body(), scope));
        List<Term> keys = new ArrayList<>();
        for (Term key : suffix) {
            keys.add(terms.simple(key, scope, body, List.of()));
        }
        @Nullable Term member = rule.member() == null ? null : terms.simple(rule.member(), scope, body, List.of());
        Term value = terms.simple(rule.value(), scope, body, List.of());
        @Nullable Rule orElse = rule.orElse() == null ? null : rule(rule.orElse(), suffix, args, outer, prologue);
        return new Rule(
                keys,
                args,
                member,
                value,
                body,
                orElse,
                rule.isDefault(),
                rule.annotations(),
                rule.written(),
                rule.at(),
                rule.endRow());
    }

    /** A variable a parameter; anything else is matched at the start of the body. */
    private List<Term> parameters(List<Term> args, Scope scope, List<Expr> body) {
        List<Term> parameters = new ArrayList<>();
        List<Term> patterns = new ArrayList<>();
        for (Term arg : args) {
            if (arg instanceof Term.Var variable && !variable.isWildcard() && !Names.isRoot(variable.name())) {
                if (scope.declaresHere(variable.name())) {
                    // f(x, x): the second must equal the first
                    Term.Var again = fresh.variable(arg.at());
                    parameters.add(again);
                    patterns.add(new Term.ArrayOf(List.of(again, variable), arg.at()));
                    continue;
                }
                declare(variable, scope);
                parameters.add(terms.variable(variable, scope));
            } else {
                Term.Var made = fresh.variable(arg.at());
                parameters.add(made);
                if (!(arg instanceof Term.Var variable && variable.isWildcard())) {
                    declareAll(arg, scope);
                    patterns.add(new Term.ArrayOf(List.of(made, arg), arg.at()));
                }
            }
        }
        for (Term pattern : patterns) {
            Term.ArrayOf pair = (Term.ArrayOf) pattern;
            Term right = terms.simple(pair.items().getLast(), scope, body, List.of());
            body.add(Expr.equal(pair.items().getFirst(), right, List.of(), pair.at()));
        }
        return parameters;
    }

    /** Declares the variables of a pattern that no global name explains. */
    private void declareAll(Term pattern, Scope scope) {
        for (String name : Vars.ofPattern(pattern)) {
            if (scope.find(name) == null && names.find(name, pattern.at()) == null && !Names.isRoot(name)) {
                scope.declare(name, fresh.local(name));
            }
        }
    }

    List<Expr> body(List<Expr> body, Scope scope) {
        List<Expr> out = new ArrayList<>();
        for (Expr expr : body) {
            expression(expr, scope, out);
        }
        return out;
    }

    private void expression(Expr expr, Scope scope, List<Expr> out) {
        List<Expr.With> withs = terms.withs(expr.withs(), scope, out);
        switch (expr.form()) {
            case Expr.SomeVars some -> {
                for (Term.Var variable : some.vars()) {
                    declare(variable, scope);
                }
            }
            case Expr.Assign assign -> {
                if (expr.negated()) {
                    findings.add(RegoError.COMPILE, expr.at(), "cannot assign vars inside negated expression");
                }
                Term value = terms.topLevel(assign.value(), scope, out, withs, false);
                declareTarget(assign.target(), scope);
                Term target = terms.simpleShell(assign.target(), scope, out, withs);
                out.add(Expr.equal(target, value, withs, expr.at()));
            }
            case Expr.SomeIn some -> {
                Term domain = terms.domain(some.domain(), scope, out, withs);
                @Nullable Term key = some.key();
                if (key != null) {
                    declareTarget(key, scope);
                }
                declareTarget(some.value(), scope);
                Term index = key == null ? fresh.variable(expr.at()) : terms.simpleShell(key, scope, out, withs);
                Term value = terms.simpleShell(some.value(), scope, out, withs);
                out.add(Expr.equal(terms.append(domain, index), value, withs, expr.at()));
            }
            case Expr.Every every -> {
                Term domain = terms.simple(every.domain(), scope, out, withs);
                Scope inner = new Scope(scope);
                Term.Var key = every.key() == null ? fresh.variable(expr.at()) : quantified(every.key(), inner);
                Term.Var value = quantified(every.value(), inner);
                List<Expr> body = body(every.body(), new Scope(inner));
                out.add(new Expr(new Expr.Every(key, value, domain, body), expr.negated(), withs, expr.at()));
            }
            case Expr.Logic logic -> out.add(new Expr(logic(logic, scope), false, withs, expr.at()));
            case Expr.Equal equal -> {
                Term left = terms.topLevel(equal.left(), scope, out, withs, expr.negated());
                Term right = terms.topLevel(equal.right(), scope, out, withs, expr.negated());
                out.add(new Expr(new Expr.Equal(left, right), expr.negated(), withs, expr.at()));
            }
            case Expr.Holds holds -> {
                Expr.Form form = terms.statement(holds.term(), scope, out, withs, expr.negated());
                out.add(new Expr(form, expr.negated(), withs, expr.at()));
            }
        }
    }

    private Expr.Logic logic(Expr.Logic logic, Scope scope) {
        List<Expr.Operand> operands = new ArrayList<>();
        for (Expr.Operand operand : logic.operands()) {
            if (!operand.explicit() && operand.body().getFirst().form() instanceof Expr.Assign) {
                String where = logic.operator() == Expr.Operator.NOT
                        ? "negated expression"
                        : "implicit " + logic.operator().word() + " operand";
                Location at = operand.body().getFirst().at();
                findings.add(RegoError.COMPILE, at, "cannot assign vars inside " + where);
            }
            List<Expr> body = body(operand.body(), operand.explicit() ? new Scope(scope) : scope);
            operands.add(new Expr.Operand(body, operand.explicit()));
        }
        return new Expr.Logic(logic.operator(), operands);
    }

    private Term.Var quantified(Term.Var variable, Scope scope) {
        if (variable.isWildcard()) {
            return fresh.variable(variable.at());
        }
        scope.declare(variable.name(), fresh.local(variable.name()));
        return terms.variable(variable, scope);
    }

    private void declare(Term.Var variable, Scope scope) {
        String name = variable.name();
        if (variable.isWildcard()) {
            return;
        }
        if (Names.isRoot(name)) {
            findings.add(
                    RegoError.COMPILE,
                    variable.at(),
                    "variables must not shadow " + name + " (use a different variable name)");
            return;
        }
        if (scope.isParameter(name)) {
            findings.add(RegoError.COMPILE, variable.at(), "arg " + name + " redeclared");
        } else if (scope.declaresHere(name)) {
            findings.add(RegoError.COMPILE, variable.at(), "var " + name + " declared above");
        } else if (scope.hasReferenced(name)) {
            findings.add(RegoError.COMPILE, variable.at(), "var " + name + " referenced above");
        }
        scope.declare(name, fresh.local(name));
    }

    private void declareTarget(Term target, Scope scope) {
        switch (target) {
            case Term.Var variable -> {
                if (!variable.isWildcard()) {
                    assign(variable, scope);
                }
            }
            case Term.ArrayOf array -> array.items().forEach(item -> declareTarget(item, scope));
            case Term.ObjectOf object -> object.entries().forEach(entry -> declareTarget(entry.value(), scope));
            case Term.Const _, Term.Ref _, Term.SetOf _, Term.Comprehension _, Term.Call _, Term.Template _ -> {}
        }
    }

    private void assign(Term.Var variable, Scope scope) {
        if (!scope.assign(variable.name())) {
            findings.add(
                    RegoError.COMPILE,
                    variable.at(),
                    "var " + variable.name() + " assigned above",
                    "use `=` or `==` to compare");
            return;
        }
        declare(variable, scope);
    }

    static Term.Const truth(Location at) {
        return new Term.Const(Bool.TRUE, at);
    }

    /** Original names of the variables that the body itself declares, by unique name. */
    static Map<String, String> declaredIn(Scope scope) {
        return scope.declared();
    }
}
