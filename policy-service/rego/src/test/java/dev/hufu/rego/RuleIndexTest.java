package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of many rows give what reading row by row gives. */
class RuleIndexTest {
    private static final int VALUES = 9;

    /** A row: for each attribute what it says of it, and how. */
    private record Row(List<Cell> cells) {}

    private record Cell(String attribute, Form form, Set<String> values) {
        boolean holds(Map<String, List<String>> request) {
            List<String> given = request.getOrDefault(attribute, List.of());
            return switch (form) {
                case EQUAL, EQUAL_BACKWARDS, ONE_OF, MEMBER, ITERATED ->
                    given.stream().anyMatch(values::contains);
                case NOT -> given.stream().noneMatch(values::contains);
            };
        }

        String rego() {
            String value = '"' + values.iterator().next() + '"';
            String at = "input.request." + attribute;
            return switch (form) {
                case EQUAL -> at + " == " + value;
                case EQUAL_BACKWARDS -> value + " = " + at;
                case ONE_OF ->
                    at + " in {" + values.stream().map(v -> '"' + v + '"').collect(Collectors.joining(", ")) + "}";
                case MEMBER -> value + " in " + at;
                case ITERATED -> at + "[_] == " + value;
                case NOT -> "not " + at + " == " + value;
            };
        }
    }

    private enum Form {
        EQUAL,
        EQUAL_BACKWARDS,
        ONE_OF,
        MEMBER,
        ITERATED,
        NOT
    }

    private static final List<Form> OF_ONE = List.of(Form.EQUAL, Form.EQUAL_BACKWARDS, Form.ONE_OF, Form.NOT);
    private static final List<Form> OF_MANY = List.of(Form.MEMBER, Form.ITERATED);

    @ParameterizedTest
    @ValueSource(ints = {3, 64, 65, 700})
    void evaluate_aTableOfRows_isThatOfReadingEachRow(int size) throws Exception {
        Random random = new Random(size);
        List<Row> rows = IntStream.range(0, size).mapToObj(_ -> row(random)).toList();
        PreparedQuery set = prepare("permit contains %d if {\n%s}\n", rows, "data.table.permit");
        PreparedQuery function = prepare(
                "row(request, %d) := \"holds\" if {\n%s}\n",
                rows, "{i | some i in numbers.range(0, %d); data.table.row(input.request, i)}".formatted(size));
        for (int i = 0; i < 300; i++) {
            Map<String, List<String>> request = request(random);
            Value input = Value.fromJson("{\"request\": " + json(request) + "}");
            Set<Value> wanted = new HashSet<>();
            for (int at = 0; at < size; at++) {
                if (rows.get(at).cells.stream().allMatch(cell -> cell.holds(request))) {
                    wanted.add(Value.of(at));
                }
            }
            assertThat(set.evaluate(input, Obj.EMPTY, Budget.DEFAULT))
                    .as("request %s", request)
                    .hasValue(SetValue.of(wanted));
            if (i < 20) {
                assertThat(function.evaluate(input, Obj.EMPTY, Budget.DEFAULT))
                        .as("request %s", request)
                        .hasValue(SetValue.of(wanted));
            }
        }
    }

    private static PreparedQuery prepare(String rule, List<Row> rows, String query) throws Exception {
        StringBuilder text = new StringBuilder("package table\n");
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder body = new StringBuilder("true\n");
            rows.get(i).cells.forEach(cell -> body.append(cell.rego()).append('\n'));
            String lines =
                    rule.startsWith("row") ? body.toString().replace("input.request", "request") : body.toString();
            text.append(rule.formatted(i, lines));
        }
        return Policy.compile(List.of(new Source("table.rego", text.toString())), CompileOptions.defaults())
                .prepare(query);
    }

    private static Row row(Random random) {
        List<Cell> cells = new ArrayList<>();
        for (String attribute : List.of("a", "b", "c")) {
            if (random.nextInt(4) > 0) {
                cells.add(cell(attribute, OF_ONE.get(random.nextInt(OF_ONE.size())), random));
            }
        }
        for (String attribute : List.of("roles", "tags")) {
            if (random.nextInt(4) > 0) {
                cells.add(cell(attribute, OF_MANY.get(random.nextInt(OF_MANY.size())), random));
            }
        }
        return new Row(cells);
    }

    private static Cell cell(String attribute, Form form, Random random) {
        int count = form == Form.ONE_OF ? 1 + random.nextInt(3) : 1;
        Set<String> values = new HashSet<>();
        for (int i = 0; i < count; i++) {
            values.add("v" + random.nextInt(VALUES));
        }
        return new Cell(attribute, form, values);
    }

    /** An attribute may be absent; what holds many may hold more than the index looks up. */
    private static Map<String, List<String>> request(Random random) {
        Map<String, List<String>> request = new java.util.TreeMap<>();
        for (String attribute : List.of("a", "b", "c")) {
            if (random.nextInt(8) > 0) {
                request.put(attribute, List.of("v" + random.nextInt(VALUES + 1)));
            }
        }
        for (String attribute : List.of("roles", "tags")) {
            int count = random.nextInt(20) == 0 ? 100 : random.nextInt(4);
            request.put(
                    attribute,
                    IntStream.range(0, count)
                            .mapToObj(i -> "v" + random.nextInt(VALUES) + (i > 10 ? "x" : ""))
                            .toList());
        }
        return request;
    }

    private static String json(Map<String, List<String>> request) {
        return request.entrySet().stream()
                .map(entry -> {
                    String values =
                            entry.getValue().stream().map(v -> '"' + v + '"').collect(Collectors.joining(", "));
                    boolean many = entry.getKey().length() > 1;
                    return '"' + entry.getKey() + "\": " + (many ? "[" + values + "]" : values);
                })
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
