package dev.hufu.rego.syntax;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a default rule may say: a value that needs no other rule, for parameters that are plain variables. */
final class DefaultRule {
    private DefaultRule() {}

    static void check(Term value, @Nullable List<Term> args, Location at) throws SyntaxException {
        String open = open(value);
        if (open != null) {
            throw illegal("value cannot contain " + open, at, "a default is a constant or a comprehension");
        }
        Set<String> names = new HashSet<>();
        for (Term arg : args == null ? List.<Term>of() : args) {
            if (!(arg instanceof Term.Var variable)) {
                throw illegal("arguments cannot contain " + kind(arg), at, "a default function matches any argument");
            }
            if (!variable.isWildcard() && !names.add(variable.name())) {
                throw illegal("arguments cannot be repeated " + variable.name(), at, "name each argument otherwise");
            }
        }
    }

    private static SyntaxException illegal(String what, Location at, String hint) {
        return new SyntaxException("illegal default rule (" + what + ")", at, hint);
    }

    /** The first part that is not known from the text alone; what is in comprehensions is. */
    private static @Nullable String open(Term term) {
        return switch (term) {
            case Term.Var variable ->
                variable.name().equals("input") || variable.name().equals("data") ? "ref" : "var";
            case Term.Ref _ -> "ref";
            case Term.Call _ -> "call";
            case Term.Const _, Term.Comprehension _ -> null;
            case Term.ArrayOf array -> first(array.items().stream());
            case Term.SetOf set -> first(set.items().stream());
            case Term.ObjectOf object ->
                first(object.entries().stream().flatMap(entry -> Stream.of(entry.key(), entry.value())));
            case Term.Template template ->
                first(template.parts().stream()
                        .flatMap(part ->
                                part.form() instanceof Expr.Holds(Term shown) ? Stream.of(shown) : Stream.of()));
        };
    }

    private static @Nullable String first(Stream<Term> parts) {
        return parts.map(DefaultRule::open)
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    private static String kind(Term term) {
        return switch (term) {
            case Term.Const constant -> constant.value().typeName();
            case Term.Var _ -> "var";
            case Term.Ref _ -> "ref";
            case Term.Call _ -> "call";
            case Term.ArrayOf _ -> "array";
            case Term.SetOf _ -> "set";
            case Term.ObjectOf _ -> "object";
            case Term.Comprehension comprehension ->
                comprehension.shape().name().toLowerCase(Locale.ROOT) + "comprehension";
            case Term.Template _ -> "templatestring";
        };
    }
}
