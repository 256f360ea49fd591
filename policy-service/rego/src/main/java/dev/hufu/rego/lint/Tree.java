package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A module taken apart once: rules with their else branches, bodies, expressions and terms, in order of source. */
final class Tree {
    /**
     * Expressions that hold together, and the terms that they give a value to.
     *
     * @param outer the body around it, null for a rule's own
     * @param heads the terms of the rule's head or of the comprehension's
     * @param terms every term in it, the parts of terms after them, without those of bodies inside
     */
    record Body(Rule rule, @Nullable Body outer, List<Term> heads, List<Expr> exprs, List<Term> terms) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<Body> bodies = new ArrayList<>();
    private final List<Expr> exprs = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();

    Tree(Module module) {
        module.rules().forEach(this::rule);
    }

    Tree(Rule one) {
        rule(one);
    }

    /** Each branch of each rule. */
    List<Rule> rules() {
        return rules;
    }

    List<Body> bodies() {
        return bodies;
    }

    List<Expr> exprs() {
        return exprs;
    }

    List<Term> terms() {
        return terms;
    }

    private void rule(Rule written) {
        boolean first = true;
        for (Rule branch = written; branch != null; branch = branch.orElse()) {
            rules.add(branch);
            List<Term> heads = new ArrayList<>();
            if (first) {
                first = false;
                heads.addAll(branch.name().subList(1, branch.name().size()));
                if (branch.args() != null) {
                    heads.addAll(branch.args());
                }
            }
            if (branch.member() != null) {
                heads.add(branch.member());
            }
            heads.add(branch.value());
            body(branch, null, heads, branch.written().bodied() ? branch.body() : List.of());
        }
    }

    private void body(Rule rule, @Nullable Body outer, List<Term> heads, List<Expr> exprs) {
        Body body = new Body(rule, outer, heads, exprs, new ArrayList<>());
        bodies.add(body);
        heads.forEach(head -> term(head, body));
        exprs.forEach(expr -> expr(expr, body));
    }

    private void expr(Expr expr, Body body) {
        exprs.add(expr);
        switch (expr.form()) {
            case Expr.Holds holds -> term(holds.term(), body);
            case Expr.Equal equal -> {
                term(equal.left(), body);
                term(equal.right(), body);
            }
            case Expr.Assign assign -> {
                term(assign.target(), body);
                term(assign.value(), body);
            }
            case Expr.SomeVars some -> some.vars().forEach(variable -> term(variable, body));
            case Expr.SomeIn some -> {
                if (some.key() != null) {
                    term(some.key(), body);
                }
                term(some.value(), body);
                term(some.domain(), body);
            }
            case Expr.Every every -> {
                term(every.domain(), body);
                body(body.rule(), body, List.of(), every.body());
            }
            case Expr.Logic logic ->
                logic.operands().forEach(operand -> body(body.rule(), body, List.of(), operand.body()));
        }
        expr.withs().forEach(with -> {
            term(with.target(), body);
            term(with.value(), body);
        });
    }

    private void term(Term term, Body body) {
        terms.add(term);
        body.terms().add(term);
        switch (term) {
            case Term.Const _, Term.Var _ -> {}
            case Term.Ref ref -> {
                term(ref.head(), body);
                ref.path().forEach(key -> term(key, body));
            }
            case Term.ArrayOf array -> array.items().forEach(item -> term(item, body));
            case Term.SetOf set -> set.items().forEach(item -> term(item, body));
            case Term.ObjectOf object ->
                object.entries().forEach(entry -> {
                    term(entry.key(), body);
                    term(entry.value(), body);
                });
            case Term.Call call -> call.args().forEach(arg -> term(arg, body));
            case Term.Template template -> template.parts().forEach(part -> expr(part, body));
            case Term.Comprehension comprehension -> {
                List<Term> heads = new ArrayList<>();
                if (comprehension.key() != null) {
                    heads.add(comprehension.key());
                }
                heads.add(comprehension.value());
                body(body.rule(), body, heads, comprehension.body());
            }
        }
    }
}
