package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Coverage;
import dev.hufu.anonymizer.catalogue.MeasureKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.crypto.Mac;

/**
 * Measures one measure over the groups of one period and perturbs what comes out. The only code that sees contributions.
 *
 * <p>The noise on a group's sum is normal with standard deviation s × the largest contribution in the group, never under the
 * declared bound for flags, ratings and event measures, nor under the declared step for others. It is seeded by the secret key,
 * dataset, measure, period, group, membership <em>and values</em>: a seed of membership alone would cancel when the same group is
 * measured again and give raises away exactly.
 *
 * <p>One instance a measure, periods in order, by one thread.
 */
final class FiguresBuilder {
    private static final double LOW = 1e-3;

    private final NoiseKey key;
    private final PublicationParameters parameters;
    /** What was found at the first measurement of a partition stands until its last period. */
    private Likeness known = Likeness.NONE;

    private int knownUntil = -1;

    FiguresBuilder(NoiseKey key, PublicationParameters parameters) {
        this.key = key;
        this.parameters = parameters;
    }

    Figures measure(
            String dataset,
            Column.Measure measure,
            String label,
            int period,
            Generation g,
            Contributions contributions) {
        int[] starts = g.unionsAt(period);
        int groups = starts.length;
        double[] value = scatter(g, contributions, measure);
        Sums sums = new Sums(groups, measure, parameters);
        int[] memberStart = new int[groups + 1];
        int[] rows = new int[g.rows()];
        int n = 0;
        for (int i = 0; i < groups; i++) {
            memberStart[i] = n;
            int end = g.rowEnd(starts, i);
            for (int r = g.atomStart()[starts[i]]; r < end; r++) {
                if (g.present(r, period)) {
                    rows[n++] = r;
                    sums.add(i, value[g.person()[r]]);
                }
            }
        }
        memberStart[groups] = n;
        int[] head = Unions.unite(groups, g.depths(starts), sums);
        int[] kept = IntStream.range(0, groups)
                .filter(i -> head[i] == i && !sums.deficient(i))
                .toArray();
        if (kept.length == 0) {
            return new Figures(period, new int[0], new int[0], new double[0], new double[0], Likeness.NONE);
        }
        boolean everybody = measure.coverage() == Coverage.EVERYBODY;
        double[] mean = new double[kept.length];
        double[] listed = new double[everybody ? 0 : kept.length];
        int[] persons = new int[kept.length];
        Mac mac = key.mac();
        byte[] context = context(dataset, measure, label);
        for (int i = 0; i < kept.length; i++) {
            int group = kept[i];
            int end = memberStart[i + 1 < kept.length ? kept[i + 1] : groups];
            persons[i] = sums.persons[group];
            byte[] seed = seed(mac, context, g, rows, memberStart[group], end, value);
            double noisy = sums.total[group] + NoiseKey.gaussian(seed) * sd(measure, sums.largest[group]);
            mean[i] = noisy / (everybody ? sums.having[group] : persons[i]);
            if (!everybody) {
                byte[] second = mac.doFinal(seed);
                listed[i] = (sums.having[group] + NoiseKey.gaussian(second)) / persons[i];
            }
        }
        int[] keptStarts = Arrays.stream(kept).map(i -> starts[i]).toArray();
        Figures bare = new Figures(period, keptStarts, persons, mean, listed, Likeness.NONE);
        return bare.with(likeness(measure, g, bare, sums, kept, value));
    }

    /** What answers from these figures will be worth. */
    private Likeness likeness(
            Column.Measure measure, Generation g, Figures bare, Sums sums, int[] kept, double[] value) {
        double[] over =
                Arrays.stream(bare.mean()).map(m -> m - Figures.base(measure)).toArray();
        double squares = Arrays.stream(over).map(x -> x * x).sum();
        double noises = Arrays.stream(kept)
                .mapToDouble(group -> sd(measure, sums.largest[group]))
                .map(sd -> sd * sd)
                .sum();
        if (squares <= 0) {
            return Likeness.NONE;
        }
        double noise = Calibration.stepUp(Math.sqrt(noises / squares), kept.length);
        if (bare.period() <= knownUntil) {
            return new Likeness(known.levels(), known.residual(), noise, known.bias(), known.stretch());
        }
        // Noise can make the overall mean of what few have nearly nothing, or less.
        double mean = Math.max(bare.overall() - Figures.base(measure), LOW * Math.sqrt(squares / kept.length));
        double within = Calibration.stepUp(sums.within(kept) / mean, kept.length);
        double atom = (double) Arrays.stream(bare.persons()).sum() / kept.length;
        Levels levels = new LevelsFit(
                        g, bare.period(), bare.starts(), bare.persons(), over, within * within + noise * noise / atom)
                .fit(known.levels());
        Figures levelled = bare.with(new Likeness(levels, 0, 0, new double[0][], 1));
        Figures united = levelled.atLeast(2 * parameters.k(), g);
        Figures tried = united.starts().length == 0 ? levelled : united;
        known = new Calibration(measure, g, tried, parameters.k(), value).likeness(noise);
        knownUntil = g.last();
        return known;
    }

