package dev.hufu.rego.explain;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import dev.hufu.rego.check.RuleNode;
import dev.hufu.rego.check.TermWalk;
import dev.hufu.rego.explain.Comparisons.How;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the rules compare the input with, by following where values flow: through variables, helper rules, parameters and
 * results of functions, elements of collections. The order of expressions does not count (as in Andersen's points-to
 * analysis), so it finds more than can happen, and bounded, so it may miss some; a search tries what it finds.
 */
final class DomainFinder {
    private static final int MAX_ROUNDS = 8;
    private static final int MAX_ATOMS = 256;
    private static final Set<String> ORDER = Set.of("lt", "lte", "gt", "gte");
    private static final Set<String> SAME = Set.of("equal", "startswith", "endswith", "contains");
    /** Builtins whose result is much like their first operand. */
    private static final Set<String> PASSING =
            Set.of("lower", "upper", "trim_space", "to_number", "sort", "array.reverse", "json.filter", "json.remove");

    private static final Set<String> JOINING = Set.of("or", "and", "minus", "array.concat", "object.union", "union");

    private record Variable(Object scope, String name) {}

    private final RuleNode root;
    private final Comparisons comparisons = new Comparisons();
    private final Map<Variable, Set<Atom>> variables = new HashMap<>();
    private final Map<String, Set<Atom>> values = new HashMap<>();
    private boolean changed;
    private Object scope = this;

    private DomainFinder(RuleNode root) {
        this.root = root;
    }

    static Comparisons find(RuleNode root, List<Expr> query) {
        DomainFinder finder = new DomainFinder(root);
        finder.changed = true;
        for (int round = 0; finder.changed && round < MAX_ROUNDS; round++) {
            finder.changed = false;
            finder.rules(root);
            finder.scope = finder;
            query.forEach(finder::expression);
        }
        return finder.comparisons;
    }

    private void rules(RuleNode node) {
        for (RuleNode.Entry entry : node.entries()) {
            scope = entry;
            for (Rule rule = entry.core(); rule != null; rule = rule.orElse()) {
                rule(node, rule);
            }
        }
        node.children().forEach(this::rules);
    }

    private void rule(RuleNode node, Rule rule) {
        List<Term> args = rule.args();
        for (int i = 0; args != null && i < args.size(); i++) {
            flow(args.get(i), values.getOrDefault(node.name() + "#" + i, Set.of()));
        }
        rule.body().forEach(this::expression);
        Term member = rule.member();
        Set<Atom> given = atoms(member == null ? rule.value() : member);
        boolean partial = member != null || !rule.name().isEmpty();
        add(values.computeIfAbsent(node.name(), _ -> new LinkedHashSet<>()), partial ? of(given) : given);
    }

    private static Set<Atom> of(Set<Atom> elements) {
        Set<Atom> all = new LinkedHashSet<>();
        elements.forEach(one -> all.add(new Atom.Of(one)));
        return all;
    }

    private void add(Set<Atom> to, Set<Atom> atoms) {
        for (Atom atom : atoms) {
            if (to.size() < MAX_ATOMS && !nested(atom)) {
                changed |= to.add(atom);
            }
        }
    }

    /** Collections of collections of collections come of recursion through data only. */
    private static boolean nested(Atom atom) {
        int depth = 0;
        for (Atom at = atom; at instanceof Atom.Of of; at = of.element()) {
            depth++;
        }
        return depth > 4;
    }

