package dev.hufu.rego;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rows of modules were evaluated: a rule's first row where it gave a value, an expression's where it was reached.
 * Given to {@link CompileOptions#withCoverage}; safe for use by several threads.
 */
public final class Coverage {
    private final Map<String, BitSet> expected = new TreeMap<>();
    private final Map<String, BitSet> reached = new TreeMap<>();

    /** A module's rows, from 1, in order. */
    public record Rows(String file, List<Integer> covered, List<Integer> notCovered) {
        public Rows {
            covered = List.copyOf(covered);
            notCovered = List.copyOf(notCovered);
        }

        /** 0 to 100. */
        public double percent() {
            int all = covered.size() + notCovered.size();
            return all == 0 ? 100 : 100.0 * covered.size() / all;
        }
    }

    /** The row holds something that may be evaluated. */
    public synchronized void expect(String file, int row) {
        expected.computeIfAbsent(file, _ -> new BitSet()).set(row);
    }

    /** It was. */
    public synchronized void reach(String file, int row) {
        reached.computeIfAbsent(file, _ -> new BitSet()).set(row);
    }

    /** By file, in order of name. */
    public synchronized List<Rows> rows() {
        return expected.entrySet().stream()
                .map(entry -> {
                    BitSet hit = reached.getOrDefault(entry.getKey(), new BitSet());
                    return new Rows(
                            entry.getKey(),
                            entry.getValue().stream().filter(hit::get).boxed().toList(),
                            entry.getValue().stream()
                                    .filter(row -> !hit.get(row))
                                    .boxed()
                                    .toList());
                })
                .toList();
    }

    /** Of all modules together, 0 to 100. */
    public double percent() {
        List<Rows> rows = rows();
        int covered = rows.stream().mapToInt(one -> one.covered().size()).sum();
        int all =
                covered + rows.stream().mapToInt(one -> one.notCovered().size()).sum();
        return all == 0 ? 100 : 100.0 * covered / all;
    }
}
