package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Picks the bodies of a name that are worth a try. A body often says of the same few terms which values it needs
 * ({@code input.purpose == "payroll"}, {@code "hr" in input.roles}); for each such term the bodies are listed by the value. Of
 * several terms the lists are intersected, so that ten thousand rows of a table cost little more than a hundred. Immutable and
 * thread-safe.
 *
 * <p>What it leaves out could not have held: each list has all the bodies that the value allows. Memory: an integer for each
 * value that a body names, and for each term a bit a body, for at most 64 values more.
 */
final class RuleIndex {
    static final RuleIndex NONE = new RuleIndex(List.of());

    /** Up to here one term is enough, and its lists are kept whole. */
    static final int SMALL = 64;

    /** So few candidates are looked up in the other lists one by one. */
    private static final int FEW = 32;

    /** A collection with more members than this is not looked up member by member. */
    private static final int MAX_MEMBERS = 64;

    /** Where more than one body in this many needs a value, they are kept as bits, too. */
    private static final int DENSE = 64;

    private static final int[] NOBODY = {};

    private final Column[] columns;

    private RuleIndex(List<Column> columns) {
        this.columns = columns.toArray(Column[]::new);
    }

    /** Bodies by the value of one term. */
    static final class Column {
        private final Eval key;
        private final boolean members;
        private final Map<Value, Bodies> byValue = new HashMap<>();
        private final Bodies others;
        /** Those that do not depend on the term. */
        private final int[] free;

        private final long[] freeBits;

        /**
         * @param members whether it is a member of the term's value that is compared
         * @param wanted for each body that depends on the term, in order, the values of which it needs one
         */
        Column(Eval key, boolean members, Map<Integer, Set<Value>> wanted, int count) {
            this.key = key;
            this.members = members;
            Map<Value, List<Integer>> bound = new HashMap<>();
            wanted.forEach((body, values) -> values.forEach(value ->
                    bound.computeIfAbsent(value, _ -> new ArrayList<>()).add(body)));
            this.free = IntStream.range(0, count)
                    .filter(body -> !wanted.containsKey(body))
                    .toArray();
            this.freeBits = bits(free, count);
            this.others = new Bodies(0, NOBODY, free, freeBits);
            bound.forEach((value, bodies) -> byValue.put(value, bodies(bodies, count)));
        }

        private Bodies bodies(List<Integer> bound, int count) {
            int[] exact = bound.stream().mapToInt(Integer::intValue).toArray();
            boolean dense = count > SMALL && exact.length > count / DENSE;
            return new Bodies(
                    exact.length,
                    exact,
                    count <= SMALL || free.length == 0 ? merged(exact, free) : null,
                    dense ? union(bits(exact, count), freeBits) : null);
        }

        private static long[] bits(int[] positions, int count) {
            long[] bits = new long[(count + 63) >>> 6];
            for (int position : positions) {
                bits[position >>> 6] |= 1L << position;
            }
            return bits;
        }

        /** What the term's value allows; null where that is not worth finding out. */
        private @Nullable Bodies find(Frame frame) {
            Value value = key.eval(frame);
            if (value == null) {
                return others;
            }
            return members ? findMembers(value) : byValue.getOrDefault(value, others);
        }

        private @Nullable Bodies findMembers(Value collection) {
            int size = Steps.sizeOf(collection);
            if (size > MAX_MEMBERS) {
                return null;
            }
            Bodies found = null;
            for (int i = 0; i < size; i++) {
                Bodies more = byValue.get(Steps.valueAt(collection, i));
                if (more != null) {
                    found = found == null ? more : either(found, more);
                }
            }
            return found == null ? others : found;
        }

        private Bodies either(Bodies one, Bodies other) {
            if (one.bits == null && other.bits == null) {
                int[] exact = merged(one.exact, other.exact);
                return new Bodies(exact.length, exact, null, null);
            }
            return new Bodies(one.count + other.count, NOBODY, null, union(bits(one), bits(other)));
        }

        private boolean allows(Bodies found, int body) {
            long[] bits = found.bits != null ? found.bits : freeBits;
            return (bits[body >>> 6] & 1L << body) != 0 || Arrays.binarySearch(found.exact, body) >= 0;
        }