    private void expression(Expr expr) {
        switch (expr.form()) {
            case Expr.Holds holds
            when holds.term() instanceof Term.Call call -> {
                call(call);
                boolean onlyAsked = call.function() instanceof Term.Ref;
                if (onlyAsked) {
                    comparisons.tested(atoms(call));
                }
            }
            case Expr.Holds holds -> comparisons.tested(atoms(holds.term()));
            case Expr.Equal equal -> {
                Set<Atom> left = atoms(equal.left());
                Set<Atom> right = atoms(equal.right());
                flow(equal.left(), right);
                flow(equal.right(), left);
                comparisons.compared(left, right, How.SAME);
            }
            case Expr.Every every -> {
                Set<Atom> domain = atoms(every.domain());
                flow(every.value(), under(domain, Optional.empty()));
                Term.Var key = every.key();
                if (key != null) {
                    flow(key, keys(domain));
                }
            }
            // operands are visited below, as every body inside is
            case Expr.Logic _, Expr.Assign _, Expr.SomeIn _, Expr.SomeVars _ -> {}
        }
        expr.withs().forEach(with -> atoms(with.value()));
        TermWalk.closures(expr, this::expression);
    }

    /** The term, a pattern perhaps, takes these values. */
    private void flow(Term to, Set<Atom> atoms) {
        switch (to) {
            case Term.Var variable
            when !isRoot(variable) ->
                add(variables.computeIfAbsent(new Variable(scope, variable.name()), _ -> new LinkedHashSet<>()), atoms);
            case Term.ArrayOf array -> {
                for (int i = 0; i < array.items().size(); i++) {
                    flow(array.items().get(i), under(atoms, Optional.of(Value.of(i))));
                }
            }
            case Term.ObjectOf object ->
                object.entries().forEach(entry -> flow(entry.value(), under(atoms, constant(entry.key()))));
            case Term.Var _,
                    Term.Const _,
                    Term.Ref _,
                    Term.SetOf _,
                    Term.Comprehension _,
                    Term.Call _,
                    Term.Template _ -> {}
        }
    }

    private static boolean isRoot(Term.Var variable) {
        return variable.name().equals("input") || variable.name().equals("data");
    }

    private static Optional<Value> constant(Term term) {
        return term instanceof Term.Const constant ? Optional.of(constant.value()) : Optional.empty();
    }

    private static Set<Atom> under(Set<Atom> atoms, Optional<Value> key) {
        Set<Atom> all = new LinkedHashSet<>();
        atoms.stream().flatMap(atom -> atom.under(key)).limit(MAX_ATOMS).forEach(all::add);
        return all;
    }

    private static Set<Atom> keys(Set<Atom> atoms) {
        Set<Atom> all = new LinkedHashSet<>();
        atoms.stream().flatMap(Atom::keys).limit(MAX_ATOMS).forEach(all::add);
        return all;
    }

    private Set<Atom> atoms(Term term) {
        Value folded = fold(term);
        if (folded != null) {
            return Set.of(new Atom.Literal(folded));
        }
        return switch (term) {
            case Term.Const constant -> Set.of(new Atom.Literal(constant.value()));
            case Term.Var variable when variable.name().equals("input") -> Set.of(new Atom.In(List.of()));
            case Term.Var variable when variable.name().equals("data") -> Set.of(new Atom.Data(List.of()));
            case Term.Var variable -> variables.getOrDefault(new Variable(scope, variable.name()), Set.of());
            case Term.Ref ref -> reference(ref);
            case Term.ArrayOf array -> collection(array.items());
            case Term.SetOf set -> collection(set.items());
            case Term.ObjectOf object ->
                collection(object.entries().stream().map(Term.Entry::value).toList());
            case Term.Comprehension comprehension -> {
                comprehension.body().forEach(this::expression);
                yield of(atoms(comprehension.value()));
            }
            case Term.Call call -> call(call);
            case Term.Template _ -> Set.of();
        };
    }

    private Set<Atom> collection(List<Term> items) {
        Set<Atom> all = new LinkedHashSet<>();
        items.forEach(item -> all.addAll(of(atoms(item))));
        return all;
    }

