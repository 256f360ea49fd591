package dev.hufu.rego.lint;

import dev.hufu.rego.Num;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.builtin.Registry;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Declarations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules ask of a piece of syntax. */
final class Terms {
    /** First names of builtins, such as {@code time} and {@code count}; what is internal nobody means to call. */
    static final Set<String> BUILTIN_NAMES = Stream.concat(
                    Registry.all().stream().map(Registry.Builtin::name), Stream.of("http", "opa", "rego", "print"))
            .map(name -> name.split("\\.", 2)[0])
            .filter(name -> !name.equals("internal"))
            .collect(Collectors.toUnmodifiableSet());

    static final Set<String> COMPARISONS = Set.of("equal", "neq", "lt", "lte", "gt", "gte");

    private Terms() {}

    static boolean isBuiltin(String name) {
        return Registry.find(name) != null || Declarations.of(name) != null;
    }

    /** The called function's name with dots, empty where the term calls nothing. */
    static String called(Term term) {
        return term instanceof Term.Call call ? dotted(call.function()) : "";
    }

    /** The arguments of a call of the builtin, null where the term is none. */
    static @Nullable List<Term> argsOf(Term term, String builtin) {
        return term instanceof Term.Call call && dotted(call.function()).equals(builtin) ? call.args() : null;
    }

    /** The arguments of the operator or builtin that an expression is made of, null where it is none. */
    static @Nullable List<Term> argsOf(Expr expr, String builtin) {
        return expr.form() instanceof Expr.Holds holds ? argsOf(holds.term(), builtin) : null;
    }

    /** A variable, or a reference by constant names; {@code a.b}. Empty for anything else. */
    static String dotted(Term term) {
        return switch (term) {
            case Term.Var variable -> variable.name();
            case Term.Ref ref
            when ref.head() instanceof Term.Var head && ref.path().stream().allMatch(key -> text(key) != null) ->
                ref.path().stream().map(Terms::text).collect(Collectors.joining(".", head.name() + ".", ""));
            case Term.Ref _,
                    Term.Const _,
                    Term.ArrayOf _,
                    Term.SetOf _,
                    Term.ObjectOf _,
                    Term.Call _,
                    Term.Template _,
                    Term.Comprehension _ -> "";
        };
    }

    /** The head's name and the constant names behind it, up to the first key that is no text. */
    static List<String> names(Term term) {
        List<String> names = new ArrayList<>();
        if (term instanceof Term.Var variable) {
            names.add(variable.name());
        } else if (term instanceof Term.Ref ref && ref.head() instanceof Term.Var head) {
            names.add(head.name());
            for (Term key : ref.path()) {
                String name = text(key);
                if (name == null) {
                    break;
                }
                names.add(name);
            }
        }
        return names;
    }

    /** The text of a constant string. */
    static @Nullable String text(Term term) {
        return term instanceof Term.Const constant && constant.value() instanceof Str text ? text.value() : null;
    }

    static boolean isNumber(Term term, String written) {
        return term instanceof Term.Const constant
                && constant.value() instanceof Num number
                && number.equals(Num.parse(written));
    }

    static boolean isConst(Term term, Value value) {
        return term instanceof Term.Const constant && constant.value().equals(value);
    }

    /** No variable, reference, call or comprehension in it. */
    static boolean isConstant(Term term) {
        return switch (term) {
            case Term.Const _ -> true;
            case Term.Var _, Term.Ref _, Term.Call _, Term.Template _, Term.Comprehension _ -> false;
            case Term.ArrayOf array -> array.items().stream().allMatch(Terms::isConstant);
            case Term.SetOf set -> set.items().stream().allMatch(Terms::isConstant);
            case Term.ObjectOf object ->
                object.entries().stream().allMatch(entry -> isConstant(entry.key()) && isConstant(entry.value()));
        };
    }

    static boolean isWildcard(@Nullable Term term) {
        return term instanceof Term.Var variable && variable.isWildcard();
    }

    static boolean isVar(@Nullable Term term, String name) {
        return term instanceof Term.Var variable && variable.name().equals(name);
    }

    static boolean endsInWildcard(Term term) {
        return term instanceof Term.Ref ref && isWildcard(ref.path().getLast());
    }

    static boolean hasWildcard(Term term) {
        return term instanceof Term.Ref ref && ref.path().stream().anyMatch(Terms::isWildcard);
    }

    /** The rule's name with its constant keys, {@code a.b}. */
    static String name(Rule rule) {
        StringBuilder name = new StringBuilder(names(rule.name().getFirst()).getFirst());
        for (Term key : rule.name().subList(1, rule.name().size())) {
            String text = text(key);
            if (text == null) {
                break;
            }
            name.append('.').append(text);
        }
        return name.toString();
    }

    static String firstName(Rule rule) {
        return names(rule.name().getFirst()).getFirst();
    }

    /** Of a key that only the evaluation tells, {@code p[x]}. */
    static boolean hasDynamicName(Rule rule) {
        return rule.name().stream().skip(1).anyMatch(key -> !(key instanceof Term.Const));
    }

    /** A value is written in the head. */
    static boolean hasValue(Rule rule) {
        return !rule.value().at().equals(rule.name().getFirst().at())
                && !rule.value().at().equals(rule.at());
    }

    /** The names of variables that a pattern binds: those of arrays and objects, not of references in it. */
    static List<Term.Var> pattern(@Nullable Term term) {
        List<Term.Var> found = new ArrayList<>();
        if (term != null) {
            pattern(term, found);
        }
        return found;
    }

    private static void pattern(Term term, List<Term.Var> found) {
        switch (term) {
            case Term.Var variable -> found.add(variable);
            case Term.ArrayOf array -> array.items().forEach(item -> pattern(item, found));
            case Term.ObjectOf object -> object.entries().forEach(entry -> pattern(entry.value(), found));
            case Term.Const _, Term.Ref _, Term.SetOf _, Term.Call _, Term.Template _, Term.Comprehension _ -> {}
        }
    }
}
