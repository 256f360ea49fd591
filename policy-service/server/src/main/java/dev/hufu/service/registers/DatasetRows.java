package dev.hufu.service.registers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Datasets and their columns as rows. */
final class DatasetRows {
    private final JdbcClient jdbc;

    DatasetRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Head(
            String name,
            Title title,
            String grade,
            String population,
            Optional<String> scopeColumn,
            OptionalInt minGroupSize) {
        RegisteredDataset with(List<DatasetColumn> columns) {
            return new RegisteredDataset(name, title, grade, population, scopeColumn, minGroupSize, columns);
        }
    }

    /** In one statement, so that a dataset is never seen with the columns of another moment. */
    List<RegisteredDataset> all() {
        Map<Head, List<DatasetColumn>> found = new LinkedHashMap<>();
        jdbc.sql("""
                        select d.name as d_name, d.title_zh as d_zh, d.title_en as d_en, d.grade as d_grade, population,
                          scope_column, min_group_size,
                          c.name, class, c.grade, role, kind, lower_bound, upper_bound, step, coverage, c.title_zh, c.title_en
                        from dataset d join dataset_column c on c.dataset = d.name order by d.name, c.position
                        """)
                .query((row, _) -> Map.entry(head(row), column(row)))
                .list()
                .forEach(e -> found.computeIfAbsent(e.getKey(), _ -> new ArrayList<>())
                        .add(e.getValue()));
        return found.entrySet().stream().map(e -> e.getKey().with(e.getValue())).toList();
    }

    void save(RegisteredDataset dataset, Instant now) {
        jdbc.sql("""
                        insert into dataset (name, title_zh, title_en, grade, population, scope_column, min_group_size, updated_at)
                        values (:name, :zh, :en, :grade, :population, :scope, :size, :now)
                        on conflict (name) do update set title_zh = excluded.title_zh, title_en = excluded.title_en,
                          grade = excluded.grade, population = excluded.population, scope_column = excluded.scope_column,
                          min_group_size = excluded.min_group_size, updated_at = excluded.updated_at
                        """)
                .param("name", dataset.name())
                .param("zh", dataset.title().zh())
                .param("en", dataset.title().en())
                .param("grade", dataset.grade())
                .param("population", dataset.population())
                .param("scope", dataset.scopeColumn().orElse(null))
                .param(
                        "size",
                        dataset.minGroupSize().isPresent()
                                ? dataset.minGroupSize().getAsInt()
                                : null)
                .param("now", Timestamp.from(now))
                .update();
        jdbc.sql("delete from dataset_column where dataset = :name")
                .param("name", dataset.name())
                .update();
        for (int i = 0; i < dataset.columns().size(); i++) {
            insert(dataset.name(), i, dataset.columns().get(i));
        }
    }

    private void insert(String dataset, int position, DatasetColumn column) {
        Optional<Measurement> m = column.measurement();
        jdbc.sql("""
                        insert into dataset_column (dataset, position, name, class, grade, role, kind, lower_bound, upper_bound,
                          step, coverage, title_zh, title_en)
                        values (:dataset, :position, :name, :class, :grade, :role, :kind, :lower, :upper, :step, :coverage, :zh, :en)
                        """)
                .param("dataset", dataset)
                .param("position", position)
                .param("name", column.name())
                .param("class", column.dataClass().orElse(null))
                .param("grade", column.grade().orElse(null))
                .param("role", column.role().wire())
                .param("kind", m.map(x -> x.kind().wire()).orElse(null))
                .param("lower", m.map(Measurement::lower).orElse(null))
                .param("upper", m.map(Measurement::upper).orElse(null))
                .param("step", m.map(Measurement::step).orElse(null))
                .param("coverage", m.map(x -> x.coverage().wire()).orElse(null))
                .param("zh", column.title().zh())
                .param("en", column.title().en())
                .update();
    }

    private static Head head(ResultSet row) throws SQLException {
        int size = row.getInt("min_group_size");
        return new Head(
                row.getString("d_name"),
                new Title(row.getString("d_zh"), row.getString("d_en")),
                row.getString("d_grade"),
                row.getString("population"),
                Optional.ofNullable(row.getString("scope_column")),
                size == 0 ? OptionalInt.empty() : OptionalInt.of(size));
    }

    private static DatasetColumn column(ResultSet row) throws SQLException {
        ColumnRole role = ColumnRole.ofWire(row.getString("role")).orElseThrow();
        Optional<Measurement> measurement = Optional.empty();
        if (role == ColumnRole.MEASURE) {
            measurement = Optional.of(new Measurement(
                    Measurement.Kind.ofWire(row.getString("kind")).orElseThrow(),
                    row.getDouble("lower_bound"),
                    row.getDouble("upper_bound"),
                    row.getDouble("step"),
                    Measurement.Coverage.ofWire(row.getString("coverage")).orElseThrow()));
        }
        return new DatasetColumn(
                row.getString("name"),
                Optional.ofNullable(row.getString("class")),
                Optional.ofNullable(row.getString("grade")),
                role,
                measurement,
                new Title(row.getString("title_zh"), row.getString("title_en")));
    }
}