    /** A collection of constants as one value. */
    private static @Nullable Value fold(Term term) {
        return switch (term) {
            case Term.Const constant -> constant.value();
            case Term.ArrayOf array -> {
                List<Value> items = foldAll(array.items());
                yield items == null ? null : Arr.of(items);
            }
            case Term.SetOf set -> {
                List<Value> items = foldAll(set.items());
                yield items == null ? null : SetValue.of(items);
            }
            case Term.ObjectOf object -> {
                List<Value> keys =
                        foldAll(object.entries().stream().map(Term.Entry::key).toList());
                List<Value> members =
                        foldAll(object.entries().stream().map(Term.Entry::value).toList());
                yield keys == null || members == null ? null : object(keys, members);
            }
            case Term.Var _, Term.Ref _, Term.Comprehension _, Term.Call _, Term.Template _ -> null;
        };
    }

    private static Obj object(List<Value> keys, List<Value> members) {
        ObjBuilder builder = new ObjBuilder();
        for (int i = 0; i < keys.size(); i++) {
            builder.put(keys.get(i), members.get(i));
        }
        return builder.build();
    }

    private static @Nullable List<Value> foldAll(List<Term> terms) {
        List<Value> values = new ArrayList<>();
        for (Term term : terms) {
            Value value = fold(term);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    private Set<Atom> reference(Term.Ref ref) {
        Set<Atom> at;
        int from = 0;
        if (ref.head() instanceof Term.Var head && head.name().equals("data")) {
            RuleNode node = root;
            while (node != null && node.entries().isEmpty() && from < ref.path().size()) {
                node = constant(ref.path().get(from++)).map(node::child).orElse(null);
            }
            String rule = node == null || node.entries().isEmpty() ? "" : node.name();
            from = rule.isEmpty() ? 0 : from;
            at = rule.isEmpty() ? Set.of(new Atom.Data(List.of())) : values.getOrDefault(rule, Set.of());
        } else {
            at = atoms(ref.head());
        }
        for (Term key : ref.path().subList(from, ref.path().size())) {
            at.forEach(comparisons::read);
            Optional<Value> fixed = constant(key);
            if (fixed.isEmpty()) {
                Set<Atom> keys = keys(at);
                comparisons.compared(atoms(key), keys, How.SAME);
                flow(key, keys);
            }
            at = under(at, fixed);
        }
        at.forEach(comparisons::read);
        return at;
    }

    private Set<Atom> call(Term.Call call) {
        List<Set<Atom>> args = call.args().stream().map(this::atoms).toList();
        if (!(call.function() instanceof Term.Var function)) {
            String name = function(call.function());
            for (int i = 0; i < args.size(); i++) {
                add(values.computeIfAbsent(name + "#" + i, _ -> new LinkedHashSet<>()), args.get(i));
            }
            return values.getOrDefault(name, Set.of());
        }
        String name = function.name();
        if (ORDER.contains(name) || SAME.contains(name)) {
            comparisons.compared(args.get(0), args.get(1), ORDER.contains(name) ? How.ORDER : How.SAME);
        } else if (name.equals("neq")) {
            comparisons.compared(args.get(0), args.get(1), How.OTHER);
        } else if (name.equals("internal.member_2")) {
            comparisons.compared(args.get(0), under(args.get(1), Optional.empty()), How.SAME);
        } else if (name.equals("internal.member_3")) {
            comparisons.compared(args.get(0), keys(args.get(2)), How.SAME);
            comparisons.compared(args.get(1), under(args.get(2), Optional.empty()), How.SAME);
        } else if (PASSING.contains(name)) {
            return args.getFirst();
        } else if (JOINING.contains(name)) {
            Set<Atom> all = new LinkedHashSet<>();
            args.forEach(all::addAll);
            return all;
        } else if (name.equals("object.get")) {
            Set<Atom> all =
                    new LinkedHashSet<>(under(args.get(0), constant(call.args().get(1))));
            comparisons.compared(all, args.get(2), How.SAME);
            all.forEach(comparisons::read);
            return all;
        }
        return Set.of();
    }

    private String function(Term function) {
        RuleNode node = root;
        for (Term key : function instanceof Term.Ref ref ? ref.path() : List.<Term>of()) {
            node = node == null ? null : constant(key).map(node::child).orElse(null);
        }
        return node == null ? "" : node.name();
    }
}
