package dev.hufu.auditlog.journal;

import dev.hufu.auditlog.EntryId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The producers of a log, each a chain of its entries with short cuts: entry n of a producer (from 1) points to entry
 * n - 1 and to entry n with its lowest set bit cleared. Following short cuts while they do not overshoot finds any
 * sequence number in O(log² n) steps, and to extend a chain only the entries on the short cut's own path need be known:
 * at most 64 indices a producer, whatever the length of the log. Not thread-safe.
 */
final class ProducerChains {
    /** Where an entry's chain leads: indices, or -1. */
    record Links(int producer, long previous, long shortcut) {}

    private record Step(long ordinal, long index) {}

    /** A producer: its number in order of first appearance, what it appended last, how many. */
    static final class Chain {
        private final int number;
        private final String producer;
        private long lastSequence;
        private long count;
        private final Deque<Step> path = new ArrayDeque<>();

        private Chain(int number, String producer) {
            this.number = number;
            this.producer = producer;
        }

        int number() {
            return number;
        }

        String producer() {
            return producer;
        }

        long lastSequence() {
            return lastSequence;
        }

        long count() {
            return count;
        }

        long head() {
            return path.isEmpty() ? -1 : path.getLast().index();
        }

        /** Pairs of ordinal and index, oldest first: what a snapshot must keep. */
        List<Long> path() {
            List<Long> flat = new ArrayList<>();
            for (Step step : path) {
                flat.add(step.ordinal());
                flat.add(step.index());
            }
            return flat;
        }
    }

    private final Map<String, Chain> chains = new LinkedHashMap<>();

    /** Restores a producer from a snapshot; they come in the order of their numbers. */
    void restore(String producer, long lastSequence, long count, List<Long> path) {
        Chain chain = new Chain(chains.size(), producer);
        chain.lastSequence = lastSequence;
        chain.count = count;
        Iterator<Long> flat = path.iterator();
        while (flat.hasNext()) {
            chain.path.addLast(new Step(flat.next(), flat.next()));
        }
        chains.put(producer, chain);
    }

    /** Adds the entry at {@code index} to its producer's chain. */
    Links add(EntryId id, long index) {
        Chain chain = chains.computeIfAbsent(id.producer(), name -> new Chain(chains.size(), name));
        long previous = chain.head();
        chain.count++;
        chain.lastSequence = id.sequence();
        long target = chain.count & (chain.count - 1);
        while (!chain.path.isEmpty() && chain.path.getLast().ordinal() > target) {
            chain.path.removeLast();
        }
        long shortcut = chain.head();
        chain.path.addLast(new Step(chain.count, index));
        return new Links(chain.number, previous, shortcut);
    }

    @Nullable
    Chain chain(String producer) {
        return chains.get(producer);
    }

    OptionalLong lastSequence(String producer) {
        Chain chain = chains.get(producer);
        return chain == null ? OptionalLong.empty() : OptionalLong.of(chain.lastSequence);
    }

    Collection<Chain> all() {
        return chains.values();
    }
}
