package dev.hufu.service.analytics;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.ValueType;
import dev.hufu.anonymizer.publication.Roster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Codes the values of dimensions, finds which dimension stands above which, and lays people out by period. A dimension with more
 * values than a catalogue holds is left out.
 */
final class RosterAssembly {
    private final List<String> names;
    private final List<ValueType> types;
    private final List<PeopleScan.Run> runs;
    /** The person number of each run. */
    private final int[] personOf;

    RosterAssembly(List<String> names, List<ValueType> types, List<PeopleScan.Run> runs, Map<String, Integer> numbers) {
        this.names = names;
        this.types = types;
        this.runs = runs;
        this.personOf = runs.stream().mapToInt(run -> number(run, numbers)).toArray();
    }

    Roster roster(String population, List<String> periods) {
        List<Integer> kept = new ArrayList<>();
        List<List<String>> values = new ArrayList<>();
        for (int d = 0; d < names.size(); d++) {
            List<String> found = values(d);
            if (found.size() <= Column.Dimension.MAX_VALUES) {
                kept.add(d);
                values.add(found);
            }
        }
        short[][] codes = new short[kept.size()][];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = codes(kept.get(i), values.get(i));
        }
        List<Column.Dimension> dimensions = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            int d = kept.get(i);
            boolean optional = runs.stream().anyMatch(r -> r.values()[d] == null);
            dimensions.add(new Column.Dimension(
                    names.get(d), types.get(d), values.get(i), optional, parent(i, kept, values, codes)));
        }
        List<Roster.Slice> slices = IntStream.range(0, periods.size())
                .mapToObj(p -> slice(p, codes))
                .toList();
        return new Roster(population, periods, dimensions, slices);
    }

    private List<String> values(int d) {
        Comparator<String> order = types.get(d) == ValueType.INTEGER
                ? Comparator.comparingLong(Long::parseLong)
                : Comparator.naturalOrder();
        Set<String> found = new HashSet<>();
        for (PeopleScan.Run r : runs) {
            if (r.values()[d] != null) {
                found.add(r.values()[d]);
            }
        }
        return found.stream().sorted(order).toList();
    }

    private short[] codes(int d, List<String> values) {
        Map<String, Short> code = new HashMap<>();
        for (int c = 0; c < values.size(); c++) {
            code.put(values.get(c), (short) c);
        }
        short[] codes = new short[runs.size()];
        for (int r = 0; r < codes.length; r++) {
            @Nullable String value = runs.get(r).values()[d];
            codes[r] = value == null ? (short) values.size() : code.getOrDefault(value, (short) values.size());
        }
        return codes;
    }

    /** The finest dimension with fewer values, at least two, that every value of this one determines. */
    private Optional<Column.Dimension.Parent> parent(
            int child, List<Integer> kept, List<List<String>> values, short[][] codes) {
        Optional<Column.Dimension.Parent> best = Optional.empty();
        int finest = 1;
        for (int up = 0; up < codes.length; up++) {
            int size = values.get(up).size();
            if (up != child && size > finest && size < values.get(child).size()) {
                int[] above =
                        determined(codes[child], codes[up], values.get(child).size(), size);
                if (above.length > 0) {
                    Map<String, String> link = new HashMap<>();
                    for (int c = 0; c < above.length; c++) {
                        link.put(values.get(child).get(c), values.get(up).get(above[c]));
                    }
                    best = Optional.of(new Column.Dimension.Parent(names.get(kept.get(up)), link));
                    finest = size;
                }
            }
        }
        return best;
    }

    private static int[] determined(short[] child, short[] up, int children, int ups) {
        int[] above = new int[children];
        Arrays.fill(above, -1);
        for (int r = 0; r < child.length; r++) {
            if (child[r] >= children) {
                continue;
            }
            if (up[r] >= ups || (above[child[r]] >= 0 && above[child[r]] != up[r])) {
                return new int[0];
            }
            above[child[r]] = up[r];
        }
        return above;
    }

    /** The people of a period by number; of one who stands there twice the first run counts. */
    private Roster.Slice slice(int period, short[][] codes) {
        long[] people = IntStream.range(0, runs.size())
                .filter(r -> (runs.get(r).present() >>> period & 1) == 1)
                .mapToLong(r -> (long) personOf[r] << 32 | r)
                .sorted()
                .toArray();
        int n = 0;
        for (int i = 0; i < people.length; i++) {
            if (i == 0 || people[i] >>> 32 != people[n - 1] >>> 32) {
                people[n++] = people[i];
            }
        }
        int[] persons = new int[n];
        short[][] at = new short[codes.length][n];
        for (int i = 0; i < n; i++) {
            persons[i] = (int) (people[i] >>> 32);
            for (int d = 0; d < codes.length; d++) {
                at[d][i] = codes[d][(int) people[i]];
            }
        }
        return new Roster.Slice(persons, at);
    }

    private static int number(PeopleScan.Run run, Map<String, Integer> numbers) {
        Integer number = numbers.get(run.key());
        if (number == null) {
            throw new IllegalStateException("every person of a run has a number");
        }
        return number;
    }
}
