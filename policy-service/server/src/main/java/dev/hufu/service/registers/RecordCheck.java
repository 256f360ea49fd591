package dev.hufu.service.registers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks one record against its shape and against what the registers hold now. */
final class RecordCheck {
    private final Registers registers;
    private final Map<String, Set<String>> lists = new HashMap<>();

    RecordCheck(Registers registers) {
        this.registers = registers;
    }

    /** @throws RegisterException telling all that is wrong with it */
    void check(RegisterRecord record) {
        List<RegisterException.Problem> problems = new ArrayList<>();
        Yaml.Place nowhere = new Yaml.Place(0, 0);
        Yaml.Mapping content =
                new Yaml.Mapping(Map.of(record.id(), tree(record.body(), nowhere, 0)), Map.of(), nowhere);
        new Shape.Check("", name -> list(name.list()).contains(name.value()), problems)
                .value(record.register().wire(), content, Shapes.of(record.register()));
        if (!problems.isEmpty()) {
            throw new RegisterException(problems);
        }
    }

    private Set<String> list(String wire) {
        return lists.computeIfAbsent(wire, _ -> {
            Set<String> ids = new HashSet<>();
            VocabularyKind.ofWire(wire)
                    .ifPresent(kind -> registers.vocabulary(kind).forEach(t -> ids.add(t.id())));
            Register.ofWire(wire).ifPresent(r -> registers.records(r).forEach(x -> ids.add(x.id())));
            return ids;
        });
    }

    private static Yaml tree(JsonNode node, Yaml.Place place, int depth) {
        if (depth > Yaml.MAX_DEPTH) {
            throw new RegisterException("nested deeper than " + Yaml.MAX_DEPTH);
        }
        if (node.isObject()) {
            Map<String, Yaml> members = new LinkedHashMap<>();
            node.properties().forEach(e -> members.put(e.getKey(), tree(e.getValue(), place, depth + 1)));
            return new Yaml.Mapping(members, Map.of(), place);
        }
        if (node.isArray()) {
            List<Yaml> items = new ArrayList<>();
            node.forEach(item -> items.add(tree(item, place, depth + 1)));
            return new Yaml.Sequence(items, place);
        }
        return new Yaml.Scalar(node, place);
    }
}
