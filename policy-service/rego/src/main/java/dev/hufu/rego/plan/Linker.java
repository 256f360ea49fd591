package dev.hufu.rego.plan;

import dev.hufu.rego.Coverage;
import dev.hufu.rego.builtin.Registry;
import dev.hufu.rego.check.Program;
import dev.hufu.rego.check.RuleNode;
import dev.hufu.rego.check.Signatures;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a program: first every group by name, then their bodies, which may refer to any group. */
final class Linker {
    private static final String KEY = "%key";

    private final Signatures signatures;
    private final boolean strict;
    private final DocumentNode root;
    private final Map<Group, RuleNode> sources = new LinkedHashMap<>();
    private final @Nullable Coverage coverage;
    private final boolean traced;
    private final Map<Object, Eval> shared = new HashMap<>();
    private int places;

    Linker(RuleNode rules, Signatures signatures, boolean strict, @Nullable Coverage coverage, boolean traced) {
        this.signatures = signatures;
        this.traced = traced;
        this.coverage = coverage;
        this.strict = strict;
        this.root = declare(rules);
        sources.forEach(this::define);
    }

    /** What is planned tells a {@link Tracer}; nothing is shared or skipped that it would miss. */
    boolean traced() {
        return traced;
    }

    static String where(Location at) {
        return at.file().isEmpty() ? "" : at.file() + ":" + at.row();
    }

    DocumentNode root() {
        return root;
    }

    /** How many values a world keeps, for all that is planned so far. */
    int places() {
        return places;
    }

    /** A term that depends on the world alone gets a place there, the same for every rule that has it. */
    Eval share(Eval term) {
        boolean closed = switch (term) {
            case Evals.Base _, Evals.Document _ -> true;
            case Evals.Field field -> isClosed(field.of());
            case Evals.Element element -> isClosed(element.of()) && isClosed(element.key());
            case Evals.RuleValueAt rule -> isClosed(rule.key());
            default -> false;
        };
        return closed && !traced ? shared.computeIfAbsent(term, _ -> new Once(places++, term)) : term;
    }

    private static boolean isClosed(Eval term) {
        return switch (term) {
            case Once _, Evals.Constant _, Evals.Input _, Evals.RuleValue _ -> true;
            default -> false;
        };
    }

    private DocumentNode declare(RuleNode rules) {
        DocumentNode node = new DocumentNode(rules.path());
        for (RuleNode child : rules.children()) {
            node.add(child.path().getLast(), declare(child));
        }
        if (!rules.entries().isEmpty()) {
            Group group = group(rules, node);
            node.group(group);
            sources.put(group, rules);
        }
        return node;
    }

    private Group group(RuleNode rules, DocumentNode node) {
        int id = places++;
        if (rules.arity() != null) {
            return new FunctionGroup(id, rules.path(), rules.name());
        }
        boolean isSet = rules.entries().getFirst().source().member() != null;
        if (isSet || rules.isDynamic()) {
            return new DocumentGroup(id, rules.path(), rules.name(), isSet && !rules.isDynamic(), node);
        }
        return new CompleteGroup(id, rules.path(), rules.name());
    }

    private void define(Group group, RuleNode rules) {
        List<Rule> bodies = new ArrayList<>();
        @Nullable Rule fallback = null;
        for (RuleNode.Entry entry : rules.entries()) {
            if (entry.core().isDefault()) {
                fallback = entry.core();
            } else {
                bodies.add(entry.core());
            }
        }
        RuleIndex index = traced ? RuleIndex.NONE : new IndexPlanner(this).index(bodies);
        switch (group) {
            case CompleteGroup complete ->
                complete.define(
                        definitions(group, bodies), index, fallback == null ? null : definition(group, fallback));
            case FunctionGroup function ->
                function.define(
                        definitions(group, bodies), index, fallback == null ? null : definition(group, fallback));
            case DocumentGroup document ->
                document.define(
                        bodies.stream().map(rule -> partial(group, rule)).toList(), index);
        }
    }

    private List<Definition> definitions(Group group, List<Rule> rules) {
        return rules.stream().map(rule -> definition(group, rule)).toList();
    }

    private Definition definition(Group group, Rule rule) {
        Slots slots = new Slots();
        Set<String> bound = new HashSet<>();
        List<Term> args = rule.args();
        if (args != null) {
            for (Term arg : args) {
                if (arg instanceof Term.Var variable) {
                    slots.of(variable.name());
                    bound.add(variable.name());
                }
            }
        }
        BodyPlanner planner = new BodyPlanner(this, slots, bound);
        enter(planner, group, rule, bound.size());
        planner.plan(rule.body());
        cover(planner, rule.at());
        Eval value = seen(planner.terms().eval(rule.value()), false);
        Step entry = planner.link(new Yields.Result(value, group, where(rule.at())));
        Rule next = rule.orElse();
        @Nullable Definition orElse = next == null ? null : definition(group, next);
        return new Definition(slots.code(entry), value.constant(), orElse, where(rule.at()));
    }

