package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.Str;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The terms' half of {@link Rewriter}: names, nested calls, comprehensions, templates. */
final class TermRewriter {
    private static final String TEMPLATE = "internal.template_string";

    private final Names names;
    private final RuleNode root;
    private final Signatures signatures;
    private final Findings findings;
    private final Fresh fresh;
    private final Rewriter bodies;
    private final MetadataCalls metadata;

    TermRewriter(
            Names names,
            RuleNode root,
            Signatures signatures,
            Findings findings,
            Fresh fresh,
            Rewriter bodies,
            MetadataCalls metadata) {
        this.names = names;
        this.root = root;
        this.signatures = signatures;
        this.findings = findings;
        this.fresh = fresh;
        this.bodies = bodies;
        this.metadata = metadata;
    }

    void metadataOf(Rule rule) {
        metadata.current(rule);
    }

    /** The unique variable of a declared or implicit local. */
    Term.Var variable(Term.Var variable, Scope scope) {
        String unique = scope.find(variable.name());
        return unique == null ? variable : new Term.Var(unique, variable.at());
    }

    /** No call, no reference: those become variables, defined by expressions added to {@code out}. */
    Term simple(Term term, Scope scope, List<Expr> out, List<Expr.With> withs) {
        return flat(element(term, scope, out, withs), out, withs);
    }

    private Term flat(Term term, List<Expr> out, List<Expr.With> withs) {
        return switch (term) {
            case Term.Const _, Term.Comprehension _ -> term;
            case Term.Var variable -> Names.isRoot(variable.name()) ? hoist(term, out, withs) : term;
            case Term.Ref _, Term.Call _, Term.Template _ -> hoist(term, out, withs);
            case Term.ArrayOf array -> new Term.ArrayOf(flatAll(array.items(), out, withs), array.at());
            case Term.SetOf set -> new Term.SetOf(flatAll(set.items(), out, withs), set.at());
            case Term.ObjectOf object -> {
                List<Term.Entry> entries = new ArrayList<>();
                for (Term.Entry entry : object.entries()) {
                    entries.add(new Term.Entry(flat(entry.key(), out, withs), flat(entry.value(), out, withs)));
                }
                yield new Term.ObjectOf(entries, object.at());
            }
        };
    }

    private List<Term> flatAll(List<Term> items, List<Expr> out, List<Expr.With> withs) {
        List<Term> flat = new ArrayList<>();
        items.forEach(item -> flat.add(flat(item, out, withs)));
        return flat;
    }

    private Term.Var hoist(Term term, List<Expr> out, List<Expr.With> withs) {
        Term.Var made = fresh.variable(term.at());
        out.add(Expr.equal(made, term, withs, term.at()));
        return made;
    }

    /** The side of a unification: a call may stay at its top, unless the expression is negated. */
    Term topLevel(Term term, Scope scope, List<Expr> out, List<Expr.With> withs, boolean negated) {
        if (term instanceof Term.Call call && !negated) {
            return call(call, scope, out, withs, 0);
        }
        return element(term, scope, out, withs);
    }

    Term simpleShell(Term target, Scope scope, List<Expr> out, List<Expr.With> withs) {
        return element(target, scope, out, withs);
    }

    /** What {@code some … in} ranges over: something that a key can be appended to. */
    Term domain(Term term, Scope scope, List<Expr> out, List<Expr.With> withs) {
        Term domain = element(term, scope, out, withs);
        return domain instanceof Term.Var || domain instanceof Term.Ref ? domain : hoist(domain, out, withs);
    }

    Term append(Term domain, Term key) {
        if (domain instanceof Term.Ref ref) {
            List<Term> path = new ArrayList<>(ref.path());
            path.add(key);
            return new Term.Ref(ref.head(), path, ref.at());
        }
        return new Term.Ref(domain, List.of(key), domain.at());
    }

    /** A term that stands as an expression. */
    Expr.Form statement(Term term, Scope scope, List<Expr> out, List<Expr.With> withs, boolean negated) {
        if (!(term instanceof Term.Call call)) {
            return new Expr.Holds(element(term, scope, out, withs));
        }
        if (call.function() instanceof Term.Var function
                && function.name().equals("print")
                && names.find("print", call.at()) == null) {
            return new Expr.Holds(
                    signatures.keepsPrints() ? template(printed(call), scope) : Rewriter.truth(call.at()));
        }
        Term rewritten = call(call, scope, out, withs, 1);
        if (rewritten instanceof Term.Call plain) {
            Integer arity = arity(plain.function());
            if (arity != null && plain.args().size() == arity + 1) {
                Term.Call inner = new Term.Call(plain.function(), plain.args().subList(0, arity), plain.at());
                return new Expr.Equal(plain.args().getLast(), inner);
            }
        }
        return new Expr.Holds(rewritten);
    }

