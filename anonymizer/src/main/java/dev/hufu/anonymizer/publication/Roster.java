package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import java.util.List;

/**
 * Who is in a population in each period, and each one's dimension values. Input of a build; held by nobody afterwards.
 *
 * @param population its name
 * @param periods labels in time order, e.g. {@code 2026-01}; one empty label for a population without time
 * @param dimensions in the order of {@link Slice#codes()}
 * @param slices one a period
 */
public record Roster(String population, List<String> periods, List<Column.Dimension> dimensions, List<Slice> slices) {
    /**
     * One period.
     *
     * @param persons numbers from 0 on, strictly ascending; taken over, not copied
     * @param codes for each dimension and person the index of the value, or the number of values for none; taken over
     */
    @SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
    public record Slice(int[] persons, short[][] codes) {
        public Slice {
            requireAscending(persons);
            for (short[] column : codes) {
                if (column.length != persons.length) {
                    throw new IllegalArgumentException("a dimension's codes are as many as the persons");
                }
            }
        }
    }

    public Roster {
        periods = List.copyOf(periods);
        dimensions = List.copyOf(dimensions);
        slices = List.copyOf(slices);
        if (periods.isEmpty() || periods.size() != slices.size()) {
            throw new IllegalArgumentException("a roster has at least one period and one slice a period");
        }
        if (!periods.stream().sorted().distinct().toList().equals(periods)) {
            throw new IllegalArgumentException("periods ascend");
        }
        for (Slice s : slices) {
            if (s.codes().length != dimensions.size()) {
                throw new IllegalArgumentException("a slice has the codes of every dimension");
            }
            for (int d = 0; d < s.codes().length; d++) {
                requireKnown(s.codes()[d], dimensions.get(d));
            }
        }
    }

    /** The largest person number, or -1. */
    int maxPerson() {
        int max = -1;
        for (Slice s : slices) {
            max = s.persons().length == 0 ? max : Math.max(max, s.persons()[s.persons().length - 1]);
        }
        return max;
    }

    static void requireAscending(int[] persons) {
        for (int i = 0; i < persons.length; i++) {
            if (persons[i] < 0 || (i > 0 && persons[i] <= persons[i - 1])) {
                throw new IllegalArgumentException("person numbers are not negative and ascend, each once");
            }
        }
    }

    private static void requireKnown(short[] codes, Column.Dimension dimension) {
        for (short c : codes) {
            if (c < 0 || c >= dimension.codes()) {
                throw new IllegalArgumentException(
                        "a code of dimension " + dimension.name() + " is not in its catalogue");
            }
        }
    }
}
