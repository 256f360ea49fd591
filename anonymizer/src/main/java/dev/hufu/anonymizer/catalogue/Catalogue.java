package dev.hufu.anonymizer.catalogue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The datasets that may be asked about. Immutable; datasets of one population share the definitions of its dimensions. */
public final class Catalogue {
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();

    private final Set<String> unpublished;
    private final Set<String> ungraded;

    private Catalogue(Collection<Dataset> all, Collection<String> unpublished, Collection<String> ungraded) {
        this.unpublished = unpublished.stream().map(Names::key).collect(Collectors.toUnmodifiableSet());
        this.ungraded = ungraded.stream().map(Names::key).collect(Collectors.toUnmodifiableSet());
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
        return new Catalogue(datasets, Set.of(), Set.of());
    }

    /**
     * @param unpublished names of datasets that exist and cannot be asked about now
     * @param ungraded those of them that nobody has graded
     * @throws IllegalArgumentException as above
     */
    public static Catalogue of(
            Collection<Dataset> datasets, Collection<String> unpublished, Collection<String> ungraded) {
        return new Catalogue(datasets, unpublished, ungraded);
    }

    /** The dataset of that name in any case. */
    public Optional<Dataset> dataset(String name) {
        return Optional.ofNullable(datasets.get(Names.key(name)));
    }

    /** Whether a dataset of that name in any case exists that cannot be asked about now. */
    public boolean unpublished(String name) {
        return unpublished.contains(Names.key(name));
    }

    /** Whether a dataset of that name in any case waits for class and grade. */
    public boolean ungraded(String name) {
        return ungraded.contains(Names.key(name));
    }

    /** All datasets in declared order. */
    public List<Dataset> datasets() {
        return List.copyOf(datasets.values());
    }
}
