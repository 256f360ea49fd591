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
