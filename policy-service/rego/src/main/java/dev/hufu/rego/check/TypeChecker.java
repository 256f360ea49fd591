package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Declarations;
import dev.hufu.rego.types.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds expressions that can never hold, by inferring the types of what stands in them as OPA does. */
final class TypeChecker {
    private final RuleNode root;
    private final Findings findings;
    private final TypeTree data;
    /** What rules give, and what a schema says of the input. */
    private final DocumentTypes documents;

    private final SchemaAnnotations schemas;
    private final Replacements replacements;
    private final Set<RuleNode> checked = new HashSet<>();
    private boolean quiet;
    private int errors;

    TypeChecker(RuleNode root, Findings findings, SchemaAnnotations schemas, Recursion order) {
        this(root, findings, new DocumentTypes(new TypeTree(), null), schemas, Replacements.of(root, order));
        schemas.input(findings).ifPresent(type -> documents.put(List.of(new Str(Names.INPUT)), type));
    }

    private TypeChecker(
            RuleNode root,
            Findings findings,
            DocumentTypes documents,
            SchemaAnnotations schemas,
            Replacements replacements) {
        this.root = root;
        this.findings = findings;
        this.documents = documents;
        this.schemas = schemas;
        this.replacements = replacements;
        this.data = documents.tree().descend(List.of(new Str(Names.DATA)));
    }

    /** Checks every rule, those first that others refer to. */
    void check(Recursion order) {
        all(root, order);
    }

    private void all(RuleNode node, Recursion order) {
        if (!node.entries().isEmpty()) {
            node(node, order);
        }
        node.children().forEach(child -> all(child, order));
    }

    private void node(RuleNode node, Recursion order) {
        if (!checked.add(node)) {
            return;
        }
        order.edges(node).forEach(next -> node(next, order));
        for (RuleNode.Entry entry : node.entries()) {
            rule(node.path(), entry.core(), schemas.over(documents, entry, true, findings));
            for (Rule rule = entry.core().orElse(); rule != null; rule = rule.orElse()) {
                rule(node.path(), rule, schemas.over(documents, entry, false, findings));
            }
        }
    }

    private void error(Location at, String message, String hint) {
        errors++;
        if (!quiet) {
            findings.add(RegoError.TYPE, at, message, hint);
        }
    }

    private void rule(List<Value> path, Rule rule, DocumentTypes known) {
        int before = errors;
        TypeEnv env = TypeEnv.of(known, this);
        body(env, rule.body());
        heads(rule).forEach(term -> closures(env, term));
        if (errors > before) {
            data.insert(path, Type.ANY);
            return;
        }
        List<Term> args = rule.args();
        Term member = rule.member();
        if (args != null) {
            args.stream()
                    .filter(arg -> env.of(arg).equals(Type.UNKNOWN))
                    .forEach(arg -> env.infer(arg, Type.ANY, false));
        }
        Type value = env.of(rule.value());
        if (args != null) {
            List<Type.Parameter> parameters = args.stream()
                    .map(arg -> new Type.Parameter("", env.of(arg)))
                    .toList();
            data.insert(path, new Type.Function(parameters, null, new Type.Parameter("", known(value))));
            return;
        }
        Type type = member == null ? known(value) : new Type.SetOf(known(env.of(member)));
        for (Term key : rule.name().reversed()) {
            type = new Type.ObjectOf(List.of(), new Type.Dynamic(known(env.of(key)), type));
        }
        data.insert(path, type);
    }

    private static List<Term> heads(Rule rule) {
        List<Term> terms = new ArrayList<>(rule.name());
        terms.add(rule.value());
        Term member = rule.member();
        if (member != null) {
            terms.add(member);
        }
        return terms;
    }

    private static Type known(Type type) {
        return type.equals(Type.UNKNOWN) ? Type.ANY : type;
    }

    /** Checks a query by what is known of the rules. */
    void query(List<Expr> body, Findings found) {
        TypeChecker checker = new TypeChecker(root, found, documents, schemas, replacements);
        checker.body(TypeEnv.of(documents, checker), body);
    }