    private DocumentGroup.Partial partial(Group group, Rule rule) {
        return new DocumentGroup.Partial(partial(group, rule, false), partial(group, rule, true));
    }

    private Code partial(Group group, Rule rule, boolean keyed) {
        Slots slots = new Slots();
        Set<String> bound = new HashSet<>();
        if (keyed) {
            slots.of(KEY);
            bound.add(KEY);
        }
        BodyPlanner planner = new BodyPlanner(this, slots, bound);
        enter(planner, group, rule, bound.size());
        Term member = rule.member();
        Term first =
                rule.name().isEmpty() && member != null ? member : rule.name().getFirst();
        boolean early = keyed && isPattern(first);
        if (early) {
            new UnifyPlanner(planner, planner.terms()).unify(new Term.Var(KEY, first.at()), first);
        }
        planner.plan(rule.body());
        if (keyed && !early) {
            new UnifyPlanner(planner, planner.terms()).unify(new Term.Var(KEY, first.at()), first);
        }
        cover(planner, rule.at());
        List<Eval> keys = rule.name().stream()
                .map(key -> seen(planner.terms().eval(key), true))
                .toList();
        Eval value = seen(planner.terms().eval(member != null ? member : rule.value()), false);
        Step last = new Yields.Entry(keys.toArray(Eval[]::new), value, member != null);
        return slots.code(planner.link(last));
    }

    /** Plans to tell that the rule's body begins, where a trace is wanted; its arguments or key are in the first slots. */
    private void enter(BodyPlanner planner, Group group, Rule rule, int args) {
        if (traced) {
            planner.emit(new Probes.Enter(rule, group.name, args));
        }
    }

    private Eval seen(Eval value, boolean key) {
        return traced ? new Probes.Seen(value, key) : value;
    }

    /** Plans to note that the row was reached, where coverage is wanted; a query's own text is not counted. */
    void cover(BodyPlanner planner, Location at) {
        Coverage into = coverage;
        if (into != null && at.row() > 0 && !at.file().equals(Program.QUERY)) {
            into.expect(at.file(), at.row());
            planner.emit(new Steps.Cover(into, at.file(), at.row()));
        }
    }

    /** The key can be taken apart before the body gives its variables a value. */
    private static boolean isPattern(Term term) {
        return switch (term) {
            case Term.Const _ -> true;
            case Term.Var variable -> !TermPlanner.isRoot(variable);
            case Term.ArrayOf array -> array.items().stream().allMatch(Linker::isPattern);
            case Term.ObjectOf object ->
                object.entries().stream().allMatch(e -> e.key() instanceof Term.Const && isPattern(e.value()));
            case Term.Ref _, Term.SetOf _, Term.Comprehension _, Term.Call _, Term.Template _ -> false;
        };
    }

    /** Something callable, null for a term that names no function. */
    @Nullable
    Callable callable(Term function) {
        if (function instanceof Term.Var name) {
            Registry.Builtin builtin = Registry.find(name.name());
            return builtin == null ? null : new Calls.BuiltinCall(builtin, strict);
        }
        if (!(function instanceof Term.Ref ref && TermPlanner.isRoot(ref.head()))) {
            return null;
        }
        DocumentNode node = root;
        for (Term key : ref.path()) {
            node = node == null || !(key instanceof Term.Const constant) ? null : node.child(constant.value());
        }
        return node != null && node.group() instanceof FunctionGroup group ? group : null;
    }

    boolean isRelation(Term function) {
        return function instanceof Term.Var name && signatures.isRelation(name.name());
    }

    Eval call(Term function, Eval[] args, String where) {
        if (function instanceof Term.Var name) {
            Registry.Builtin builtin = Registry.find(name.name());
            if (builtin != null) {
                return Calls.builtin(builtin, args, strict, where);
            }
        }
        Callable callable = callable(function);
        if (callable == null) {
            throw new IllegalStateException("unresolved function at " + where);
        }
        Eval call = new Calls.General(callable, args, where);
        boolean closed = !traced && Arrays.stream(args).allMatch(Linker::isClosed);
        List<Object> key = new ArrayList<>(List.of(args));
        key.add(callable.identity());
        return closed ? shared.computeIfAbsent(key, _ -> new Once(places++, call)) : call;
    }
}