    /** The text that a print makes, its arguments with spaces between. */
    private static Term.Template printed(Term.Call call) {
        List<Expr> parts = new ArrayList<>();
        for (Term arg : call.args()) {
            if (!parts.isEmpty()) {
                parts.add(Expr.holds(new Term.Const(new Str(" "), call.at())));
            }
            parts.add(Expr.holds(arg));
        }
        return new Term.Template(parts, false, call.at());
    }

    /** References stay, nested calls are hoisted. */
    private Term element(Term term, Scope scope, List<Expr> out, List<Expr.With> withs) {
        return switch (term) {
            case Term.Const _ -> term;
            case Term.Var variable -> resolve(variable, scope);
            case Term.Ref ref -> reference(ref, scope, out, withs);
            case Term.ArrayOf array -> new Term.ArrayOf(elements(array.items(), scope, out, withs), array.at());
            case Term.SetOf set -> new Term.SetOf(elements(set.items(), scope, out, withs), set.at());
            case Term.ObjectOf object -> {
                List<Term.Entry> entries = new ArrayList<>();
                for (Term.Entry entry : object.entries()) {
                    entries.add(new Term.Entry(
                            element(entry.key(), scope, out, withs), element(entry.value(), scope, out, withs)));
                }
                yield new Term.ObjectOf(entries, object.at());
            }
            case Term.Call call -> {
                Term rewritten = call(call, scope, out, withs, 0);
                yield rewritten instanceof Term.Call ? hoist(rewritten, out, withs) : rewritten;
            }
            case Term.Comprehension comprehension -> comprehension(comprehension, scope);
            case Term.Template template -> hoist(template(template, scope), out, withs);
        };
    }

    private List<Term> elements(List<Term> items, Scope scope, List<Expr> out, List<Expr.With> withs) {
        List<Term> result = new ArrayList<>();
        items.forEach(item -> result.add(element(item, scope, out, withs)));
        return result;
    }

    private Term resolve(Term.Var variable, Scope scope) {
        String name = variable.name();
        if (variable.isWildcard()) {
            return fresh.wildcard(variable.at());
        }
        String unique = scope.find(name);
        if (unique != null) {
            scope.reference(name);
            return new Term.Var(unique, variable.at());
        }
        scope.reference(name);
        Term global = Names.isRoot(name) ? null : names.find(name, variable.at());
        return global == null ? variable : global;
    }

    private Term reference(Term.Ref ref, Scope scope, List<Expr> out, List<Expr.With> withs) {
        Term head = element(ref.head(), scope, out, withs);
        List<Term> path = new ArrayList<>();
        if (head instanceof Term.Ref prefix) {
            head = prefix.head();
            path.addAll(prefix.path());
        } else if (!(head instanceof Term.Var)) {
            head = hoist(head, out, withs);
        }
        for (Term key : ref.path()) {
            path.add(element(key, scope, out, withs));
        }
        return new Term.Ref(head, path, ref.at());
    }

    private Term comprehension(Term.Comprehension comprehension, Scope outer) {
        Scope scope = new Scope(outer);
        List<Expr> body = bodies.body(comprehension.body(), scope);
        Term written = comprehension.key();
        @Nullable Term key = written == null ? null : simple(written, scope, body, List.of());
        Term value = simple(comprehension.value(), scope, body, List.of());
        return new Term.Comprehension(comprehension.shape(), key, value, body, comprehension.at());
    }

    /** Each part becomes the set of its values, so that an undefined one is seen and not fatal. */
    private Term template(Term.Template template, Scope scope) {
        List<Term> parts = new ArrayList<>();
        for (Expr part : template.parts()) {
            Term shown = part.form() instanceof Expr.Holds holds ? holds.term() : Rewriter.truth(part.at());
            if (shown instanceof Term.Const) {
                parts.add(shown);
                continue;
            }
            Scope inner = new Scope(scope);
            List<Expr> body = new ArrayList<>();
            List<Expr.With> withs = withs(part.withs(), inner, body);
            Term.Var value = fresh.variable(part.at());
            Term rewritten = topLevel(shown, inner, body, withs, false);
            body.add(Expr.equal(value, rewritten, withs, part.at()));
            parts.add(new Term.Comprehension(Term.Shape.SET, null, value, body, part.at()));
        }
        List<Term> args = List.of(new Term.ArrayOf(parts, template.at()));
        return new Term.Call(new Term.Var(TEMPLATE, template.at()), args, template.at());
    }

