package dev.hufu.rego.format;

import dev.hufu.rego.Str;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Term;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builtin functions that are written between their two operands. */
final class Operators {
    static final String UNION = "or";
    static final String MEMBER = "internal.member_2";
    static final String MEMBER_WITH_KEY = "internal.member_3";
    /** Operands of each but {@code k, v in xs}. */
    static final int OPERANDS = 2;

    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("plus", "+"),
            Map.entry("minus", "-"),
            Map.entry("mul", "*"),
            Map.entry("div", "/"),
            Map.entry("rem", "%"),
            Map.entry("and", "&"),
            Map.entry(UNION, "|"),
            Map.entry("eq", "="),
            Map.entry("assign", ":="),
            Map.entry("equal", "=="),
            Map.entry("neq", "!="),
            Map.entry("lt", "<"),
            Map.entry("lte", "<="),
            Map.entry("gt", ">"),
            Map.entry("gte", ">="));

    private Operators() {}

    /** Null where it is none; {@code in} has names of its own. */
    static @Nullable String sign(Term.Call call) {
        return SIGNS.get(name(call));
    }

    static boolean isMember(Term.Call call) {
        String name = name(call);
        return name.equals(MEMBER) || name.equals(MEMBER_WITH_KEY);
    }

    /** In a collection or comprehension a union looks like the bar of a comprehension. */
    static boolean isUnion(Term term) {
        return term instanceof Term.Call call && name(call).equals(UNION);
    }

    static boolean isUnion(Expr expr) {
        return expr.form() instanceof Expr.Holds(Term.Call call) && call.args().size() == OPERANDS && isUnion(call);
    }

    /** What an expression with an operator writes first; null where it has none. */
    static @Nullable Term lead(Expr.Form form) {
        return switch (form) {
            case Expr.Equal equal -> equal.left();
            case Expr.Assign assign -> assign.target();
            case Expr.Holds(Term.Call call)
            when isInfix(call) -> {
                int operands = operands(call);
                yield call.args().size() == operands
                        ? call.args().getFirst()
                        : call.args().getLast();
            }
            case Expr.Holds _, Expr.SomeVars _, Expr.SomeIn _, Expr.Every _, Expr.Logic _ -> null;
        };
    }

    private static boolean isInfix(Term.Call call) {
        return sign(call) != null || isMember(call);
    }

    private static int operands(Term.Call call) {
        return name(call).equals(MEMBER_WITH_KEY) ? OPERANDS + 1 : OPERANDS;
    }

    /** Begins with a brace when it is written, which would open a body where one may stand. */
    static boolean beginsWithBrace(Expr expr) {
        @Nullable
        Term lead =
                expr.form() instanceof Expr.Holds(Term term) && !(term instanceof Term.Call) ? term : lead(expr.form());
        return lead != null && beginsWithBrace(lead);
    }

    private static boolean beginsWithBrace(Term term) {
        return switch (term) {
            case Term.SetOf set -> !set.items().isEmpty();
            case Term.ObjectOf _ -> true;
            case Term.Comprehension comprehension -> comprehension.shape() != Term.Shape.ARRAY;
            case Term.Ref ref -> beginsWithBrace(ref.head());
            case Term.Call call ->
                isInfix(call)
                        && call.args().size() == operands(call)
                        && beginsWithBrace(call.args().getFirst());
            case Term.Const _, Term.Var _, Term.ArrayOf _, Term.Template _ -> false;
        };
    }

    /** A builtin's dotted name, empty where the function is no plain name. */
    static String name(Term.Call call) {
        StringBuilder name = new StringBuilder();
        switch (call.function()) {
            case Term.Var variable -> name.append(variable.name());
            case Term.Ref ref
            when ref.head() instanceof Term.Var variable -> {
                name.append(variable.name());
                for (Term key : ref.path()) {
                    if (!(key instanceof Term.Const(Str part, Location _))) {
                        return "";
                    }
                    name.append('.').append(part.value());
                }
            }
            case Term.Ref _,
                    Term.Const _,
                    Term.Call _,
                    Term.ArrayOf _,
                    Term.SetOf _,
                    Term.ObjectOf _,
                    Term.Comprehension _,
                    Term.Template _ -> {
                return "";
            }
        }
        return name.toString();
    }
}
