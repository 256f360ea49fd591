package dev.hufu.rego.format;

import dev.hufu.rego.Bool;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Extents;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule's head as the layout sees it.
 *
 * @param name without the key of a set that v0 writes as {@code p[x]}
 * @param member what a set's rule adds, else null
 * @param keyed the name's last part is the key of an object: the value is said even where it is {@code true}
 * @param value null for a set
 * @param impliedValue nobody wrote the value, and nobody needs to
 * @param constant there is no body, or one that only says {@code true}
 * @param ifs {@code if} stands before the body
 * @param braces so does a brace
 */
record Head(
        List<Term> name,
        @Nullable Term member,
        boolean keyed,
        @Nullable Term value,
        boolean impliedValue,
        boolean constant,
        boolean ifs,
        boolean braces) {
    private static final int KEYED = 2;

    static Head of(Rule rule, Extents extents, boolean isElse) {
        boolean written = extents.of(rule.value()) != null;
        String gap = rule.written().bodied() ? gap(rule, extents) : "";
        boolean ifs = gap.contains("if");
        boolean constant = rule.orElse() == null
                && rule.body().size() == 1
                && saysTrue(rule.body().getFirst());
        List<Term> name = rule.name();
        boolean pair = name.size() == KEYED && rule.args() == null && rule.member() == null && !isElse;
        if (pair && !ifs && !written) {
            // v0: a set, however its key is written
            return new Head(name.subList(0, 1), name.getLast(), false, null, false, constant, false, true);
        }
        boolean keyed = pair && !rule.isDefault() && (!ifs || isOpen(name.getLast()));
        boolean implied = !written
                && ((pair && ifs) || (!rule.written().bodied() && (rule.args() != null || name.size() > KEYED)));
        @Nullable Term value = rule.member() == null ? rule.value() : null;
        return new Head(name, rule.member(), keyed, value, implied, constant, ifs, gap.contains("{"));
    }

    /** What stands between the head and the body's first expression, without comments. */
    private static String gap(Rule rule, Extents extents) {
        Extents.Extent head = extents.ofHead(rule);
        Extents.Extent first = extents.of(rule.body().getFirst());
        if (first == null || first.start() < head.end()) {
            return "{";
        }
        return head.source().substring(head.end(), first.start()).replaceAll("#[^\n]*", "");
    }

    private static boolean saysTrue(Expr expr) {
        return !expr.negated()
                && expr.withs().isEmpty()
                && expr.form() instanceof Expr.Holds(Term.Const(Bool value, Location _))
                && value.equals(Bool.TRUE);
    }

    boolean valueIsTrue() {
        return value instanceof Term.Const(Bool truth, Location _) && truth.equals(Bool.TRUE);
    }

    /** A key that is not known from the text alone. */
    private static boolean isOpen(Term key) {
        return key instanceof Term.Ref || hasVariables(key);
    }

    private static boolean hasVariables(Term term) {
        return switch (term) {
            case Term.Var _, Term.Call _, Term.Template _ -> true;
            case Term.Const _, Term.Comprehension _ -> false;
            case Term.Ref ref -> ref.path().stream().anyMatch(Head::hasVariables);
            case Term.ArrayOf array -> array.items().stream().anyMatch(Head::hasVariables);
            case Term.SetOf set -> set.items().stream().anyMatch(Head::hasVariables);
            case Term.ObjectOf object ->
                object.entries().stream().anyMatch(entry -> hasVariables(entry.key()) || hasVariables(entry.value()));
        };
    }
}
