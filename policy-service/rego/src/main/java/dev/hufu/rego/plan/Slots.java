package dev.hufu.rego.plan;

import java.util.HashMap;
import java.util.Map;

/** Gives each variable of a rule its place in the frame. */
final class Slots {
    private final Map<String, Integer> byName = new HashMap<>();
    private int slots;
    private int cells;
    private int made;

    int of(String name) {
        return byName.computeIfAbsent(name, _ -> slots++);
    }

    /** A name that no source can write. */
    String fresh() {
        return "%" + made++;
    }

    int cell() {
        return cells++;
    }

    Code code(Step entry) {
        return new Code(entry, new Code.Size(slots, cells));
    }
}
