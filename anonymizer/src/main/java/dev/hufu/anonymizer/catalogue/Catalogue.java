package dev.hufu.anonymizer.catalogue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The datasets that may be asked about. Immutable; datasets of one population share the definitions of its dimensions. */
public final class Catalogue {
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();

    private Catalogue(Collection<Dataset> all) {
        Map<String, Column.Dimension> shared = new LinkedHashMap<>();
        for (Dataset d : all) {
            if (datasets.putIfAbsent(Names.key(d.name()), d) != null) {
                throw new IllegalArgumentException("two datasets are named " + d.name());
            }
            for (Column.Dimension dimension : d.dimensions()) {
                var known = shared.putIfAbsent(
                        Names.key(d.population()) + '\u0000' + Names.key(dimension.name()), dimension);
                if (known != null && !known.equals(dimension)) {
                    throw new IllegalArgumentException("dimension " + dimension.name()
                            + " is declared in two ways in population " + d.population());
                }
            }
        }
    }

    /** @throws IllegalArgumentException if names collide or a population's dimension is declared in two ways */
    public static Catalogue of(Collection<Dataset> datasets) {
        return new Catalogue(datasets);
    }

    /** The dataset of that name in any case. */
    public Optional<Dataset> dataset(String name) {
        return Optional.ofNullable(datasets.get(Names.key(name)));
    }

    /** All datasets in declared order. */
    public List<Dataset> datasets() {
        return List.copyOf(datasets.values());
    }
}
