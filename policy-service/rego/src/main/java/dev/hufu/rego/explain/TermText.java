package dev.hufu.rego.explain;

import dev.hufu.rego.Str;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rewritten terms as an author would write them; the compiler's own variables as what they stand for. */
final class TermText {
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("equal", "=="),
            Map.entry("neq", "!="),
            Map.entry("lt", "<"),
            Map.entry("lte", "<="),
            Map.entry("gt", ">"),
            Map.entry("gte", ">="),
            Map.entry("plus", "+"),
            Map.entry("minus", "-"),
            Map.entry("mul", "*"),
            Map.entry("div", "/"),
            Map.entry("rem", "%"),
            Map.entry("and", "&"),
            Map.entry("or", "|"),
            Map.entry("internal.member_2", "in"));
    private static final int MAX_DEPTH = 20;

    private final Map<String, Term> meaning = new HashMap<>();

    /** Learns what the compiler's own variables of this expression stand for. */
    void learn(Expr expr) {
        if (expr.form() instanceof Expr.Equal equal) {
            learn(equal.left(), equal.right());
            learn(equal.right(), equal.left());
        }
    }

    private void learn(Term variable, Term value) {
        if (variable instanceof Term.Var made && made.isGenerated()) {
            meaning.putIfAbsent(made.name(), value);
        }
    }

    /** An expression without its {@code with}. */
    String of(Expr expr) {
        return switch (expr.form()) {
            case Expr.Holds holds -> of(holds.term(), 0);
            case Expr.Equal equal
            when equal.left() instanceof Term.Var made && made.isGenerated() -> of(equal.right(), 0);
            case Expr.Equal equal -> of(equal.left(), 0) + " = " + of(equal.right(), 0);
            case Expr.Every every -> "every … in " + of(every.domain(), 0);
            case Expr.Logic logic -> logic(logic);
            case Expr.Assign _, Expr.SomeIn _, Expr.SomeVars _ -> "";
        };
    }

    private String logic(Expr.Logic logic) {
        String operands = logic.operands().stream()
                .map(operand -> operand.explicit() ? "{…}" : of(operand.body().getLast()))
                .collect(Collectors.joining(" " + logic.operator().word() + " "));
        return logic.operator() == Expr.Operator.NOT ? "not " + operands : operands;
    }

    String of(Term term) {
        return of(term, 0);
    }

    private String of(Term term, int depth) {
        if (depth > MAX_DEPTH) {
            return "…";
        }
        int below = depth + 1;
        return switch (term) {
            case Term.Const constant -> constant.value().toString();
            case Term.Var variable -> variable(variable, below);
            case Term.Ref ref ->
                of(ref.head(), below)
                        + ref.path().stream().map(key -> key(key, below)).collect(Collectors.joining());
            case Term.ArrayOf array -> all(array.items(), "[", "]", below);
            case Term.SetOf set -> all(set.items(), "{", "}", below);
            case Term.ObjectOf object ->
                object.entries().stream()
                        .map(entry -> of(entry.key(), below) + ": " + of(entry.value(), below))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Term.Call call -> call(call, below);
            case Term.Comprehension comprehension ->
                switch (comprehension.shape()) {
                    case ARRAY -> "[" + of(comprehension.value(), below) + " | …]";
                    case SET, OBJECT -> "{" + of(comprehension.value(), below) + " | …}";
                };
            case Term.Template _ -> "$\"…\"";
        };
    }

    private String variable(Term.Var variable, int depth) {
        int made = variable.name().indexOf(Term.Var.GENERATED);
        if (made > 0) {
            return variable.name().substring(0, made);
        }
        Term stands = meaning.get(variable.name());
        return made < 0 ? variable.name() : stands == null ? "_" : of(stands, depth);
    }

    private String key(Term key, int depth) {
        return key instanceof Term.Const constant
                        && constant.value() instanceof Str text
                        && text.value().matches("[A-Za-z_][A-Za-z0-9_]*")
                ? "." + text.value()
                : "[" + of(key, depth) + "]";
    }

    private String call(Term.Call call, int depth) {
        String name = of(call.function(), depth);
        String operator = OPERATORS.get(name);
        return operator != null && call.args().size() == 2
                ? of(call.args().getFirst(), depth) + " " + operator + " "
                        + of(call.args().getLast(), depth)
                : name + all(call.args(), "(", ")", depth);
    }

    private String all(List<Term> items, String open, String close, int depth) {
        return items.stream().map(item -> of(item, depth)).collect(Collectors.joining(", ", open, close));
    }
}
