package dev.hufu.rego.plan;

import dev.hufu.rego.Lookup;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what bodies need of {@code input} and of their function's arguments: {@code input.a.b == "constant"},
 * {@code input.a in {"x", "y"}}, {@code "x" in input.a}, {@code input.a[_] == "x"}.
 */
final class IndexPlanner {
    private static final int MOST_COLUMNS = 8;
    private static final int WORTH_IT = 3;

    private final Linker linker;

    IndexPlanner(Linker linker) {
        this.linker = linker;
    }

    /**
     * A term that can be looked at before any body runs.
     *
     * @param argument its place among the function's arguments, -1 for {@code input}
     * @param members whether the members of its value count, not the value itself
     */
    private record Site(int argument, List<Value> path, boolean members) {}

    /** A body needs one of these values at the site. */
    private record Need(Site site, Set<Value> values) {}

    RuleIndex index(List<Rule> bodies) {
        if (bodies.size() < WORTH_IT) {
            return RuleIndex.NONE;
        }
        Map<Site, Map<Integer, Set<Value>>> wanted = new LinkedHashMap<>();
        for (int i = 0; i < bodies.size(); i++) {
            for (Need need : needs(bodies.get(i))) {
                wanted.computeIfAbsent(need.site, _ -> new LinkedHashMap<>()).putIfAbsent(i, need.values);
            }
        }
        int most = bodies.size() <= RuleIndex.SMALL ? 1 : MOST_COLUMNS;
        int enough = Math.max(2, bodies.size() / 16);
        return RuleIndex.of(wanted.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= enough)
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .limit(most)
                .map(entry -> column(entry.getKey(), entry.getValue(), bodies.size()))
                .toList());
    }

    private RuleIndex.Column column(Site site, Map<Integer, Set<Value>> wanted, int bodies) {
        Eval key = site.argument < 0 ? new Evals.Input() : new Evals.Slot(site.argument);
        for (Value field : site.path) {
            key = linker.share(new Evals.Field(key, new Lookup(field)));
        }
        return new RuleIndex.Column(key, site.members, wanted, bodies);
    }

    /** In order; of a rule with an {@code else} nothing is needed. */
    private static List<Need> needs(Rule rule) {
        if (rule.orElse() != null) {
            return List.of();
        }
        Map<String, Integer> arguments = new HashMap<>();
        List<Term> args = rule.args();
        for (int i = 0; args != null && i < args.size(); i++) {
            if (args.get(i) instanceof Term.Var variable) {
                arguments.putIfAbsent(variable.name(), i);
            }
        }
        List<Need> needs = new ArrayList<>();
        for (Expr expr : rule.body()) {
            if (!expr.negated() && expr.withs().isEmpty()) {
                Need need = need(expr.form(), arguments);
                if (need != null) {
                    needs.add(need);
                }
            }
        }
        return needs;
    }

    private static @Nullable Need need(Expr.Form form, Map<String, Integer> arguments) {
        if (form instanceof Expr.Equal equal) {
            return equality(equal.left(), equal.right(), arguments);
        }
        if (!(form instanceof Expr.Holds holds
                && holds.term() instanceof Term.Call call
                && call.function() instanceof Term.Var name
                && call.args().size() == 2)) {
            return null;
        }
        Term left = call.args().getFirst();
        Term right = call.args().getLast();
        return switch (name.name()) {
            case "equal" -> equality(left, right, arguments);
            case "internal.member_2" -> membership(left, right, arguments);
            default -> null;
        };
    }

    private static @Nullable Need equality(Term left, Term right, Map<String, Integer> arguments) {
        if (left instanceof Term.Const constant) {
            return need(right, Set.of(constant.value()), arguments);
        }
        return right instanceof Term.Const constant ? need(left, Set.of(constant.value()), arguments) : null;
    }

    private static @Nullable Need membership(Term member, Term collection, Map<String, Integer> arguments) {
        if (member instanceof Term.Const constant) {
            Need need = need(collection, Set.of(constant.value()), arguments);
            return need == null || need.site.members
                    ? null
                    : new Need(new Site(need.site.argument, need.site.path, true), need.values);
        }
        Set<Value> values = constants(collection);
        return values == null ? null : need(member, values, arguments);
    }

    private static @Nullable Set<Value> constants(Term collection) {
        List<Term> items = switch (collection) {
            case Term.SetOf set -> set.items();
            case Term.ArrayOf array -> array.items();
            case Term.Const _,
                    Term.Var _,
                    Term.Ref _,
                    Term.ObjectOf _,
                    Term.Comprehension _,
                    Term.Call _,
                    Term.Template _ -> List.of();
        };
        Set<Value> values = new HashSet<>();
        for (Term item : items) {
            if (!(item instanceof Term.Const constant)) {
                return null;
            }
            values.add(constant.value());
        }
        return values.isEmpty() ? null : values;
    }

    /** The term as a site: below {@code input} or an argument, by constant keys, an iteration at most at the end. */
    private static @Nullable Need need(Term term, Set<Value> values, Map<String, Integer> arguments) {
        Term head = term instanceof Term.Ref ref ? ref.head() : term;
        List<Term> keys = term instanceof Term.Ref ref ? ref.path() : List.of();
        if (!(head instanceof Term.Var variable)) {
            return null;
        }
        Integer argument = variable.name().equals("input") ? Integer.valueOf(-1) : arguments.get(variable.name());
        if (argument == null || (argument < 0 && keys.isEmpty())) {
            return null;
        }
        List<Value> path = new ArrayList<>();
        boolean members = false;
        for (Term key : keys) {
            if (key instanceof Term.Const constant && !members) {
                path.add(constant.value());
            } else if (key instanceof Term.Var name && !members && !TermPlanner.isRoot(name)) {
                members = true;
            } else {
                return null;
            }
        }
        return new Need(new Site(argument, path, members), values);
    }
}
