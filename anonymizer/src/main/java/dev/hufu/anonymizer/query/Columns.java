package dev.hufu.anonymizer.query;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Dataset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of the dataset asked about, and which of them the text mentions. */
final class Columns {
    private final Dataset dataset;
    private final String qualifier;
    private final Set<String> mentioned = new LinkedHashSet<>();
    private @Nullable Token periodToken;

    Columns(Dataset dataset, String qualifier) {
        this.dataset = dataset;
        this.qualifier = qualifier;
    }

    Dataset dataset() {
        return dataset;
    }

    /** The column a name stands for, with an optional qualifier. */
    Column find(@Nullable Token table, Token name) {
        if (table != null && !table.text().equalsIgnoreCase(qualifier)) {
            throw table.refuse(SqlRefusal.DATASET_UNKNOWN, List.of(qualifier));
        }
        Column column = dataset.column(name.text())
                .orElseThrow(() -> name.refuse(
                        SqlRefusal.COLUMN_UNKNOWN,
                        dataset.columns().stream()
                                .filter(c -> !(c instanceof Column.Withheld))
                                .map(Column::name)
                                .toList()));
        if (column instanceof Column.Withheld(var ignored, var reason)) {
            throw name.refuse(
                    switch (reason) {
                        case UNGRADED -> SqlRefusal.COLUMN_UNGRADED;
                        case IDENTIFIER, NOT_DECLARED -> SqlRefusal.COLUMN_WITHHELD;
                        case DIFFERENTIAL_PRIVACY_ONLY -> SqlRefusal.COLUMN_DP_ONLY;
                    });
        }
        if (column instanceof Column.Period) {
            periodToken = name;
        }
        mentioned.add(column.name());
        return column;
    }

    List<String> mentioned() {
        return List.copyOf(mentioned);
    }

    /** Where the period was mentioned last. */
    Token periodToken() {
        if (periodToken == null) {
            throw new IllegalStateException("the period is not mentioned");
        }
        return periodToken;
    }
}
