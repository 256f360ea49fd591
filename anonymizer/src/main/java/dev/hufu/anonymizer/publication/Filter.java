package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.ValueType;
import dev.hufu.anonymizer.query.Comparison;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.Constant;
import dev.hufu.anonymizer.query.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A condition over dimensions for one period, as sets of codes: negations pushed to the leaves, the period replaced by its value.
 * A leaf says for which codes the comparison is <em>true</em>, so unknown needs no third value.
 */
sealed interface Filter {
    /** Whether the row satisfies it. */
    boolean test(short[][] codes, int row);

    /** Keeps of the first {@code n} rows those that satisfy it, in order; returns how many. */
    default int narrow(short[][] codes, int[] rows, int n) {
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (test(codes, rows[i])) {
                rows[kept++] = rows[i];
            }
        }
        return kept;
    }

    /** Whether some combination of catalogue values that agrees with the grouped codes can satisfy it. */
    boolean possible(Grouping grouping, int[] grouped);

    /** Holds always or never. */
    record Fixed(boolean value) implements Filter {
        @Override
        public int narrow(short[][] codes, int[] rows, int n) {
            return value ? n : 0;
        }

        @Override
        public boolean test(short[][] codes, int row) {
            return value;
        }

        @Override
        public boolean possible(Grouping grouping, int[] grouped) {
            return value;
        }
    }

    /** Holds for some codes of a dimension. */
    @SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
    record Codes(int dimension, boolean[] accepted) implements Filter {
        @Override
        public int narrow(short[][] codes, int[] rows, int n) {
            short[] column = codes[dimension];
            int kept = 0;
            for (int i = 0; i < n; i++) {
                int row = rows[i];
                rows[kept] = row;
                kept += accepted[column[row]] ? 1 : 0;
            }
            return kept;
        }

        @Override
        public boolean test(short[][] codes, int row) {
            return accepted[codes[dimension][row]];
        }

        @Override
        public boolean possible(Grouping grouping, int[] grouped) {
            return grouping.possible(dimension, accepted, grouped);
        }
    }

    /** Holds if all do. */
    @SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
    record All(Filter[] parts) implements Filter {
        @Override
        public int narrow(short[][] codes, int[] rows, int n) {
            int kept = n;
            for (Filter f : parts) {
                kept = f.narrow(codes, rows, kept);
            }
            return kept;
        }

        @Override
        public boolean test(short[][] codes, int row) {
            for (Filter f : parts) {
                if (!f.test(codes, row)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean possible(Grouping grouping, int[] grouped) {
            for (Filter f : parts) {
                if (!f.possible(grouping, grouped)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Holds if any does. */
    @SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
    record Any(Filter[] parts) implements Filter {
        @Override
        public boolean test(short[][] codes, int row) {
            for (Filter f : parts) {
                if (f.test(codes, row)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean possible(Grouping grouping, int[] grouped) {
            for (Filter f : parts) {
                if (f.possible(grouping, grouped)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a condition may differ from period to period. */
    static boolean mentionsPeriod(Condition condition) {
        return switch (condition) {
            case Condition.And(var all) -> all.stream().anyMatch(Filter::mentionsPeriod);
            case Condition.Or(var any) -> any.stream().anyMatch(Filter::mentionsPeriod);
            case Condition.Not(var inner) -> mentionsPeriod(inner);
            case Condition.Compare compare -> compare.term() instanceof Term.OfPeriod;
            case Condition.In in -> in.term() instanceof Term.OfPeriod;
            case Condition.IsNull(var term) -> term instanceof Term.OfPeriod;
        };
    }

    /** The filter of a condition in one period. */
    static Filter of(Condition condition, Publication publication, String period) {
        return of(condition, true, publication, period);
    }

    private static Filter of(Condition condition, boolean positive, Publication p, String period) {
        return switch (condition) {
            case Condition.And(var all) -> combine(positive, all, positive, p, period);
            case Condition.Or(var any) -> combine(!positive, any, positive, p, period);
            case Condition.Not(var inner) -> of(inner, !positive, p, period);
            case Condition.Compare(var term, var op, var constant) ->
                leaf(term, positive, p, period, v -> accepts(v, op, constant));
            case Condition.In(var term, var constants) ->
                leaf(term, positive, p, period, v -> constants.stream().anyMatch(c -> accepts(v, Comparison.EQUAL, c)));
            case Condition.IsNull(var term) -> isNull(term, positive, p);
        };
    }

    private static Filter combine(
            boolean conjunction, List<Condition> conditions, boolean positive, Publication p, String period) {
        List<Filter> parts = new ArrayList<>();
        for (Condition c : conditions) {
            Filter f = of(c, positive, p, period);
            if (f instanceof Fixed(var value)) {
                if (value != conjunction) {
                    return f;
                }
            } else if (f instanceof Codes leaf) {
                merge(parts, leaf, conjunction);
            } else {
                parts.add(f);
            }
        }
        if (parts.isEmpty()) {
            return new Fixed(conjunction);
        }
        Filter[] array = parts.toArray(Filter[]::new);
        return array.length == 1 ? array[0] : conjunction ? new All(array) : new Any(array);
    }

    /** Conditions on one dimension become one set of codes. */
    private static void merge(List<Filter> parts, Codes leaf, boolean conjunction) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Codes(int dimension, boolean[] accepted) && dimension == leaf.dimension) {
                boolean[] both = accepted.clone();
                for (int c = 0; c < both.length; c++) {
                    both[c] = conjunction ? both[c] && leaf.accepted[c] : both[c] || leaf.accepted[c];
                }
                parts.set(i, new Codes(dimension, both));
                return;
            }
        }
        parts.add(leaf);
    }

    private static Filter leaf(
            Term term, boolean positive, Publication p, String period, Predicate<Constant> accepted) {
        return switch (term) {
            case Term.OfPeriod _ -> new Fixed(accepted.test(new Constant.Text(period)) == positive);
            case Term.OfDimension(var asked) -> {
                int d = p.dimension(asked.name());
                Column.Dimension known = p.dimensions().get(d);
                boolean[] codes = new boolean[known.codes()];
                for (int c = 0; c < known.values().size(); c++) {
                    codes[c] = accepted.test(constant(known, c)) == positive;
                }
                yield new Codes(d, codes);
            }
            case Term.Persons _, Term.Mean _, Term.Sum _ ->
                throw new IllegalStateException("a filter is over dimensions");
        };
    }

    private static Filter isNull(Term term, boolean positive, Publication p) {
        if (!(term instanceof Term.OfDimension(var asked))) {
            return new Fixed(!positive);
        }
        int d = p.dimension(asked.name());
        Column.Dimension known = p.dimensions().get(d);
        boolean[] codes = new boolean[known.codes()];
        for (int c = 0; c < codes.length; c++) {
            codes[c] = (c >= known.values().size()) == positive;
        }
        return new Codes(d, codes);
    }

    private static Constant constant(Column.Dimension dimension, int code) {
        String value = dimension.values().get(code);
        return dimension.type() == ValueType.INTEGER
                ? new Constant.Numeric(BigDecimal.valueOf(Long.parseLong(value)))
                : new Constant.Text(value);
    }

    /** A comparison of two constants of one type. */
    static boolean accepts(Constant left, Comparison op, Constant right) {
        if (left instanceof Constant.Text(var a) && right instanceof Constant.Text(var b)) {
            return op.accepts(a.compareTo(b));
        }
        if (left instanceof Constant.Numeric(var a) && right instanceof Constant.Numeric(var b)) {
            return op.accepts(a.compareTo(b));
        }
        return false;
    }
}
