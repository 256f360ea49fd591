package dev.hufu.rego.lint;

import dev.hufu.rego.builtin.Registry;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the variables of a body have their values from. */
final class Scope {
    private final Set<String> globals;
    private final Set<String> bound = new HashSet<>();
    private final Set<String> declared = new HashSet<>();

    /** Of a body within those around it. */
    Scope(Tree.Body body, Set<String> globals) {
        this.globals = globals;
        for (Tree.Body at = body; at != null; at = at.outer()) {
            at.exprs().forEach(this::expr);
            at.terms().forEach(this::call);
        }
        Rule rule = body.rule();
        if (rule.args() != null) {
            rule.args().forEach(arg -> bind(Terms.pattern(arg)));
        }
    }

    private void expr(Expr expr) {
        switch (expr.form()) {
            case Expr.Assign assign -> bind(Terms.pattern(assign.target()));
            case Expr.Equal equal -> {
                bind(Terms.pattern(equal.left()));
                bind(Terms.pattern(equal.right()));
            }
            case Expr.SomeIn some -> {
                bind(Terms.pattern(some.key()));
                bind(Terms.pattern(some.value()));
            }
            case Expr.Every every -> {
                bind(Terms.pattern(every.key()));
                bind(List.of(every.value()));
            }
            case Expr.SomeVars some -> some.vars().forEach(variable -> declared.add(variable.name()));
            case Expr.Holds _, Expr.Logic _ -> {}
        }
    }

    /** An argument behind the last parameter takes the result; of a function that is unknown, the last may. */
    private void call(Term term) {
        if (term instanceof Term.Call call && !call.args().isEmpty()) {
            Registry.Builtin builtin = Registry.find(Terms.called(term));
            if (builtin == null || builtin.arity() < call.args().size()) {
                bind(Terms.pattern(call.args().getLast()));
            }
        }
    }

    private void bind(List<Term.Var> variables) {
        variables.forEach(variable -> bound.add(variable.name()));
    }

    /** {@code some x} stands in the body or around it. */
    boolean isDeclared(String name) {
        return declared.contains(name);
    }

    boolean isBound(String name) {
        return bound.contains(name);
    }

    /** The key of a reference goes through all keys there are: a wildcard, or a variable that nothing else gives a value. */
    boolean isOutput(Term key) {
        return key instanceof Term.Var variable
                && !variable.isGenerated()
                && (variable.isWildcard() || !(bound.contains(variable.name()) || globals.contains(variable.name())));
    }

    /** The keys of the reference that iterate. */
    List<Term> outputs(Term term) {
        List<Term> outputs = new ArrayList<>();
        if (term instanceof Term.Ref ref) {
            ref.path().stream().filter(this::isOutput).forEach(outputs::add);
        }
        return outputs;
    }

    /** Some reference in the expression, outside of bodies in it, iterates. */
    boolean iterates(Expr expr) {
        return switch (expr.form()) {
            case Expr.SomeIn _ -> true;
            case Expr.Holds holds -> iterates(holds.term());
            case Expr.Assign assign -> iterates(assign.value());
            case Expr.Equal equal -> iterates(equal.left()) || iterates(equal.right());
            case Expr.Every every -> iterates(every.domain());
            case Expr.SomeVars _, Expr.Logic _ -> false;
        };
    }

    private boolean iterates(@Nullable Term term) {
        return switch (term) {
            case null -> false;
            case Term.Const _, Term.Var _, Term.Comprehension _ -> false;
            case Term.Ref ref ->
                !outputs(ref).isEmpty()
                        || iterates(ref.head())
                        || ref.path().stream().anyMatch(this::iterates);
            case Term.ArrayOf array -> array.items().stream().anyMatch(this::iterates);
            case Term.SetOf set -> set.items().stream().anyMatch(this::iterates);
            case Term.ObjectOf object ->
                object.entries().stream().anyMatch(entry -> iterates(entry.key()) || iterates(entry.value()));
            case Term.Call call ->
                Terms.called(call).equals("walk") || call.args().stream().anyMatch(this::iterates);
            case Term.Template template -> template.parts().stream().anyMatch(this::iterates);
        };
    }
}
