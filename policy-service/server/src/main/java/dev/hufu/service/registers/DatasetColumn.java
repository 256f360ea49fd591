package dev.hufu.service.registers;

import java.util.Optional;

/**
 * A column in the asset register. Without class and grade it is ungraded, and the gate refuses whatever touches it.
 *
 * @param name as in SQL
 * @param dataClass a class of the vocabulary
 * @param grade a grade of the vocabulary
 * @param measurement present exactly for a measure
 */
public record DatasetColumn(
        String name,
        Optional<String> dataClass,
        Optional<String> grade,
        ColumnRole role,
        Optional<Measurement> measurement,
        Title title) {
    public DatasetColumn {
        if (name.isBlank() || name.length() > 128) {
            throw new IllegalArgumentException("a column's name has 1 to 128 characters");
        }
        if (measurement.isPresent() != (role == ColumnRole.MEASURE)) {
            throw new IllegalArgumentException("column " + name + ": a measure, and nothing else, has bounds");
        }
    }

    public boolean graded() {
        return dataClass.isPresent() && grade.isPresent();
    }
}
