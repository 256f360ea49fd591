package dev.hufu.anonymizer.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of a population: one person key, at most one period, dimensions of the population, measures, and what is withheld.
 * Immutable.
 */
public final class Dataset {
    private final String name;
    private final String population;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Column.PersonKey personKey;
    private final Optional<Column.Period> period;

    /**
     * @throws IllegalArgumentException if two columns differ only in case, or there is not exactly one person key, or more than
     *     one period
     */
    public Dataset(String name, String population, List<Column> columns) {
        Names.check(name);
        Names.check(population);
        this.name = name;
        this.population = population;
        for (Column c : columns) {
            if (this.columns.putIfAbsent(Names.key(c.name()), c) != null) {
                throw new IllegalArgumentException("dataset " + name + " has two columns named " + c.name());
            }
        }
        List<Column.PersonKey> keys = ofType(Column.PersonKey.class);
        List<Column.Period> periods = ofType(Column.Period.class);
        if (keys.size() != 1 || periods.size() > 1) {
            throw new IllegalArgumentException(
                    "dataset " + name + " needs one person key and at most one period column");
        }
        personKey = keys.getFirst();
        period = periods.stream().findFirst();
    }

    /** The dataset's name as declared. */
    public String name() {
        return name;
    }

    /** The population whose people the rows are about. */
    public String population() {
        return population;
    }

    /** All columns in declared order. */
    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /** The column of that name in any case. */
    public Optional<Column> column(String name) {
        return Optional.ofNullable(columns.get(Names.key(name)));
    }

    /** The key of the person. */
    public Column.PersonKey personKey() {
        return personKey;
    }

    /** The period column, absent for a dataset that is one snapshot. */
    public Optional<Column.Period> period() {
        return period;
    }

    /** The dimensions in declared order. */
    public List<Column.Dimension> dimensions() {
        return ofType(Column.Dimension.class);
    }

    /** The measures in declared order. */
    public List<Column.Measure> measures() {
        return ofType(Column.Measure.class);
    }

    private <T extends Column> List<T> ofType(Class<T> type) {
        return columns.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public String toString() {
        return "Dataset[" + name + ", population " + population + ", " + columns.size() + " columns]";
    }
}
