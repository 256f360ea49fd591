package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders a body so that every expression finds its variables bound, and reports variables that no order binds. The order is
 * the written one wherever that works.
 */
final class Safety {
    private final Findings findings;

    Safety(Findings findings) {
        this.findings = findings;
    }

    /** The body in an order that works, closures included; reports what cannot. */
    List<Expr> order(List<Expr> body, Set<String> globals) {
        Set<String> inBody = new HashSet<>();
        Map<Integer, Set<String>> unsafe = new LinkedHashMap<>();
        for (int i = 0; i < body.size(); i++) {
            Set<String> vars = new LinkedHashSet<>(Vars.of(body.get(i)));
            inBody.addAll(vars);
            vars.removeAll(globals);
            unsafe.put(i, vars);
        }
        Set<String> safe = new HashSet<>(globals);
        Set<String> bound = new HashSet<>();
        List<Expr> ordered = new ArrayList<>();
        boolean progress = true;
        while (progress && !unsafe.isEmpty()) {
            progress = false;
            for (int i : List.copyOf(unsafe.keySet())) {
                Expr expr = body.get(i);
                Set<String> outputs = SafeVars.outputs(expr, safe);
                Set<String> closure = new HashSet<>(Vars.inClosures(expr));
                closure.retainAll(inBody);
                closure.removeAll(globals);
                closure.removeAll(bound);
                if (!closure.isEmpty()) {
                    continue;
                }
                Set<String> missing = new HashSet<>(Vars.of(expr));
                missing.removeAll(safe);
                missing.removeAll(outputs);
                if (missing.isEmpty()) {
                    unsafe.remove(i);
                    ordered.add(expr);
                    safe.addAll(outputs);
                    bound.addAll(outputs);
                    progress = true;
                }
            }
        }
        unsafe.forEach((i, vars) -> safe.addAll(report(body.get(i), vars, safe)));
        return unsafe.isEmpty() ? closures(ordered, globals) : ordered;
    }

    /** Gives what it told: once in a body is enough. */
    private Set<String> report(Expr expr, Set<String> vars, Set<String> safe) {
        Set<String> missing = new LinkedHashSet<>(vars);
        missing.removeAll(safe);
        missing.removeAll(SafeVars.outputs(expr, safe));
        if (missing.isEmpty()) {
            missing.addAll(Vars.inClosures(expr));
            missing.removeAll(safe);
        }
        boolean named = false;
        for (String name : missing) {
            String shown = shown(name);
            if (shown != null) {
                named = true;
                unsafe(shown, place(expr, name));
            }
        }
        if (!named && !vars.stream().allMatch(safe::contains)) {
            findings.add(RegoError.UNSAFE, expr.at(), "expression is unsafe");
        }
        return missing;
    }

    /** What a rule gives must be known from its parameters and its body, whether that is safe or not. */
    void heads(Rule rule) {
        Set<String> known = new HashSet<>();
        List<Term> args = rule.args();
        if (args != null) {
            args.forEach(arg -> known.addAll(Vars.of(arg)));
        }
        rule.body().forEach(expr -> known.addAll(Vars.of(expr)));
        rule.name().forEach(key -> requireKnown(key, known));
        Term member = rule.member();
        if (member != null) {
            requireKnown(member, known);
        }
        requireKnown(rule.value(), known);
        Rule next = rule.orElse();
        if (next != null) {
            heads(next);
        }
    }

    private void unsafe(String name, Location at) {
        String hint = switch (name) {
            case "_" -> "`not` and comparisons give no variable a value; bind it in a line of its own";
            case "True", "TRUE" -> "write `true`";
            case "False", "FALSE" -> "write `false`";
            case "None", "nil", "undefined", "NULL" -> "write `null`";
            default ->
                "no line of this body gives `" + name + "` a value; is it misspelt, or is an import or `some` missing?";
        };
        findings.add(RegoError.UNSAFE, at, "var " + name + " is unsafe", hint);
    }

    private static Location place(Expr expr, String name) {
        for (Term term : Vars.terms(expr)) {
            Location at = find(term, name);
            if (at != null) {
                return at;
            }
        }
        return expr.at();
    }