    /** Standard deviation of the noise on a group's sum. */
    static double sd(Column.Measure measure, double largest) {
        double floor = measure.kind().noiseAtLeastBound() ? measure.bound() : measure.step();
        return Math.max(measure.kind().scale() * largest, floor);
    }

    private static double[] scatter(Generation g, Contributions contributions, Column.Measure measure) {
        int max = Arrays.stream(g.person()).max().orElse(-1);
        double[] value = new double[max + 1];
        Arrays.fill(value, Double.NaN);
        for (int i = 0; i < contributions.persons().length; i++) {
            int person = contributions.persons()[i];
            if (person <= max && Double.isFinite(contributions.values()[i])) {
                value[person] = Math.clamp(contributions.values()[i], measure.lower(), measure.upper());
            }
        }
        return value;
    }

    private static byte[] context(String dataset, Column.Measure measure, String label) {
        byte[] text = (dataset + '\u0000' + measure.name() + '\u0000' + label).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length + 8)
                .putInt(text.length)
                .put(text)
                .putInt(measure.kind().everyPeriod() ? 1 : 0)
                .array();
    }

    private static byte[] seed(Mac mac, byte[] context, Generation g, int[] rows, int from, int to, double[] value) {
        ByteBuffer members = ByteBuffer.allocate((to - from) * 12);
        int[] sorted = new int[to - from];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = g.person()[rows[from + i]];
        }
        Arrays.sort(sorted);
        for (int person : sorted) {
            members.putInt(person).putLong(Double.doubleToLongBits(value[person]));
        }
        mac.update(context);
        return mac.doFinal(members.array());
    }

    /** What a group holds while its measure is still known exactly, and whether it may stand alone. */
    private static final class Sums implements Unions.Groups {
        private final Column.Measure measure;
        private final PublicationParameters parameters;
        final int[] persons;
        final int[] having;
        final double[] total;
        /** Of contributions without their signs. */
        final double[] size;

        final double[] squares;
        final double[] largest;
        final double[] second;

        Sums(int groups, Column.Measure measure, PublicationParameters parameters) {
            this.measure = measure;
            this.parameters = parameters;
            persons = new int[groups];
            having = new int[groups];
            total = new double[groups];
            size = new double[groups];
            squares = new double[groups];
            largest = new double[groups];
            second = new double[groups];
        }

        void add(int group, double x) {
            persons[group]++;
            if (Double.isNaN(x)) {
                return;
            }
            having[group]++;
            total[group] += x;
            size[group] += Math.abs(x);
            squares[group] += x * x;
            contribute(group, Math.abs(x));
        }

        private void contribute(int group, double amount) {
            second[group] = Math.max(second[group], Math.min(amount, largest[group]));
            largest[group] = Math.max(largest[group], amount);
        }

        /** Too few people, or one of them stands out. All-zero groups pass: withholding them would tell what they are. */
        @Override
        public boolean deficient(int group) {
            int counted = measure.coverage() == Coverage.EVERYBODY ? having[group] : persons[group];
            if (counted < parameters.k()) {
                return true;
            }
            if (measure.kind() != MeasureKind.SLOW) {
                return false;
            }
            double rest = size[group] - largest[group] - second[group];
            return rest < parameters.pPercent() / 100 * largest[group]
                    || largest[group] > parameters.dominancePercent() / 100 * size[group];
        }

        @Override
        public void unite(int into, int from) {
            persons[into] += persons[from];
            having[into] += having[from];
            total[into] += total[from];
            size[into] += size[from];
            squares[into] += squares[from];
            double other = second[from];
            contribute(into, largest[from]);
            contribute(into, other);
        }

        /** Pooled standard deviation within groups; a missing contribution counts as 0 unless everybody is expected to have one. */
        double within(int[] groups) {
            double sum = 0;
            long n = 0;
            for (int g : groups) {
                int counted = measure.coverage() == Coverage.EVERYBODY ? having[g] : persons[g];
                sum += Math.max(0, squares[g] - total[g] * total[g] / counted);
                n += counted - 1;
            }
            return n <= 0 ? 0 : Math.sqrt(sum / n);
        }
    }
}
