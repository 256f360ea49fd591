package dev.hufu.rego.lint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings for those who read them: people, programs, code review.
 *
 * @param files how many modules were looked at
 */
public record LintReport(List<Violation> violations, int files) {
    private static final String SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    public LintReport {
        violations = List.copyOf(violations);
    }

    /** Several lines a finding, for the terminal. */
    public String pretty() {
        StringBuilder out = new StringBuilder();
        for (Violation violation : violations) {
            line(out, "Rule:", violation.rule());
            line(out, "Description:", violation.title().en());
            line(out, "Category:", violation.category().text());
            if (violation.level() == Level.WARNING) {
                line(out, "Level:", violation.level().text());
            }
            line(out, "Location:", location(violation));
            line(out, "Text:", violation.line().strip());
            if (!violation.hint().en().isEmpty()) {
                line(out, "Instead:", violation.hint().en());
            }
            out.append('\n');
        }
        return out.append(summary()).append('\n').toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name)
                .append(" ".repeat(Math.max(1, 14 - name.length())))
                .append(value)
                .append('\n');
    }

    /** A line a finding. */
    public String compact() {
        StringBuilder out = new StringBuilder();
        for (Violation violation : violations) {
            out.append(location(violation))
                    .append(": ")
                    .append(violation.level().text())
                    .append(": ");
            out.append(violation.title().en())
                    .append(" [")
                    .append(violation.category().text())
                    .append('/');
            out.append(violation.rule()).append("]\n");
        }
        return out.append(summary()).append('\n').toString();
    }

    private static String location(Violation violation) {
        Violation.Place place = violation.place();
        return place.file() + ":" + place.row() + ":" + place.column();
    }

    private String summary() {
        long errors = violations.stream()
                .filter(violation -> violation.level() == Level.ERROR)
                .count();
        String found = violations.isEmpty()
                ? "No violations found."
                : violations.size() + (violations.size() == 1 ? " violation" : " violations") + " found (" + errors
                        + (errors == 1 ? " error" : " errors") + ").";
        return files + (files == 1 ? " file" : " files") + " linted. " + found;
    }

    /** In Regal's shape, with the words in Chinese and what to write instead beside it. */
    public JsonNode json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ArrayNode list = root.putArray("violations");
        for (Violation violation : violations) {
            Violation.Place place = violation.place();
            ObjectNode one = list.addObject();
            one.put("title", violation.rule())
                    .put("description", violation.title().en())
                    .put("descriptionZh", violation.title().zh())
                    .put("hint", violation.hint().en())
                    .put("hintZh", violation.hint().zh())
                    .put("category", violation.category().text())
                    .put("level", violation.level().text());
            ObjectNode at = one.putObject("location");
            at.put("file", place.file()).put("row", place.row()).put("col", place.column());
            at.put("text", violation.line());
            at.putObject("end").put("row", place.endRow()).put("col", place.endColumn());
        }
        long failed = violations.stream()
                .map(violation -> violation.place().file())
                .distinct()
                .count();
        root.putObject("summary")
                .put("files_scanned", files)
                .put("files_failed", failed)
                .put("num_violations", violations.size());
        return root;
    }

    /** Workflow commands, which GitHub shows beside the lines of a change. */
    public String github() {
        StringBuilder out = new StringBuilder();
        for (Violation violation : violations) {
            Violation.Place place = violation.place();
            out.append("::").append(violation.level().text());
            out.append(" file=").append(property(place.file()));
            out.append(",line=").append(place.row()).append(",col=").append(place.column());
            out.append(",endLine=").append(place.endRow()).append(",endColumn=").append(place.endColumn());
            out.append(",title=").append(property(violation.category().text() + "/" + violation.rule()));
            out.append("::").append(data(message(violation))).append('\n');
        }
        return out.toString();
    }

    private static String message(Violation violation) {
        String hint = violation.hint().en();
        return violation.title().en() + (hint.isEmpty() ? "" : ". " + hint);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    /** SARIF 2.1.0. */
    public JsonNode sarif() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("$schema", SARIF_SCHEMA).put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        run.put("columnKind", "unicodeCodePoints");
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "hufu policy lint");
        Map<String, Violation> first = new LinkedHashMap<>();
        violations.forEach(violation -> first.putIfAbsent(violation.rule(), violation));
        ArrayNode rules = driver.putArray("rules");
        for (Violation violation : first.values()) {
            ObjectNode rule = rules.addObject().put("id", violation.rule());
            LintRule known = Rules.find(violation.rule()).orElse(null);
            rule.putObject("shortDescription")
                    .put("text", known == null ? "Parse error" : known.title().en());
            if (known != null) {
                rule.putObject("help").put("text", known.hint().en());
            }
            rule.putObject("properties").put("category", violation.category().text());
        }
        ArrayNode results = run.putArray("results");
        violations.forEach(violation -> result(results.addObject(), violation));
        return root;
    }

    private static void result(ObjectNode result, Violation violation) {
        Violation.Place place = violation.place();
        result.put("ruleId", violation.rule()).put("level", violation.level().text());
        result.putObject("message").put("text", message(violation));
        ObjectNode physical = result.putArray("locations").addObject().putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", place.file().replace('\\', '/'));
        physical.putObject("region")
                .put("startLine", place.row())
                .put("startColumn", place.column())
                .put("endLine", place.endRow())
                .put("endColumn", Math.max(place.endColumn(), place.column()));
    }
}
