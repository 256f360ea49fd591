package dev.hufu.service.gate;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Obligations as JSON, {@code {"type":"minGroupSize","value":20}}, strict in both directions. */
public final class ObligationJson {
    private ObligationJson() {}

    /** A fresh tree with {@code type} first. */
    public static ObjectNode write(Obligation obligation) {
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("type", obligation.type());
        return switch (obligation) {
            case Obligation.MinGroupSize o -> out.put("value", o.value());
            case Obligation.Dominance o -> out.put("n", o.n()).put("percent", o.percent());
            case Obligation.Dp o ->
                out.put("epsilon", o.epsilon()).put("delta", o.delta()).put("unit", o.unit());
            case Obligation.Fields o -> {
                texts(out, "drop", o.drop());
                texts(out, "mask", o.mask());
                texts(out, "generalise", o.generalise());
                yield out;
            }
            case Obligation.RowFilter o -> {
                out.put("column", o.column());
                texts(out, "values", o.values());
                yield out;
            }
            case Obligation.ExpiresAt o -> out.put("value", o.value().toString());
            case Obligation.HumanReview _,
                    Obligation.Explain _,
                    Obligation.SecondApproval _,
                    Obligation.Notify _,
                    Obligation.Watermark _ -> out;
        };
    }

    /** @throws IllegalArgumentException for an unknown type, a missing or unknown member, or a value out of bounds */
    public static Obligation read(JsonNode node) {
        Members members = new Members(node);
        Obligation obligation = switch (members.text("type")) {
            case "minGroupSize" -> new Obligation.MinGroupSize(members.whole("value"));
            case "dominance" -> new Obligation.Dominance(members.whole("n"), members.number("percent"));
            case "dp" -> new Obligation.Dp(members.number("epsilon"), members.number("delta"), members.text("unit"));
            case "fields" ->
                new Obligation.Fields(members.texts("drop"), members.texts("mask"), members.texts("generalise"));
            case "rowFilter" -> new Obligation.RowFilter(members.text("column"), members.texts("values"));
            case "expiresAt" -> new Obligation.ExpiresAt(members.instant("value"));
            case "humanReview" -> new Obligation.HumanReview();
            case "explain" -> new Obligation.Explain();
            case "secondApproval" -> new Obligation.SecondApproval();
            case "notify" -> new Obligation.Notify();
            case "watermark" -> new Obligation.Watermark();
            case String unknown -> throw new IllegalArgumentException("no obligation is named " + unknown);
        };
        members.end();
        return obligation;
    }

    private static void texts(ObjectNode out, String name, List<String> values) {
        var array = out.putArray(name);
        values.forEach(array::add);
    }

    /** An object read member by member; what nobody asked for is refused at the end. */
    private static final class Members {
        private final JsonNode node;
        private final Set<String> seen = new HashSet<>();

        Members(JsonNode node) {
            if (!node.isObject()) {
                throw new IllegalArgumentException("an obligation is an object");
            }
            this.node = node;
        }

        private JsonNode member(String name) {
            seen.add(name);
            JsonNode member = node.get(name);
            if (member == null) {
                throw new IllegalArgumentException("an obligation lacks " + name);
            }
            return member;
        }

        String text(String name) {
            JsonNode member = member(name);
            if (!member.isString()) {
                throw new IllegalArgumentException(name + " of an obligation is text");
            }
            return member.stringValue();
        }

        int whole(String name) {
            JsonNode member = member(name);
            if (!member.isIntegralNumber() || !member.canConvertToInt()) {
                throw new IllegalArgumentException(name + " of an obligation is a whole number");
            }
            return member.intValue();
        }

        double number(String name) {
            JsonNode member = member(name);
            if (!member.isNumber()) {
                throw new IllegalArgumentException(name + " of an obligation is a number");
            }
            return member.doubleValue();
        }

        Instant instant(String name) {
            try {
                return Instant.parse(text(name));
            } catch (DateTimeException malformed) {
                throw new IllegalArgumentException(name + " of an obligation is an instant", malformed);
            }
        }

        List<String> texts(String name) {
            JsonNode member = member(name);
            if (!member.isArray()) {
                throw new IllegalArgumentException(name + " of an obligation is a list of texts");
            }
            List<String> values = new ArrayList<>();
            for (JsonNode item : member) {
                if (!item.isString()) {
                    throw new IllegalArgumentException(name + " of an obligation is a list of texts");
                }
                values.add(item.stringValue());
            }
            return values;
        }

        void end() {
            for (String name : node.propertyNames()) {
                if (!seen.contains(name)) {
                    throw new IllegalArgumentException("an obligation has the unknown member " + name);
                }
            }
        }
    }
}
