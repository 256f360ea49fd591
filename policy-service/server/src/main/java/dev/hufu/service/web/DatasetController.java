package dev.hufu.service.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hufu.service.analytics.Publications;
import dev.hufu.service.analytics.Unpublished;
import dev.hufu.service.registers.DatasetColumn;
import dev.hufu.service.registers.RegisteredDataset;
import dev.hufu.service.registers.Registers;
import dev.hufu.service.registers.Title;
import java.util.List;
import java.util.Locale;
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

    /** Why a dataset cannot be asked about now, and what mends it. */
    record Unlisted(String code, String zh, String en) {
        static @Nullable Unlisted of(@Nullable Unpublished why) {
            return why == null ? null : new Unlisted(why.name().toLowerCase(Locale.ROOT), why.zh(), why.en());
        }
    }

    /**
     * A dataset; {@code minGroupSize} is the steward's own threshold, which can only raise the policy's. {@code unpublished} is
     * absent where it can be asked about.
     */
    record Listed(
            String name,
            Title title,
            String grade,
            @Nullable Integer minGroupSize,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Unlisted unpublished,

            List<ListedColumn> columns) {}

    /** The catalogue. */
    record All(List<Listed> datasets) {}

    private final Registers registers;
    private final Publications publications;

    DatasetController(Registers registers, Publications publications) {
        this.registers = registers;
        this.publications = publications;
    }

    @GetMapping(path = "/api/v1/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
    All datasets() {
        return new All(registers.datasets().stream().map(this::listed).toList());
    }

    private Listed listed(RegisteredDataset dataset) {
        return new Listed(
                dataset.name(),
                dataset.title(),
                dataset.grade(),
                dataset.minGroupSize().isPresent() ? dataset.minGroupSize().getAsInt() : null,
                Unlisted.of(publications.unpublished(dataset).orElse(null)),
                dataset.columns().stream().map(DatasetController::column).toList());
    }

    private static ListedColumn column(DatasetColumn column) {
        return new ListedColumn(
                column.name(),
                column.title(),
                column.dataClass().orElse(null),
                column.grade().orElse(null),
                column.role().wire());
    }
}
