package dev.hufu.service.registers;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A dataset's row as JSON, in the shape of its file. */
public final class DatasetJson {
    private DatasetJson() {}

    public static ObjectNode write(RegisteredDataset dataset) {
        ObjectNode out = JsonMapper.shared().createObjectNode();
        out.putObject("title")
                .put("zh", dataset.title().zh())
                .put("en", dataset.title().en());
        out.put("grade", dataset.grade()).put("population", dataset.population());
        dataset.scopeColumn().ifPresent(c -> out.put("scopeColumn", c));
        dataset.minGroupSize().ifPresent(n -> out.put("minGroupSize", n));
        ObjectNode columns = out.putObject("columns");
        for (DatasetColumn column : dataset.columns()) {
            ObjectNode c = columns.putObject(column.name());
            column.dataClass().ifPresent(v -> c.put("class", v));
            column.grade().ifPresent(v -> c.put("grade", v));
            c.put("role", column.role().wire());
            column.measurement()
                    .ifPresent(m -> c.put("kind", m.kind().wire())
                            .put("lower", m.lower())
                            .put("upper", m.upper())
                            .put("step", m.step())
                            .put("coverage", m.coverage().wire()));
            c.put("zh", column.title().zh()).put("en", column.title().en());
        }
        return out;
    }
}
