package dev.hufu.rego.explain;

import dev.hufu.rego.explain.Explanation.Clause;
import dev.hufu.rego.explain.Explanation.Reason;
import dev.hufu.rego.explain.Explanation.Step;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An {@link Explanation} as JSON.
 *
 * <p>The whole is {@code {query: [step], notes: [{file, row, text}], cut}}, with {@code value} and {@code error} where there
 * are any. A step is {@code {file, row, column, text, held}}, with {@code not: true}, {@code failed}, {@code reads},
 * {@code known: [{name: value}]}, {@code inner: [step]} and {@code because: [reason]} where there is something to say. A
 * reason is {@code {path, state, rules}}; {@code state} is {@code held}, {@code false} or {@code undefined}; {@code args},
 * {@code value}, {@code default: true}, and {@code told: true} in place of {@code rules} as in the records. A rule is
 * {@code {file, row, head, kind, held, steps: [step]}}.
 */
public final class ExplanationJson {
    private ExplanationJson() {}

    public static ObjectNode of(Explanation explanation) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        explanation.value().ifPresent(value -> node.set("value", value.toJsonNode()));
        explanation.error().ifPresent(error -> node.put("error", error));
        node.set("query", steps(explanation.query()));
        ArrayNode notes = node.putArray("notes");
        for (Trace.Note note : explanation.notes()) {
            place(notes.addObject(), note.at()).put("text", note.text());
        }
        return node.put("cut", explanation.cut());
    }

    private static ObjectNode place(ObjectNode node, Trace.Place at) {
        return node.put("file", at.file()).put("row", at.row());
    }

    private static ArrayNode steps(List<Step> steps) {
        return all(steps.stream().map(ExplanationJson::step));
    }

    private static ArrayNode all(Stream<ObjectNode> nodes) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        nodes.forEach(array::add);
        return array;
    }

    private static ObjectNode step(Step step) {
        Trace.Line line = step.line();
        ObjectNode node = place(JsonMapper.shared().createObjectNode(), line.at());
        node.put("column", line.at().column()).put("text", line.text()).put("held", line.held());
        if (line.negated()) {
            node.put("not", true);
        }
        if (!line.failed().isEmpty()) {
            node.put("failed", line.failed());
        }
        if (!line.reads().isEmpty()) {
            line.reads().forEach(node.putArray("reads")::add);
        }
        if (!line.known().isEmpty()) {
            ArrayNode known = node.putArray("known");
            line.known().forEach(one -> {
                ObjectNode values = known.addObject();
                one.forEach((name, value) -> values.set(name, value.toJsonNode()));
            });
        }
        if (!step.inner().isEmpty()) {
            node.set("inner", steps(step.inner()));
        }
        if (!step.because().isEmpty()) {
            node.set("because", all(step.because().stream().map(ExplanationJson::reason)));
        }
        return node;
    }

    private static ObjectNode reason(Reason reason) {
        Trace.Document document = reason.document();
        ObjectNode node = JsonMapper.shared().createObjectNode().put("path", document.path());
        node.put("state", document.state().name().toLowerCase(Locale.ROOT));
        if (!document.args().isEmpty()) {
            document.args().forEach(arg -> node.withArray("args").add(arg.toJsonNode()));
        }
        document.value().ifPresent(value -> node.set("value", value.toJsonNode()));
        if (document.byDefault()) {
            node.put("default", true);
        }
        if (reason.told()) {
            return node.put("told", true);
        }
        node.set("rules", all(reason.clauses().stream().map(ExplanationJson::clause)));
        return node;
    }

    private static ObjectNode clause(Clause clause) {
        Trace.Body body = clause.body();
        ObjectNode node = place(JsonMapper.shared().createObjectNode(), body.at());
        node.put("head", body.head()).put("kind", body.kind().name().toLowerCase(Locale.ROOT));
        node.put("held", body.held() > 0);
        node.set("steps", steps(clause.steps()));
        return node;
    }
}