        private int[] whole(Bodies found) {
            if (found.whole != null) {
                return found.whole;
            }
            return found.bits != null ? positions(found.bits) : merged(found.exact, free);
        }

        /** Not to be written to. */
        private long[] bits(Bodies found) {
            if (found.bits != null) {
                return found.bits;
            }
            long[] bits = freeBits.clone();
            for (int body : found.exact) {
                bits[body >>> 6] |= 1L << body;
            }
            return bits;
        }
    }

    /**
     * Bodies that a value allows.
     *
     * @param count how many need it, at most
     * @param exact those that need it, in order; none where {@code bits} alone tells
     * @param whole with those that need none, where that list is kept
     * @param bits the same as bits, where they are many
     */
    @SuppressWarnings("ArrayRecordComponent") // parts: made here, never compared, never changed
    private record Bodies(int count, int[] exact, int @Nullable [] whole, long @Nullable [] bits) {}

    private static long[] union(long[] left, long[] right) {
        long[] union = left.clone();
        for (int i = 0; i < union.length; i++) {
            union[i] |= right[i];
        }
        return union;
    }

    static RuleIndex of(List<Column> columns) {
        return columns.isEmpty() ? NONE : new RuleIndex(columns);
    }

    /** Positions of bodies in order; null for all. */
    int @Nullable [] candidates(Frame frame) {
        if (columns.length == 1) {
            Bodies found = columns[0].find(frame);
            return found == null ? null : columns[0].whole(found);
        }
        return columns.length == 0 ? null : intersection(frame);
    }

    private int @Nullable [] intersection(Frame frame) {
        @Nullable Bodies[] found = new Bodies[columns.length];
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < columns.length; i++) {
            Bodies bodies = columns[i].find(frame);
            found[i] = bodies;
            if (bodies != null && bodies.count + columns[i].free.length < fewest) {
                fewest = bodies.count + columns[i].free.length;
                best = i;
            }
        }
        Bodies start = best < 0 ? null : found[best];
        if (start == null) {
            return null;
        }
        return fewest <= FEW ? allowed(columns[best].whole(start), found) : intersection(best, found);
    }

    private int[] allowed(int[] few, @Nullable Bodies[] found) {
        int[] kept = new int[few.length];
        int count = 0;
        for (int body : few) {
            boolean holds = true;
            for (int i = 0; i < found.length && holds; i++) {
                Bodies bodies = found[i];
                holds = bodies == null || columns[i].allows(bodies, body);
            }
            if (holds) {
                kept[count++] = body;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private int[] intersection(int best, @Nullable Bodies[] found) {
        long[] bits = columns[best]
                .bits(java.util.Objects.requireNonNull(found[best]))
                .clone();
        for (int i = 0; i < found.length; i++) {
            Bodies bodies = found[i];
            if (bodies != null && i != best) {
                long[] other = columns[i].bits(bodies);
                for (int word = 0; word < bits.length; word++) {
                    bits[word] &= other[word];
                }
            }
        }
        return positions(bits);
    }

    private static int[] positions(long[] bits) {
        int count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        int[] positions = new int[count];
        int at = 0;
        for (int i = 0; i < bits.length; i++) {
            for (long word = bits[i]; word != 0; word &= word - 1) {
                positions[at++] = (i << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return positions;
    }

    /** Two ordered lists as one, without repeats. */
    private static int[] merged(int[] left, int[] right) {
        if (left.length == 0 || right.length == 0) {
            return left.length == 0 ? right : left;
        }
        int[] merged = new int[left.length + right.length];
        int l = 0;
        int r = 0;
        int count = 0;
        while (l < left.length || r < right.length) {
            boolean fromLeft = r == right.length || (l < left.length && left[l] <= right[r]);
            if (fromLeft && r < right.length && left[l] == right[r]) {
                r++;
            }
            merged[count++] = fromLeft ? left[l++] : right[r++];
        }
        return count == merged.length ? merged : Arrays.copyOf(merged, count);
    }
}
