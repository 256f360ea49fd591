package dev.hufu.rego;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Lets the objects of one document that have the same keys share them. Not thread-safe. */
final class Layouts implements Function<Value[], Table> {
    private static final int MOST = 4_096;
    private static final int MOST_KEYS = 64;

    private final Map<Table, Table> known = new HashMap<>();

    @Override
    public Table apply(Value[] sortedKeys) {
        Table table = new Table(sortedKeys);
        Table before = sortedKeys.length > MOST_KEYS ? table : known.get(table);
        if (before == null && known.size() < MOST) {
            known.put(table, table);
        }
        return before == null ? table : before;
    }
}
