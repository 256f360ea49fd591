package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds a publication: a fresh partition every so many periods, people followed between, each measure taken when it is due.
 * Deterministic: equal inputs and an equal key give an equal publication. Not thread safe; one build an instance.
 */
public final class PublicationBuilder {
    /** Told what part of the build is done. */
    @FunctionalInterface
    public interface Progress {
        /** {@code done} of {@code all} steps. */
        void step(int done, int all);
    }

    private final NoiseKey key;
    private final PublicationParameters parameters;
    private final Progress progress;
    private int done;
    private int all;

    /** A build with these parameters, telling {@code progress} of each step. */
    public PublicationBuilder(NoiseKey key, PublicationParameters parameters, Progress progress) {
        this.key = key;
        this.parameters = parameters;
        this.progress = progress;
    }

    /**
     * @param fingerprint what it is built from, kept with it
     * @param datasets those of the roster's population whose measures are published
     * @throws IllegalArgumentException if a dataset is of another population
     */
    public Publication build(String fingerprint, Roster roster, List<Dataset> datasets, MeasureSource source) {
        for (Dataset d : datasets) {
            if (!d.population().equals(roster.population())) {
                throw new IllegalArgumentException(
                        "dataset " + d.name() + " is not about population " + roster.population());
            }
        }
        int periods = roster.periods().size();
        int measures = datasets.stream().mapToInt(d -> d.measures().size()).sum();
        all = periods + measures * periods;
        List<Generation> generations = new ArrayList<>();
        for (int first = 0; first < periods; first += parameters.freshEvery()) {
            int last = Math.min(periods, first + parameters.freshEvery()) - 1;
            generations.add(new GenerationBuilder(roster, parameters, first, last).build());
            advance(last - first + 1);
        }
        Map<String, Map<String, List<Figures>>> figures = new TreeMap<>();
        for (Dataset d : datasets) {
            Map<String, List<Figures>> byMeasure = new TreeMap<>();
            for (Column.Measure m : d.measures()) {
                byMeasure.put(m.name().toLowerCase(Locale.ROOT), series(d, m, roster, generations, source));
            }
            figures.put(d.name().toLowerCase(Locale.ROOT), byMeasure);
        }
        return new Publication(
                roster.population(),
                fingerprint,
                parameters,
                roster.periods(),
                roster.dimensions(),
                generations,
                figures,
                key);
    }

    private List<Figures> series(
            Dataset d, Column.Measure m, Roster roster, List<Generation> generations, MeasureSource source) {
        FiguresBuilder builder = new FiguresBuilder(key, parameters);
        List<Figures> series = new ArrayList<>();
        for (Generation g : generations) {
            for (int p = g.first(); p <= g.last(); p++) {
                if (m.kind().everyPeriod() || parameters.rebase(p)) {
                    Contributions due = due(d, m, p, source);
                    if (due.persons().length > 0) {
                        series.add(builder.measure(d.name(), m, roster.periods().get(p), p, g, due));
                    }
                }
                advance(1);
            }
        }
        return List.copyOf(series);
    }

    /** At a rebase a slow measure that the dataset does not state for that very period is taken from the latest one since. */
    private Contributions due(Dataset d, Column.Measure m, int period, MeasureSource source) {
        int back = m.kind().everyPeriod() ? 1 : parameters.rebaseEvery();
        for (int p = period; p > period - back && p >= 0; p--) {
            Contributions c = source.contributions(d.name(), m.name(), p);
            if (c.persons().length > 0) {
                return c;
            }
        }
        return Contributions.NONE;
    }

    private void advance(int steps) {
        done += steps;
        progress.step(done, all);
    }
}
