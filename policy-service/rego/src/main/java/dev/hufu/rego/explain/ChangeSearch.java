package dev.hufu.rego.explain;

import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Value;
import dev.hufu.rego.plan.Plan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the smallest changes of an input that give a query a wanted value, by breadth: all of one attribute, then of two, and
 * so on.
 *
 * <p>It extends a change only by attributes that the evaluation under it has read. Nothing is lost by that: an evaluation is a
 * function of what it reads, so of a change that gives what is wanted, and none of whose proper parts does, one attribute is
 * among those that the unchanged input's evaluation reads (or the result would be the same), a second among those that the
 * evaluation with the first reads, and so on. Attributes whose change does give what is wanted are not extended.
 */
final class ChangeSearch {
    private final Explained program;
    private final Plan.Single traced;
    private final Plan.Single plain;
    private final @Nullable Value input;
    private final @Nullable Value data;
    private final Wanted wanted;
    private final SearchLimits limits;
    private final LongSupplier nanos;
    private final long deadline;

    private final List<Change> changes = new ArrayList<>();
    /** By change the place of its attribute. */
    private final List<Integer> attributeOf = new ArrayList<>();

    private final List<Attribute> attributes;
    private final Map<List<Value>, BitSet> touched = new HashMap<>();
    private final List<Found> found = new ArrayList<>();
    private final Domains domains;
    private int evaluations;
    private int exceeded;
    private int searched;
    private boolean stopped;

    /**
     * A change that does not do.
     *
     * @param ids of its changes, in order
     * @param next attributes that its evaluation has read
     */
    private record State(List<Integer> ids, BitSet attributes, BitSet next) {}

    private record Found(List<Integer> ids, BitSet attributes, Value result) {}

    ChangeSearch(
            Explained program,
            Plan.Single traced,
            Plan.Single plain,
            @Nullable Value input,
            @Nullable Value data,
            Wanted wanted,
            Domains domains,
            SearchLimits limits,
            LongSupplier nanos) {
        this.program = program;
        this.traced = traced;
        this.plain = plain;
        this.input = input;
        this.data = data;
        this.wanted = wanted;
        this.limits = limits;
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + limits.time().toNanos();
        this.domains = domains;
        this.attributes = List.copyOf(domains.values().keySet());
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            Optional<Value> now = Domains.now(input, attribute);
            for (Optional<Value> to :
                    java.util.Objects.requireNonNull(domains.values().get(attribute))) {
                changes.add(new Change(attribute, now, to));
                attributeOf.add(i);
            }
        }
    }

    Changes search() {
        Optional<Value> now = evaluate(plain, input);
        if (wanted.isMetBy(now)) {
            searched = limits.changes();
            return result(true);
        }
        List<State> level = List.of(new State(List.of(), new BitSet(), read(input)));
        for (int size = 1; size <= limits.changes() && !stopped; size++) {
            level = next(level, size);
            searched = stopped ? searched : size;
        }
        return result(false);
    }

    private Changes result(boolean holds) {
        List<Changes.Proposal> proposals = found.stream()
                .sorted(Comparator.<Found>comparingInt(one -> one.ids.size())
                        .thenComparing(one -> one.ids, ChangeSearch::compare))
                .map(one ->
                        new Changes.Proposal(one.ids.stream().map(changes::get).toList(), one.result))
                .toList();
        return new Changes(
                holds, proposals, limits.changes(), searched, attributes.size(), evaluations, exceeded, domains.cut());
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    /** Tries every extension of the states by one change; gives those that still do not do. */
    private List<State> next(List<State> level, int size) {
        List<BitSet> solved = found.stream().map(Found::attributes).toList();
        Set<List<Integer>> tried = new HashSet<>();
        List<State> following = new ArrayList<>();
        for (State state : level) {
            for (int id = 0; id < changes.size(); id++) {
                int attribute = attributeOf.get(id);
                BitSet all = (BitSet) state.attributes.clone();
                all.set(attribute);
                if (!state.next.get(attribute) || !isOpen(state, attribute, all, solved)) {
                    continue;
                }
                List<Integer> ids = new ArrayList<>(state.ids);
                ids.add(id);
                ids.sort(null);
                if (!tried.add(ids)) {
                    continue;
                }
                if (!canGoOn()) {
                    return List.of();
                }
                attempt(ids, all, size).ifPresent(following::add);
            }
        }
        return following;
    }

    private boolean canGoOn() {
        stopped |= evaluations >= limits.evaluations()
                || found.size() >= limits.proposals()
                || nanos.getAsLong() - deadline > 0;
        return !stopped;
    }

    private boolean isOpen(State state, int attribute, BitSet all, Collection<BitSet> solved) {
        if (state.attributes.get(attribute)) {
            return false;
        }
        Attribute added = attributes.get(attribute);
        if (state.attributes.stream().anyMatch(one -> attributes.get(one).meets(added))) {
            return false;
        }
        return solved.stream().noneMatch(one -> {
            BitSet rest = (BitSet) one.clone();
            rest.andNot(all);
            return rest.isEmpty();
        });
    }

    private Optional<State> attempt(List<Integer> ids, BitSet all, int size) {
        Value changed = input;
        for (int id : ids) {
            changed = changes.get(id).in(changed);
            if (changed == null) {
                return Optional.empty();
            }
        }
        Optional<Value> result = evaluate(plain, changed);
        if (wanted.isMetBy(result)) {
            found.add(new Found(ids, all, result.orElseThrow()));
            return Optional.empty();
        }
        return size < limits.changes() ? Optional.of(new State(ids, all, read(changed))) : Optional.empty();
    }

    private Optional<Value> evaluate(Plan.Single plan, @Nullable Value changed) {
        evaluations++;
        try {
            return plan.evaluate(changed, data, limits.each());
        } catch (EvaluationException failed) {
            exceeded += failed.code().equals(EvaluationException.BUDGET) ? 1 : 0;
            return Optional.empty();
        }
    }

    /** Attributes that the evaluation reads, wholly or in part. */
    private BitSet read(@Nullable Value changed) {
        ReadListener listener = new ReadListener(program);
        try {
            traced.trace(changed, data, limits.each(), listener);
        } catch (EvaluationException failed) {
            // what was read until then decided it
        }
        BitSet read = new BitSet();
        listener.paths().forEach(path -> read.or(touched.computeIfAbsent(path, this::touching)));
        return read;
    }

    private BitSet touching(List<Value> path) {
        BitSet touching = new BitSet();
        for (int i = 0; i < attributes.size(); i++) {
            List<Value> own = attributes.get(i).path();
            if (Paths.begins(path, own) || Paths.begins(own, path)) {
                touching.set(i);
            }
        }
        return touching;
    }
}