    /** The types inside a closure, without telling what is wrong with it; null where something is. */
    @Nullable
    TypeEnv quietly(TypeEnv outer, List<Expr> body) {
        boolean wasQuiet = quiet;
        int before = errors;
        quiet = true;
        TypeEnv inner = outer.inner();
        body(inner, body);
        boolean held = errors == before;
        errors = before;
        quiet = wasQuiet;
        return held ? inner : null;
    }

    private void body(TypeEnv env, List<Expr> body) {
        for (Expr expr : body) {
            TypeEnv own = replacements.apply(env, expr.withs());
            int before = errors;
            closures(own, expr);
            TypeRefs refs = new TypeRefs(own, this::error);
            Vars.terms(expr).forEach(refs::check);
            if (errors == before) {
                expression(own, expr);
            }
        }
    }

    /** Comprehensions, those in the bodies of {@code every} and of operators, too. */
    private void closures(TypeEnv env, Expr expr) {
        Vars.terms(expr).forEach(term -> closures(env, term));
        switch (expr.form()) {
            case Expr.Every every -> every.body().forEach(inner -> closures(env, inner));
            case Expr.Logic logic ->
                logic.operands().forEach(operand -> operand.body().forEach(inner -> closures(env, inner)));
            case Expr.Holds _, Expr.Equal _, Expr.Assign _, Expr.SomeVars _, Expr.SomeIn _ -> {}
        }
    }

    private void closures(TypeEnv env, Term term) {
        if (term instanceof Term.Comprehension comprehension) {
            body(env.inner(), comprehension.body());
            closures(env, comprehension.value());
        }
        Vars.parts(term).forEach(part -> closures(env, part));
    }

    private void expression(TypeEnv env, Expr expr) {
        if (!expr.withs().stream().allMatch(with -> replacement(env, with))) {
            return;
        }
        switch (expr.form()) {
            case Expr.Holds holds -> {
                if (holds.term() instanceof Term.Call call) {
                    if (isEquality(call)) {
                        equal(env, call.args().getFirst(), call.args().getLast(), expr);
                    } else {
                        call(env, call, null, expr);
                    }
                }
            }
            case Expr.Equal equal -> {
                if (equal.right() instanceof Term.Call call) {
                    call(env, call, equal.left(), expr);
                } else if (equal.left() instanceof Term.Call call) {
                    call(env, call, equal.right(), expr);
                } else {
                    equal(env, equal.left(), equal.right(), expr);
                }
            }
            case Expr.Every every -> every(env, every);
            case Expr.Logic logic -> logic.operands().forEach(operand -> references(env, operand.body()));
            case Expr.Assign _, Expr.SomeVars _, Expr.SomeIn _ -> {
                // rewritten before
            }
        }
    }

    /** A function can be replaced only by one that takes the same. */
    private boolean replacement(TypeEnv env, Expr.With with) {
        boolean fits = !(function(env, with.target()) instanceof Type.Function target
                && with.value() instanceof Term.Call call
                && function(env, call.function()) instanceof Type.Function by
                && !Type.unifies(target, by));
        if (!fits) {
            error(with.at(), show(with.target()) + ": arity mismatch", "the replacement takes other arguments");
        }
        return fits;
    }

    private static @Nullable Type function(TypeEnv env, Term name) {
        return name instanceof Term.Var builtin && !Names.isRoot(builtin.name())
                ? Declarations.of(builtin.name())
                : env.of(name);
    }

    /** A comparison that stands as an expression says what a unification does. */
    private static boolean isEquality(Term.Call call) {
        return call.function() instanceof Term.Var builtin
                && builtin.name().equals("equal")
                && call.args().size() == 2;
    }

    private void equal(TypeEnv env, Term left, Term right, Expr expr) {
        Type typeLeft = env.of(left);
        Type typeRight = env.of(right);
        if (!env.unify(left, right)) {
            mismatch(expr.at(), typeLeft, typeRight);
        }
    }

    private void mismatch(Location at, Type left, Type right) {
        error(at, "match error", "left is " + left + ", right is " + right);
    }

    /** As OPA, only looks at the references inside. */
    private void every(TypeEnv env, Expr.Every every) {
        Type domain = env.of(every.domain());
        Term.Var key = every.key();
        if (key != null) {
            env.put(key.name(), known(Type.keys(domain)));
        }
        env.put(every.value().name(), known(Type.values(domain)));
        references(env, every.body());
    }

