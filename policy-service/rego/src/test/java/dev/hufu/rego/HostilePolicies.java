package dev.hufu.rego;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The policies of {@code hostile-policies.txt}, and an input for them of any size. */
final class HostilePolicies {
    /** @param endless whether only a budget ends it */
    record Hostile(String name, boolean endless, PreparedQuery query) {
        /** What it came to, in words. */
        String outcome(Value input, Budget budget) {
            try {
                return query.evaluate(input, Obj.EMPTY, budget).isPresent() ? "a value" : "undefined";
            } catch (BudgetExceededException ended) {
                return ended.limit().toString();
            } catch (EvaluationException error) {
                return error.code();
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private HostilePolicies() {}

    static List<Hostile> all() throws IOException, RegoCompileException {
        List<Hostile> all = new ArrayList<>();
        for (String part : resource().split("(?m)^### ")) {
            String title = part.lines().findFirst().orElse("");
            if (title.isEmpty() || title.startsWith("#")) {
                continue;
            }
            String text = "package t\n" + part.substring(title.length());
            PreparedQuery query = Policy.compile(List.of(new Source(title, text)), CompileOptions.defaults())
                    .prepare("data.t.x");
            all.add(new Hostile(title.replace(" !", ""), title.endsWith("!"), query));
        }
        return all;
    }

    private static String resource() throws IOException {
        try (InputStream in = HostilePolicies.class.getResourceAsStream("hostile-policies.txt")) {
            if (in == null) {
                throw new IOException("hostile-policies.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @param size elements of its collections; its texts have some times more characters */
    static Value input(int size) {
        Random random = new Random(1);
        List<Value> flood = new ArrayList<>();
        ObjBuilder flooded = new ObjBuilder();
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.min(size, 1 << 16) - 1);
        for (int i = 0; i < 1 << bits; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < bits; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // both have one hash
            }
            flood.add(Value.of(key.toString()));
        }
        for (int i = 0; i < Math.min(flood.size(), 4_096); i++) {
            flooded.put(flood.get(i), Num.ONE);
        }
        ObjBuilder members = new ObjBuilder();
        for (int i = 0; i < size; i++) {
            members.put(Integer.toString(i), Num.of(i));
        }
        Obj object = members.build();
        Value nested = Num.ONE;
        for (int i = 0; i < 400; i++) {
            nested = Obj.of(Value.of("a"), Arr.of(Num.ONE, Num.of(2), nested));
        }
        return new ObjBuilder()
                .put("shuffled", numbers(random.ints(size, 0, 1_000_000_000)))
                .put("same", numbers(IntStream.generate(() -> 0).limit(size)))
                .put("small", numbers(IntStream.range(0, 2_000)))
                .put(
                        "strs",
                        Arr.of(random.ints(size)
                                .mapToObj(i -> Value.of("s" + i))
                                .toList()))
                .put("text", Value.of("abcdefghij,".repeat(size)))
                .put("wide", Value.of("人a".repeat(size)))
                .put("ones", Value.of("a".repeat(size)))
                .put("obj", object)
                .put("obj2", Value.fromJson(object.toJson()))
                .put("json", Value.of(object.toJson()))
                .put("nested", nested)
                .put("flood", Arr.of(flood))
                .put("flooded", Value.fromJson(flooded.build().toJson()))
                .build();
    }

    private static Arr numbers(IntStream values) {
        return Arr.of(values.mapToObj(Num::of).toList());
    }
}