    private static @Nullable Location find(Term term, String name) {
        if (term instanceof Term.Var variable && variable.name().equals(name)) {
            return variable.at();
        }
        for (Term part : Vars.parts(term)) {
            Location at = find(part, name);
            if (at != null) {
                return at;
            }
        }
        return null;
    }

    /** The name as written; null for a compiler's own. */
    static @Nullable String shown(String name) {
        if (name.startsWith(Term.Var.GENERATED + "_")) {
            return "_";
        }
        int made = name.indexOf(Term.Var.GENERATED);
        return made == 0 ? null : made > 0 ? name.substring(0, made) : name;
    }

    private List<Expr> closures(List<Expr> body, Set<String> globals) {
        Set<String> known = new HashSet<>(globals);
        List<Expr> result = new ArrayList<>();
        for (Expr expr : body) {
            result.add(closures(expr, known));
            known.addAll(Vars.of(expr));
        }
        return result;
    }

    private Expr closures(Expr expr, Set<String> known) {
        Expr.Form form = switch (expr.form()) {
            case Expr.Holds holds -> new Expr.Holds(closures(holds.term(), known));
            case Expr.Equal equal -> new Expr.Equal(closures(equal.left(), known), closures(equal.right(), known));
            case Expr.Every every -> {
                Set<String> inner = new HashSet<>(known);
                inner.addAll(Vars.of(every.domain()));
                Term domain = closures(every.domain(), known);
                Term.Var key = every.key();
                if (key != null) {
                    inner.add(key.name());
                }
                inner.add(every.value().name());
                yield new Expr.Every(key, every.value(), domain, order(every.body(), inner));
            }
            case Expr.Logic logic ->
                new Expr.Logic(
                        logic.operator(),
                        logic.operands().stream()
                                .map(operand -> new Expr.Operand(order(operand.body(), known), operand.explicit()))
                                .toList());
            case Expr.Assign _, Expr.SomeIn _, Expr.SomeVars _ -> expr.form();
        };
        List<Expr.With> withs = new ArrayList<>();
        for (Expr.With with : expr.withs()) {
            withs.add(new Expr.With(with.target(), closures(with.value(), known), with.at()));
        }
        return new Expr(form, expr.negated(), withs, expr.at());
    }

    Term closures(Term term, Set<String> known) {
        return switch (term) {
            case Term.Const _, Term.Var _ -> term;
            case Term.Ref ref -> new Term.Ref(closures(ref.head(), known), allClosures(ref.path(), known), ref.at());
            case Term.ArrayOf array -> new Term.ArrayOf(allClosures(array.items(), known), array.at());
            case Term.SetOf set -> new Term.SetOf(allClosures(set.items(), known), set.at());
            case Term.Call call -> new Term.Call(call.function(), allClosures(call.args(), known), call.at());
            case Term.Template template -> template;
            case Term.ObjectOf object -> {
                List<Term.Entry> entries = new ArrayList<>();
                for (Term.Entry entry : object.entries()) {
                    entries.add(new Term.Entry(closures(entry.key(), known), closures(entry.value(), known)));
                }
                yield new Term.ObjectOf(entries, object.at());
            }
            case Term.Comprehension comprehension -> {
                List<Expr> body = order(comprehension.body(), known);
                Set<String> inside = new HashSet<>(known);
                comprehension.body().forEach(expr -> inside.addAll(Vars.of(expr)));
                Term key = comprehension.key();
                Term shownKey = key == null ? null : head(key, inside);
                yield new Term.Comprehension(
                        comprehension.shape(), shownKey, head(comprehension.value(), inside), body, comprehension.at());
            }
        };
    }

    /** A head's variables must be known once its body holds. */
    Term head(Term head, Set<String> known) {
        requireKnown(head, known);
        return closures(head, known);
    }

    private void requireKnown(Term head, Set<String> known) {
        for (String name : Vars.of(head)) {
            if (!known.contains(name)) {
                String shown = shown(name);
                Location at = find(head, name);
                unsafe(shown == null ? "_" : shown, at == null ? head.at() : at);
            }
        }
    }

    private List<Term> allClosures(List<Term> terms, Set<String> known) {
        return terms.stream().map(term -> closures(term, known)).toList();
    }
}