    private void references(TypeEnv env, List<Expr> body) {
        TypeRefs refs = new TypeRefs(env, this::error);
        for (Expr inner : body) {
            Vars.terms(inner).forEach(refs::check);
            if (inner.form() instanceof Expr.Logic logic) {
                logic.operands().forEach(operand -> references(env, operand.body()));
            }
        }
    }

    private void call(TypeEnv env, Term.Call call, @Nullable Term output, Expr expr) {
        List<Term> args = new ArrayList<>(call.args());
        if (output != null && !(output instanceof Term.Call)) {
            args.add(output);
        }
        String name = call.function() instanceof Term.Var builtin ? builtin.name() : "";
        boolean member = name.equals("internal.member_2") || name.equals("internal.member_3");
        if (member && !member(env, args, name.endsWith("3"), expr.at())) {
            return;
        }
        Type.Function function = name.isEmpty() ? declared(env, call.function()) : Declarations.of(name);
        if (function == null || function.more() != null) {
            args.forEach(arg -> env.infer(arg, Type.ANY, false));
            return;
        }
        List<Type> wanted = new ArrayList<>(
                function.parameters().stream().map(Type.Parameter::type).toList());
        wanted.add(function.result().type());
        List<Type> before = args.stream().map(env::of).toList();
        for (int i = 0; i < args.size() && i < wanted.size(); i++) {
            boolean clash = !Type.isOpen(before.get(i)) && !Type.unifies(before.get(i), wanted.get(i));
            if (clash || !env.infer(args.get(i), wanted.get(i), false)) {
                String have = (clash ? before : args.stream().map(env::of).toList())
                        .stream().map(Type::toString).collect(Collectors.joining(", ", "(", ")"));
                String shown = name.isEmpty() ? show(call.function()) : name;
                error(expr.at(), shown + ": invalid argument(s)", "have " + have + ", want " + function.want());
                return;
            }
        }
    }

    private static Type.@Nullable Function declared(TypeEnv env, Term function) {
        return env.of(function) instanceof Type.Function declared ? declared : null;
    }

    /** What is sought must be of a type that the collection may hold. */
    private boolean member(TypeEnv env, List<Term> args, boolean withKey, Location at) {
        int last = withKey ? 2 : 1;
        Type collection = args.size() > last ? env.of(args.get(last)) : Type.UNKNOWN;
        Type values = Type.values(collection);
        if (values.equals(Type.UNKNOWN) || Type.isOpen(values)) {
            return true;
        }
        return (!withKey || operand(env, args.getFirst(), Type.keys(collection), at))
                && operand(env, args.get(last - 1), values, at);
    }

    private boolean operand(TypeEnv env, Term term, Type type, Location at) {
        Type have = env.of(term);
        boolean clash = !Type.isOpen(have) && !Type.unifies(have, type);
        if (clash || !env.infer(term, type, false)) {
            mismatch(at, have, type);
            return false;
        }
        return true;
    }

    /** A reference as it was written, as far as that is known. */
    static String show(Term term) {
        return switch (term) {
            case Term.Var variable -> {
                int mark = variable.name().indexOf(Term.Var.GENERATED);
                yield mark < 0
                        ? variable.name()
                        : mark == 0 ? "_" : variable.name().substring(0, mark);
            }
            case Term.Ref ref -> {
                StringBuilder out = new StringBuilder(show(ref.head()));
                for (Term key : ref.path()) {
                    if (key instanceof Term.Const constant && constant.value() instanceof Str text) {
                        boolean plain = text.value().matches("[A-Za-z_][A-Za-z0-9_]*");
                        out.append(plain ? "." + text.value() : "[" + text + "]");
                    } else {
                        out.append('[').append(show(key)).append(']');
                    }
                }
                yield out.toString();
            }
            case Term.Const constant -> constant.value().toString();
            case Term.ArrayOf _, Term.SetOf _, Term.ObjectOf _, Term.Comprehension _, Term.Call _, Term.Template _ ->
                "…";
        };
    }
}
