package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Module;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** {@code # regal ignore:rule[,rule]}: behind a line for that line, on a line of its own for itself and the next line of code. */
final class Ignores {
    private static final String MARK = "regal ignore:";

    private final Map<Integer, Set<String>> byRow = new HashMap<>();

    Ignores(Linted module) {
        for (Module.Comment comment : module.module().comments()) {
            int start = comment.text().indexOf(MARK);
            if (start < 0 || !comment.text().substring(0, start).isBlank()) {
                continue;
            }
            Set<String> rules = new HashSet<>();
            for (String name : comment.text().substring(start + MARK.length()).split(",")) {
                rules.add(name.strip().split("\\s", 2)[0]);
            }
            add(comment.row(), rules);
            if (module.line(comment.row()).stripLeading().startsWith("#")) {
                int row = comment.row() + 1;
                while (module.line(row).stripLeading().startsWith("#")) {
                    add(row++, rules);
                }
                add(row, rules);
            }
        }
    }

    private void add(int row, Set<String> rules) {
        byRow.computeIfAbsent(row, _ -> new HashSet<>()).addAll(rules);
    }

    boolean covers(Violation violation) {
        return byRow.getOrDefault(violation.place().row(), Set.of()).contains(violation.rule());
    }
}
