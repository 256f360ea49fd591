package dev.hufu.rego;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON Schemas by name, which metadata refers to as {@code schema.name} or {@code schema.folder.name}. One without a name
 * is that of {@code input}, everywhere.
 */
public final class Schemas {
    /** What a reference to a schema begins with. */
    public static final Value ROOT = new Str("schema");

    private final Map<List<Value>, Value> byPath;

    private Schemas(Map<List<Value>, Value> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    public static Schemas none() {
        return new Schemas(Map.of());
    }

    /** One schema, which every input follows. */
    public static Schemas ofInput(Value schema) {
        return new Schemas(Map.of(List.of(ROOT), schema));
    }

    /** Schemas by name; a slash divides folders: {@code hr/employee}. */
    public static Schemas named(Map<String, Value> schemas) {
        Map<List<Value>, Value> byPath = new HashMap<>();
        schemas.forEach((name, schema) -> {
            List<Value> path = new ArrayList<>(List.of(ROOT));
            for (String part : name.split("/")) {
                path.add(new Str(part));
            }
            byPath.put(List.copyOf(path), schema);
        });
        return new Schemas(byPath);
    }

    public boolean isEmpty() {
        return byPath.isEmpty();
    }

    /** The schema at a path that begins with {@link #ROOT}. */
    public Optional<Value> find(List<Value> path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
