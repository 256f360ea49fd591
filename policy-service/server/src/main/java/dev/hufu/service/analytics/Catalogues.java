package dev.hufu.service.analytics;

import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Dataset;
import dev.hufu.anonymizer.catalogue.Withholding;
import dev.hufu.anonymizer.publication.Publication;
import dev.hufu.service.registers.ColumnRole;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.RegisteredDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the register declares, as far as it is published: anything else is a column that exists and is withheld. */
final class Catalogues {
    private static final Set<String> IDENTIFYING =
            Set.of("identifier", "identity", "officialId", "bankAccount", "contact");
    private static final Set<String> SENSITIVE_EVENTS = Set.of("health");

    private Catalogues() {}

    /** @param publications by population; datasets of others are known as unpublished */
    static Catalogue of(List<RegisteredDataset> registered, Map<String, Publication> publications) {
        List<Dataset> datasets = new ArrayList<>();
        List<String> unpublished = new ArrayList<>();
        List<String> ungraded = new ArrayList<>();
        for (RegisteredDataset d : registered) {
            Publication p = publications.get(d.population());
            if (p == null) {
                unpublished.add(d.name());
                if (d.columns().stream().anyMatch(c -> c.role() == ColumnRole.PERSON_KEY && !c.graded())) {
                    ungraded.add(d.name());
                }
            } else {
                List<Column> columns =
                        d.columns().stream().map(c -> column(d, c, p)).toList();
                datasets.add(new Dataset(d.name(), d.population(), columns));
            }
        }
        return Catalogue.of(datasets, unpublished, ungraded);
    }

    private static Column column(RegisteredDataset d, DatasetColumn c, Publication p) {
        return switch (c.role()) {
            case PERSON_KEY -> new Column.PersonKey(c.name());
            case PERIOD -> new Column.Period(c.name());
            case DIMENSION -> dimension(c, p);
            case MEASURE -> measure(d, c, p);
            case NONE -> withheld(c);
        };
    }

    private static Column dimension(DatasetColumn c, Publication p) {
        if (!c.graded()) {
            return withheld(c);
        }
        return p.dimensions().stream()
                .filter(dimension -> dimension.name().equals(c.name()))
                .findFirst()
                .<Column>map(found -> found)
                .orElseGet(() -> withheld(c));
    }

    private static Column measure(RegisteredDataset d, DatasetColumn c, Publication p) {
        boolean published = c.graded() && p.measures(d.name()).contains(c.name().toLowerCase(Locale.ROOT));
        return published
                ? c.measurement()
                        .<Column>map(m -> PopulationBuild.measure(c.name(), m))
                        .orElseGet(() -> withheld(c))
                : withheld(c);
    }

    private static Column withheld(DatasetColumn c) {
        if (!c.graded()) {
            return new Column.Withheld(c.name(), Withholding.UNGRADED);
        }
        String dataClass = c.dataClass().orElse("");
        if (IDENTIFYING.contains(dataClass)) {
            return new Column.Withheld(c.name(), Withholding.IDENTIFIER);
        }
        return new Column.Withheld(
                c.name(),
                SENSITIVE_EVENTS.contains(dataClass)
                        ? Withholding.DIFFERENTIAL_PRIVACY_ONLY
                        : Withholding.NOT_DECLARED);
    }
}
