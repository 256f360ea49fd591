package dev.hufu.service.analytics.imports;

import dev.hufu.service.registers.Term;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A register row to be filled in: every column with its proposed role, and neither class nor grade.
 *
 * @param classes the vocabulary's data classes, to choose from
 * @param grades the vocabulary's grades, to choose from
 */
public record ClassificationTemplate(
        String dataset, List<ColumnProposal> columns, List<Term> classes, List<Term> grades) {
    public ClassificationTemplate {
        columns = List.copyOf(columns);
        classes = List.copyOf(classes);
        grades = List.copyOf(grades);
    }

    /** The row as YAML, with what to do as comments. */
    public String yaml() {
        var out = new StringBuilder()
                .append("# Register row of the dataset. Give each column that may be asked for `class: …, grade: …`;\n")
                .append("# without both it is loaded, and refused in queries. Check roles, bounds and titles.\n")
                .append(
                        "# role: dimension (WHERE, GROUP BY), measure (aggregated; kind slow, event or flag), period, none\n")
                .append("# classes: ")
                .append(ids(classes))
                .append("\n# grades: ")
                .append(ids(grades))
                .append('\n')
                .append(dataset)
                .append(":\n  title: {zh: ")
                .append(quoted(dataset))
                .append(", en: ")
                .append(quoted(dataset))
                .append("}\n  grade: ")
                .append(grades.isEmpty() ? "?" : grades.getFirst().id())
                .append("  # the highest grade among its columns\n  population: ")
                .append(dataset)
                .append("  # employees, if the keys are those of the roster\n  columns:\n");
        columns.forEach(c -> out.append(line(c)));
        return out.toString();
    }

    private static String line(ColumnProposal column) {
        String measure = column.bounds()
                .map(b -> String.format(
                        Locale.ROOT,
                        ", kind: slow, lower: %s, upper: %s, step: 0, coverage: %s",
                        number(b.lower()),
                        number(b.upper()),
                        column.everybody() ? "everybody" : "some"))
                .orElse("");
        return "    %s: {role: %s%s, zh: %s, en: %s}%n"
                .formatted(
                        quoted(column.name()),
                        column.role().wire(),
                        measure,
                        quoted(column.name()),
                        quoted(column.name()))
                .replace("\r\n", "\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String ids(List<Term> terms) {
        return terms.stream().map(Term::id).collect(Collectors.joining(", "));
    }

    /** A JSON string is a YAML string. */
    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