    /**
     * A call with its function resolved: a variable names a builtin, a reference a rule.
     *
     * @param outputs how many arguments more than the function takes may stand there; one, for its value, in a statement
     */
    private Term call(Term.Call call, Scope scope, List<Expr> out, List<Expr.With> withs, int outputs) {
        Term function = function(call.function(), scope);
        if (function == null) {
            String name = dotted(call.function());
            findings.add(RegoError.TYPE, call.at(), "undefined function " + name, suggestion(name));
            return Rewriter.truth(call.at());
        }
        Term constant = metadata.evaluate(function, call.at());
        if (constant != null) {
            return constant;
        }
        Integer arity = arity(function);
        int given = call.args().size();
        if (arity != null && (given < arity || given > arity + outputs)) {
            findings.add(
                    RegoError.TYPE,
                    call.at(),
                    dotted(call.function()) + ": function takes " + arity + " arguments, " + given + " given");
        }
        if (function instanceof Term.Var builtin && !signatures.allowed(builtin.name())) {
            findings.add(
                    RegoError.TYPE,
                    call.at(),
                    "builtin " + builtin.name() + " is not among the capabilities of this engine");
        }
        return new Term.Call(function, elements(call.args(), scope, out, withs), call.at());
    }

    private static String suggestion(String name) {
        return switch (name) {
            case "len", "length", "size" -> "use `count`";
            case "print" -> "";
            case "trim_whitespace" -> "use `trim_space`";
            default -> "";
        };
    }

    /** A variable that names a builtin, a reference to a function rule, or null. */
    private @Nullable Term function(Term written, Scope scope) {
        Term resolved = null;
        if (written instanceof Term.Var variable && scope.find(variable.name()) == null) {
            resolved = names.find(variable.name(), variable.at());
        } else if (written instanceof Term.Ref ref && ref.head() instanceof Term.Var head) {
            Term prefix = Names.isRoot(head.name()) ? head : names.find(head.name(), head.at());
            if (prefix != null) {
                List<Term> path = new ArrayList<>(prefix instanceof Term.Ref before ? before.path() : List.of());
                path.addAll(ref.path());
                Term base = prefix instanceof Term.Ref before ? before.head() : prefix;
                resolved = new Term.Ref(base, path, ref.at());
            }
        }
        if (resolved != null) {
            return arity(resolved) == null ? null : resolved;
        }
        String name = dotted(written);
        return signatures.arity(name) == null ? null : new Term.Var(name, written.at());
    }

    private @Nullable Integer arity(Term function) {
        if (function instanceof Term.Var builtin) {
            return signatures.arity(builtin.name());
        }
        RuleNode node = nodeOf(function);
        return node == null ? null : node.arity();
    }

    private @Nullable RuleNode nodeOf(Term function) {
        if (!(function instanceof Term.Ref ref
                && ref.head() instanceof Term.Var head
                && head.name().equals(Names.DATA))) {
            return null;
        }
        RuleNode node = root;
        for (Term key : ref.path()) {
            node = node == null || !(key instanceof Term.Const constant) ? null : node.child(constant.value());
        }
        return node;
    }

    private static String dotted(Term function) {
        if (function instanceof Term.Ref ref && ref.head() instanceof Term.Var head) {
            StringBuilder name = new StringBuilder(head.name());
            for (Term key : ref.path()) {
                name.append('.').append(key instanceof Term.Const c && c.value() instanceof Str s ? s.value() : "?");
            }
            return name.toString();
        }
        return function instanceof Term.Var variable ? variable.name() : "?";
    }

    List<Expr.With> withs(List<Expr.With> withs, Scope scope, List<Expr> out) {
        List<Expr.With> rewritten = new ArrayList<>();
        for (Expr.With with : withs) {
            Term function = isRootTarget(with.target()) ? null : function(with.target(), scope);
            Term target = function;
            @Nullable Term value = null;
            if (function != null) {
                boolean named = with.value() instanceof Term.Var || with.value() instanceof Term.Ref;
                Term by = named ? function(with.value(), scope) : null;
                value = by == null ? null : new Term.Call(by, List.of(), with.at());
            } else {
                target = element(with.target(), scope, out, List.of());
                checkTarget(target, with.at());
            }
            rewritten.add(new Expr.With(
                    target == null ? with.target() : target,
                    value == null ? simple(with.value(), scope, out, List.of()) : value,
                    with.at()));
        }
        return rewritten;
    }

    private boolean isRootTarget(Term target) {
        Term head = target instanceof Term.Ref ref ? ref.head() : target;
        if (!(head instanceof Term.Var variable)) {
            return false;
        }
        if (variable.name().equals(Names.DATA)) {
            return arity(target) == null;
        }
        return variable.name().equals(Names.INPUT);
    }

    private void checkTarget(Term target, Location at) {
        Term head = target instanceof Term.Ref ref ? ref.head() : target;
        boolean rooted = head instanceof Term.Var variable && Names.isRoot(variable.name());
        boolean ground =
                !(target instanceof Term.Ref ref) || ref.path().stream().allMatch(key -> key instanceof Term.Const);
        if (!rooted || !ground) {
            findings.add(RegoError.TYPE, at, "with keyword target must reference existing input, data, or a function");
        }
    }
}
