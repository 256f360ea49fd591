package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Hierarchies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What has been published of a population: who is in which atom when, and protected figures over the atoms. No raw value of any
 * measure is in it. Immutable and thread safe; made by {@link PublicationBuilder} or {@link PublicationCodec}.
 */
public final class Publication {
    private static final int MAX_UNIONS = 1_000;
    /** Most shares kept, of 4 bytes each. */
    private static final long MAX_SHARES = 1L << 25;

    /** Figures are told apart by identity, which is what their arrays' equality comes to. */
    private record Union(Figures figures, int k) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Union(Figures f, int size) && f == figures && size == k;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(figures) * 31 + k;
        }
    }

    /** Figures by identity, and the dimensions. */
    private record Mixture(Union figures, List<Integer> dimensions) {}

    private final String population;
    private final String fingerprint;
    private final PublicationParameters parameters;
    private final List<String> periods;
    private final List<Column.Dimension> dimensions;
    private final List<Generation> generations;
    /** By dataset and measure in lower case, then by time. */
    private final Map<String, Map<String, List<Figures>>> figures;

    private final Hierarchies hierarchies;
    private final NoiseKey key;
    private final Map<Union, Figures> unions = new ConcurrentHashMap<>();
    private final Map<Mixture, Double> mixtures = new ConcurrentHashMap<>();
    private final Map<Union, float[]> shares = new ConcurrentHashMap<>();
    private final long[][] rowKeys;
    private final long[] cellKeys;
    private final String id;

    Publication(
            String population,
            String fingerprint,
            PublicationParameters parameters,
            List<String> periods,
            List<Column.Dimension> dimensions,
            List<Generation> generations,
            Map<String, Map<String, List<Figures>>> figures,
            NoiseKey key) {
        this.population = population;
        this.fingerprint = fingerprint;
        this.parameters = parameters;
        this.periods = List.copyOf(periods);
        this.dimensions = List.copyOf(dimensions);
        this.generations = List.copyOf(generations);
        this.figures = figures;
        this.key = key;
        hierarchies = new Hierarchies(this.dimensions);
        cellKeys = cellKeys();
        rowKeys = this.generations.stream()
                .map(g -> Arrays.stream(g.person()).mapToLong(p -> cellKeys[p]).toArray())
                .toArray(long[][]::new);
        id = "p-" + PublicationCodec.identity(this, key);
    }

    /** Follows from what is published and the key: equal builds have equal ids. */
    public String id() {
        return id;
    }

    /** The population whose people it is about. */
    public String population() {
        return population;
    }

    /** What the caller said it was built from. */
    public String fingerprint() {
        return fingerprint;
    }

    /** How it was built. */
    public PublicationParameters parameters() {
        return parameters;
    }

    /** Labels of the published periods in time order. */
    public List<String> periods() {
        return periods;
    }

    /** The dimensions with the values they had at the build. */
    public List<Column.Dimension> dimensions() {
        return dimensions;
    }

    /** Names of the published measures of a dataset, in lower case. */
    public List<String> measures(String dataset) {
        return List.copyOf(
                figures.getOrDefault(dataset.toLowerCase(Locale.ROOT), Map.of()).keySet());
    }

    /** Number of atoms in a period; for reports on a build. */
    public int atoms(int period) {
        return generation(period).unionsAt(period).length;
    }

    /** Persons on the roster of a period, exactly; for reports on a build, never part of an answer. */
    public int persons(int period) {
        Generation g = generation(period);
        return (int)
                IntStream.range(0, g.rows()).filter(r -> g.present(r, period)).count();
    }

    /** Everybody on the roster of any period, by number; a copy. For receipts, never part of an answer. */
    public RoaringBitmap people() {
        var people = new BitCollector(personNumbers());
        generations.forEach(g -> Arrays.stream(g.person()).forEach(people::add));
        return people.bitmap();
    }

    NoiseKey key() {
        return key;
    }

    List<Generation> generations() {
        return generations;
    }

    Map<String, Map<String, List<Figures>>> figures() {
        return figures;
    }

    Hierarchies hierarchies() {
        return hierarchies;
    }

    Generation generation(int period) {
        for (Generation g : generations) {
            if (g.first() <= period && period <= g.last()) {
                return g;
            }
        }
        throw new IllegalArgumentException("period " + period + " is not published");
    }

    /** The last figures at or before a period. */
    Optional<Figures> figures(String dataset, Column.Measure measure, int period) {
        List<Figures> all = figures.getOrDefault(dataset.toLowerCase(Locale.ROOT), Map.of())
                .getOrDefault(measure.name().toLowerCase(Locale.ROOT), List.of());
        @Nullable Figures found = null;
        for (Figures f : all) {
            boolean answers = measure.kind().everyPeriod() ? f.period() == period : f.period() <= period;
            found = answers ? f : found;
        }
        return Optional.ofNullable(found);
    }

    /** The last period that a measure was measured in. */
    OptionalInt lastMeasured(String dataset, Column.Measure measure) {
        return figures
                .getOrDefault(dataset.toLowerCase(Locale.ROOT), Map.of())
                .getOrDefault(measure.name().toLowerCase(Locale.ROOT), List.of())
                .stream()
                .mapToInt(Figures::period)
                .max();
    }

    int dimension(String name) {
        for (int d = 0; d < dimensions.size(); d++) {
            if (dimensions.get(d).name().equalsIgnoreCase(name)) {
                return d;
            }
        }
        throw new IllegalArgumentException("dimension " + name + " is not published");
    }

    /** A person's addend to the key of every cell the person is in. */
    long cellKey(int person) {
        return cellKeys[person];
    }

    /** Figures over unions of at least k; unions of the thresholds in use are kept, up to a bound. */
    Figures atLeast(Figures figures, int k) {
        if (unions.size() > MAX_UNIONS) {
            unions.clear();
        }
        return unions.computeIfAbsent(
                new Union(figures, k),
                u -> u.figures().atLeast(u.k(), generation(u.figures().period())));
    }

    /** {@link Levels#shares} of figures that {@link #atLeast} gave, kept up to a bound. */
    float[] shares(Figures figures) {
        Generation g = generation(figures.period());
        if ((long) shares.size() * g.rows() > MAX_SHARES) {
            shares.clear();
        }
        return shares.computeIfAbsent(
                new Union(figures, 0), _ -> figures.likeness().levels().shares(g, figures.period(), figures.starts()));
    }

    /** {@link Figures#mixed} of figures that {@link #atLeast} gave, kept up to a bound. */
    double mixed(Figures figures, int[] dimensions) {
        if (mixtures.size() > MAX_UNIONS) {
            mixtures.clear();
        }
        List<Integer> key = Arrays.stream(dimensions).sorted().boxed().toList();
        return mixtures.computeIfAbsent(
                new Mixture(new Union(figures, 0), key), _ -> figures.mixed(generation(figures.period()), dimensions));
    }

    /** The cell keys of the rows of a generation. */
    long[] rowKeys(Generation generation) {
        return rowKeys[generation.first() / parameters.freshEvery()];
    }

    int personNumbers() {
        return cellKeys.length;
    }

    private long[] cellKeys() {
        int max = generations.stream()
                .flatMapToInt(g -> Arrays.stream(g.person()))
                .max()
                .orElse(-1);
        long[] keys = new long[max + 1];
        Mac mac = key.mac();
        byte[] context = ("person\u0000" + population + "\u0000").getBytes(StandardCharsets.UTF_8);
        for (int p = 0; p < keys.length; p++) {
            mac.update(context);
            for (int shift = 0; shift < 32; shift += 8) {
                mac.update((byte) (p >>> shift));
            }
            byte[] out = mac.doFinal();
            keys[p] = ByteBuffer.wrap(out).getLong();
        }
        return keys;
    }

    static Map<String, Map<String, List<Figures>>> sorted(Map<String, Map<String, List<Figures>>> figures) {
        Map<String, Map<String, List<Figures>>> copy = new TreeMap<>();
        figures.forEach((dataset, measures) -> copy.put(dataset, new TreeMap<>(measures)));
        return copy;
    }

    @Override
    public String toString() {
        return "Publication[" + id + ", population " + population + "]";
    }
}
