package dev.hufu.service.web;

import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Title;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What may be asked, with class and grade of each column. */
@RestController
class DatasetController {
    /** A column; class and grade are absent until somebody grades it, and until then queries that touch it are refused. */
    record ListedColumn(
            String name,
            Title title,
            @Nullable String dataClass,
            @Nullable String grade,
            String role) {}

    /** A dataset; {@code minGroupSize} is the steward's own threshold, which can only raise the policy's. */
    record Listed(
            String name,
            Title title,
            String grade,
            @Nullable Integer minGroupSize,
            List<ListedColumn> columns) {}

    /** The catalogue. */
    record All(List<Listed> datasets) {}

    private final Registers registers;

    DatasetController(Registers registers) {
        this.registers = registers;
    }

    @GetMapping(path = "/api/v1/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
    All datasets() {
        return new All(
                registers.datasets().stream().map(DatasetController::listed).toList());
    }

    private static Listed listed(RegisteredDataset dataset) {
        return new Listed(
                dataset.name(),
                dataset.title(),
                dataset.grade(),
                dataset.minGroupSize().isPresent() ? dataset.minGroupSize().getAsInt() : null,
                dataset.columns().stream().map(DatasetController::listed).toList());
    }

    private static ListedColumn listed(DatasetColumn column) {
        return new ListedColumn(
                column.name(),
                column.title(),
                column.dataClass().orElse(null),
                column.grade().orElse(null),
                column.role().wire());
    }
}
