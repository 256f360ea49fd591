package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
    private static Store store(String json) {
        return new Store(Value.fromJson(json));
    }

    @Test
    void patch_eachKindOfChange_isAsRfc6902Says() throws Exception {
        Store store = store("{\"a\": {\"b\": 1}, \"list\": [1, 2, 3]}");
        store.patch(List.of(
                new Store.Add(List.of("a", "c"), Value.of(2)),
                new Store.Replace(List.of("a", "b"), Value.of("new")),
                new Store.Add(List.of("list", "1"), Value.of(9)),
                new Store.Add(List.of("list", "-"), Value.of(4)),
                new Store.Replace(List.of("list", "0"), Value.of(0)),
                new Store.Remove(List.of("list", "2"))));
        assertThat(store.read().toJson()).isEqualTo("{\"a\":{\"b\":\"new\",\"c\":2},\"list\":[0,9,3,4]}");
        store.patch(new Store.Remove(List.of("a")));
        store.patch(new Store.Add(List.of("list"), Obj.EMPTY));
        assertThat(store.read().toJson()).isEqualTo("{\"list\":{}}");
        store.patch(new Store.Add(List.of(), Value.of(true)));
        assertThat(store.read()).isEqualTo(Value.of(true));
    }

    @ParameterizedTest
    @CsvSource({
        "remove, x, no member x",
        "replace, x, no member x",
        "add, x/y, no member x",
        "add, a/b/c, no object or array above c",
        "remove, list/3, no position 3 in an array of 3",
        "add, list/4, no position 4 in an array of 3",
        "add, list/01, no position in an array: 01",
        "replace, list/-, no position in an array: -",
        "add, list/-/x, no position in an array: -",
        "remove, '', the whole document cannot be removed"
    })
    void patch_whereNothingIs_saysSoAndChangesNothing(String operation, String path, String message) {
        Store store = store("{\"a\": {\"b\": 1}, \"list\": [1, 2, 3]}");
        Value before = store.read();
        List<String> keys = path.isEmpty() ? List.of() : List.of(path.split("/"));
        Store.Change bad = switch (operation) {
            case "add" -> new Store.Add(keys, Value.of(1));
            case "replace" -> new Store.Replace(keys, Value.of(1));
            default -> new Store.Remove(keys);
        };
        assertThatThrownBy(() -> store.patch(List.of(new Store.Add(List.of("new"), Value.of(1)), bad)))
                .isInstanceOf(StorePathException.class)
                .hasMessage(message);
        assertThat(store.read()).isSameAs(before);
    }

    /** Small objects, and those that are changed by pages, until little is left and until they have grown. */
    @ParameterizedTest
    @ValueSource(ints = {3, 100, 5_000})
    void patch_ofManyMembersOneByOne_isThatOfAMap(int size) throws Exception {
        Random random = new Random(size);
        Map<String, Value> model = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            model.put("k" + random.nextInt(size * 2), Value.of(i));
        }
        Store store = store("{\"people\": " + json(model) + "}");
        Value untouched = store.read();
        String first = untouched.toJson();
        PreparedQuery known = Policy.compile(
                        List.of(
                                new Source(
                                        "p.rego",
                                        "package p\nknown := data.people[input]\nall := count(data.people)\nnames := [k | some k, _ in data.people]\n")),
                        CompileOptions.defaults())
                .prepare("[object.get(data.p, \"known\", null), data.p.all, data.p.names]");
        for (int i = 0; i < 4_000; i++) {
            String key = "k" + random.nextInt(size * 2);
            List<String> path = List.of("people", key);
            boolean growing = i / 1_000 % 2 == 0;
            if (growing || !model.containsKey(key)) {
                model.put(key, Value.of(-i));
                store.patch(new Store.Add(path, Value.of(-i)));
            } else {
                model.remove(key);
                store.patch(new Store.Remove(path));
            }
            if (i % 500 == 499) {
                String asked = "k" + random.nextInt(size * 2);
                Value expected = Value.fromJson("{\"people\": " + json(model) + "}");
                assertThat(store.read()).isEqualTo(expected).hasSameHashCodeAs(expected);
                assertThat(expected).isEqualTo(store.read());
                assertThat(store.read().compareTo(expected)).isZero();
                assertThat(store.read().toJson()).isEqualTo(expected.toJson());
                assertThat(known.evaluate(Value.of(asked), store.read(), Budget.DEFAULT))
                        .isEqualTo(known.evaluate(Value.of(asked), expected, Budget.DEFAULT));
            }
        }
        assertThat(untouched.toJson()).isEqualTo(first);
    }

    private static String json(Map<String, Value> members) {
        return members.entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Test
    void read_whileOthersPatch_seesEachChangeWhole() throws Exception {
        Store store = store("{\"debit\": 0, \"credit\": 0, \"by\": {\"left\": 0, \"right\": 0}}");
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        Obj seen = (Obj) store.read();
                        assertThat(seen.get("debit")).isEqualTo(seen.get("credit"));
                    }
                }));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (String side : List.of("left", "right")) {
                writers.add(threads.submit(() -> {
                    for (int i = 1; i <= 2_000; i++) {
                        store.patch(List.of(
                                new Store.Replace(List.of("debit"), Value.of(i)),
                                new Store.Replace(List.of("by", side), Value.of(i)),
                                new Store.Replace(List.of("credit"), Value.of(i))));
                    }
                    return null;
                }));
            }
            try {
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(store.read().toJson()).contains("\"by\":{\"left\":2000,\"right\":2000}");
    }

    @Test
    void fromJson_aStream_isThatOfItsText() throws Exception {
        String text = "{\"b\": [\"é\", 1.50, 1e3, -0, 12345678901234567890.5], \"a\": {\"b\": \"é\", \"b\": \"last\"}}";
        Value value = Value.fromJson(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(value).isEqualTo(Value.fromJson(text));
        assertThat(value.toJson())
                .isEqualTo("{\"a\":{\"b\":\"last\"},\"b\":[\"é\",1.50,1e3,-0,12345678901234567890.5]}");
        assertThatThrownBy(() -> Value.fromJson(new ByteArrayInputStream(new byte[] {'[', (byte) 0xff, ']'})))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
