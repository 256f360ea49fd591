package dev.hufu.service.release;

import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.anonymizer.publication.ExpectedError;
import dev.hufu.service.analytics.PreCheck;
import dev.hufu.service.analytics.Protected;
import dev.hufu.service.gate.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A protected result as the answer to its query, or what a pre-check tells, still without receipt and salt. */
final class AnswerJson {
    private AnswerJson() {}

    static ObjectNode of(Protected result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("decision", DecisionJson.of(result.decision()));
        json.set("publication", publication(result));
        ArrayNode columns = json.putArray("columns");
        for (Answer.Column column : result.columns()) {
            columns.addObject().put("name", column.name()).put("type", column.type());
        }
        ArrayNode rows = json.putArray("rows");
        ArrayNode errors = ((ObjectNode) json.get("publication")).putArray("errors");
        for (Answer.Row row : result.rows()) {
            ArrayNode cells = rows.addArray();
            row.values().forEach(value -> add(cells, value));
            ArrayNode bands = errors.addArray();
            row.errors().forEach(band -> add(bands, band));
        }
        json.set("notSeparable", notSeparable(result.notSeparable()));
        return json;
    }

    static ObjectNode of(Decision decision, PreCheck check) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("decision", DecisionJson.of(decision));
        ObjectNode told = json.putObject("preCheck");
        told.put("dataset", check.dataset());
        check.fields().forEach(told.putArray("fields")::add);
        told.put("publication", check.publication());
        told.put("latestPeriod", check.latestPeriod());
        told.put("minGroupSize", check.minGroupSize());
        expected(told, check.expectedErrors());
        return json;
    }

    private static void expected(ObjectNode into, List<ExpectedError> errors) {
        ArrayNode expected = into.putArray("expectedErrors");
        for (ExpectedError error : errors) {
            expected.addObject()
                    .put("measure", error.measure())
                    .put("low", error.low())
                    .put("high", error.high());
        }
    }

    /** What the answer rests on; {@code errors} holds the half-width of each cell's error band, as rows stand. */
    private static ObjectNode publication(Protected result) {
        Answer.Basis basis = result.publication();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", basis.publication());
        json.put("dataset", basis.dataset());
        basis.periods().forEach(json.putArray("periods")::add);
        basis.rebases().forEach(json.putArray("rebases")::add);
        json.put("minGroupSize", basis.k());
        json.put("persons", basis.persons());
        json.put("straddling", basis.straddling());
        expected(json, result.expectedErrors());
        return json;
    }

    private static ObjectNode notSeparable(Answer.NotSeparable hidden) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("groups", hidden.groups());
        json.put("persons", hidden.persons());
        ArrayNode why = json.putArray("why");
        for (Answer.Why reason : hidden.why()) {
            ObjectNode one = why.addObject().put("code", reason.code());
            one.putObject("text").put("zh", reason.zh()).put("en", reason.en());
        }
        return json;
    }

    private static void add(ArrayNode cells, @Nullable Object value) {
        switch (value) {
            case null -> cells.addNull();
            case String text -> cells.add(text);
            case Long whole -> cells.add(whole);
            case Double number -> cells.add(number);
            default ->
                throw new IllegalArgumentException(
                        "a cell holds text, a whole number or a number, not " + value.getClass());
        }
    }
}
