package dev.hufu.rego;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random modules that are well typed, and an input that makes many of their references undefined. */
public final class GeneratedProgram {
    private static final String[] WORDS = {"", "a", "b", "ab", "人", "é", "x y", "B", "10", "😀"};
    private static final String[] NUMBERS = {
        "0", "1", "-1", "2", "3", "7", "0.5", "0.1", "1.0", "1e3", "12345678901234567890", "2.50"
    };

    /** A module that every program may import. */
    static final String LIBRARY = """
            package lib

            things := [1, "a", null, {"a": 1}, [2, 3], {4, "b"}]

            names contains name if some name in ["a", "b", "人"]

            table[key] := value if some key, value in {"a": 1, "b": [1, 2], "c": {"d": 1.0}}

            tree.left[x].right contains y if {
            	some x in ["a", "b"]
            	some y in [1, 2]
            }

            default limit(_) := 10

            limit(x) := x * 2 if x > 3

            id(x) := x

            pair([a, b]) := {"first": a, "second": b}

            kind(x) := "text" if is_string(x)
            else := "number" if is_number(x)
            else := "other"
            """;

    private final Random random;
    private final GeneratedCalls calls;
    private int vars;
    private boolean logic;

    public GeneratedProgram(long seed) {
        random = new Random(seed);
        calls = new GeneratedCalls(random);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private String quote(String text) {
        return new Str(text).toString();
    }

    String input() {
        return "{\"xs\": " + json(2) + ", \"ys\": [" + json(1) + "," + json(0) + "," + json(2) + "], \"o\": {\"a\": "
                + json(1) + ", \"b\": " + json(2) + "}, \"n\": " + pick(NUMBERS) + ", \"s\": " + quote(pick(WORDS))
                + ", \"f\": false}";
    }

    private String json(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> pick(NUMBERS);
            case 1 -> quote(pick(WORDS));
            case 2 -> pick("true", "false");
            case 3 -> "null";
            case 4 -> "[" + json(depth - 1) + "," + json(depth - 1) + "," + json(depth - 1) + "]";
            default ->
                "{\"a\": " + json(depth - 1) + ", " + quote(pick("b", "ab", "10")) + ": " + json(depth - 1) + "}";
        };
    }

    public String module(String name) {
        vars = 0;
        logic = random.nextInt(4) == 0;
        StringBuilder text =
                new StringBuilder("package " + name + "\n\nimport data.lib\nimport data.lib.kind as sort_of\n");
        text.append(logic ? "import rego.v2\n\n" : "\n");
        text.append("f(x) := [x, ").append(any(List.of("x"))).append("]\n\n");
        text.append("g(x) := x.a if x.a\n\nelse := \"none\" if not is_object(x)\n\n");
        int rules = 2 + random.nextInt(4);
        for (int i = 0; i < rules; i++) {
            text.append(rule("r" + i)).append('\n');
        }
        return text.toString();
    }

    private String rule(String name) {
        List<String> bound = new ArrayList<>();
        String body = body(bound, 1 + random.nextInt(3));
        return switch (random.nextInt(10)) {
            case 4 -> name + ".a[" + any(bound) + "].b contains " + any(bound) + lines(body);
            case 5 ->
                name + "[" + quote(pick("a", "b")) + "][" + pick("1", "\"x\"") + "] := [" + any(bound) + " | " + body
                        + "]\n";
            case 6 ->
                "default " + name + " := " + constant() + "\n\n" + name + " := [" + any(List.of()) + "] if {\n\t"
                        + body.replace("; ", "\n\t") + "\n} else := " + any(List.of()) + " if {\n\t"
                        + body(new ArrayList<>(), 1).replace("; ", "\n\t") + "\n}\n";
            case 7 ->
                name + " := {" + quote(pick("k", "l")) + ": " + any(List.of()) + ", " + leaf(List.of()) + ": {"
                        + any(bound) + " | " + body + "}}\n";
            case 8 ->
                name + "(x, [y, z]) := [x, y, " + any(List.of("x", "y", "z")) + "]\n\n" + name + "_ := [" + name + "("
                        + leaf(List.of()) + ", [" + leaf(List.of()) + ", " + leaf(List.of()) + "])]\n";
            case 0 -> name + " := [" + any(bound) + " | " + body + "]\n";
            case 1 -> name + " := {" + any(bound) + " | " + body + "}\n";
            case 2 -> name + " contains " + any(bound) + " if {\n\t" + body.replace("; ", "\n\t") + "\n}\n";
            default ->
                name + "[" + any(bound) + "] contains " + any(bound) + " if {\n\t" + body.replace("; ", "\n\t")
                        + "\n}\n";
        };
    }

    private static String lines(String body) {
        return " if {\n\t" + body.replace("; ", "\n\t") + "\n}\n";
    }

    private String fresh(List<String> bound) {
        String name = "v" + vars++;
        bound.add(name);
        return name;
    }

    private String body(List<String> bound, int lines) {
        List<String> exprs = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            exprs.add(expr(bound));
        }
        return String.join("; ", exprs);
    }

    private String expr(List<String> bound) {
        String a = any(bound);
        String b = any(bound);
        return switch (random.nextInt(26)) {
            case 0 ->
                "some " + fresh(bound) + " in "
                        + pick("input.xs", "input.ys", "input.o", "[1, \"a\", null]", "{2, \"b\"}");
            case 1 -> {
                String domain = pick("input.xs", "input.ys", "input.o", "input");
                yield "some " + fresh(bound) + ", " + fresh(bound) + " in " + domain;
            }
            case 2 -> fresh(bound) + " := " + a;
            case 3 -> {
                String reference = pick("input.ys", "input.o") + "[" + fresh(bound) + "]";
                yield fresh(bound) + " = " + reference;
            }
            case 4 -> loose(a) + " " + pick("==", "!=", "<", "<=", ">", ">=") + " " + b;
            case 5 -> "not " + loose(a) + " " + pick("==", "!=", "<") + " " + b;
            case 6 -> "not " + pick("input.f", "input.zz", "input.o.a", "input.s");
            case 7 ->
                "[" + fresh(bound) + ", " + fresh(bound) + "] = "
                        + pick("input.ys", "f(" + a + ")", "[" + a + ", " + b + "]");
            case 8 -> "every e in " + pick("input.ys", "input.o", "[]") + " { e != " + loose(a) + " }";
            case 9 -> fresh(bound) + " := " + number(bound) + " " + pick("+", "-", "*", "/", "%") + " " + number(bound);
            case 10 -> fresh(bound) + " := " + a + " with input.o.a as " + constant();
            case 11 -> fresh(bound) + " := lib.limit(" + number(bound) + ")";
            case 12 ->
                "{\"first\": " + fresh(bound) + ", \"second\": " + fresh(bound) + "} = lib.pair([" + a + ", " + b
                        + "])";
            case 13 -> fresh(bound) + " := " + a + " with data.lib.things as [" + constant() + "]";
            case 14 -> fresh(bound) + " := f(" + a + ") with f as " + pick("g", "lib.kind", "1", "[]");
            case 15 -> fresh(bound) + " := lib.things with input as {}";
            case 16 -> fresh(bound) + " = lib.table[" + fresh(bound) + "]";
            case 17 -> "lib.tree.left[" + fresh(bound) + "].right[" + fresh(bound) + "]";
            case 18 ->
                "every k, e in " + pick("input.o", "lib.things", "lib.table") + " { sort_of(e) != " + loose(a)
                        + "; k != " + loose(b) + " }";
            case 19 ->
                logic
                        ? "{ " + loose(a) + " == " + b + " } or not { " + loose(leaf(bound)) + " == " + b + " }"
                        : "not lib.names[" + a + "]";
            case 20 ->
                logic
                        ? loose(a) + " != 1 and (" + loose(b) + " == 1 or " + pick("input.f", "input.n", "input.zz")
                                + ")"
                        : "lib.kind(" + a + ") == \"text\"";
            case 21, 22, 23 -> fresh(bound) + " := " + call(bound);
            case 24 ->
                fresh(bound) + " := count(" + pick("lib.names", "input.ys", "lib.things") + ") with count as "
                        + pick("7", "lib.limit", "sort_of");
            default -> loose(a) + " in " + pick("input.ys", "input.o", "[" + b + "]", "lib.names", "lib.things");
        };
    }

    /** Mostly of a type that is not known, so that most programs compile. */
    private String loose(String term) {
        return random.nextInt(10) == 0 ? term : "lib.id(" + term + ")";
    }

    private String call(List<String> bound) {
        return calls.call(() -> leaf(bound));
    }

    private String constant() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> pick(NUMBERS);
            case 2 -> quote(pick(WORDS));
            case 3 -> pick("true", "false", "null");
            default -> pick("[1, 2]", "{\"a\": 1}", "{1, 2}", "[]", "{}");
        };
    }

    private String number(List<String> bound) {
        return random.nextBoolean()
                ? pick(NUMBERS)
                : pick("input.n", "to_number(input.n)", "count(input.s)", "sum([1, 0.1, input.n])");
    }

    private String any(List<String> bound) {
        if (!bound.isEmpty() && random.nextInt(3) > 0) {
            return pick(bound);
        }
        return switch (random.nextInt(21)) {
            case 0 -> pick("input.n", "input.s", "input.o.a", "input.o.b", "input.ys[1]", "input.zz", "input.xs[0]");
            case 1 -> "{" + quote(pick("k", "l")) + ": " + leaf(bound) + "}";
            case 2 -> "[" + leaf(bound) + ", " + leaf(bound) + "]";
            case 3 -> "{" + leaf(bound) + "}";
            case 4 -> "count(input." + pick("xs", "ys", "o", "s") + ")";
            case 5 -> "f(" + leaf(bound) + ")";
            case 6 -> "g(" + leaf(bound) + ")";
            case 7 ->
                "sprintf(" + quote(pick("%v", "%d|", "%s", "%q", "%5v|", "%.2f", "%x")) + ", [" + leaf(bound) + "])";
            case 8 -> "object.get(input.o, " + quote(pick("a", "b", "c")) + ", " + leaf(bound) + ")";
            case 9 -> pick("sort", "max", "min") + "(input.ys)";
            case 10 -> "concat(\"-\", [input.s, \"x\"])";
            case 11 ->
                pick("upper", "lower", "type_name", "is_string", "json.marshal") + "(input." + pick("s", "s", "s")
                        + ")";
            case 12 -> "$\"<{" + leaf(bound) + "}>\"";
            case 13 -> "lib.kind(" + leaf(bound) + ")";
            case 14 -> "[e | some e in " + pick("lib.things", "input.ys") + "; e != " + loose(leaf(bound)) + "]";
            case 15 -> "{k: [e, " + leaf(bound) + "] | some k, e in " + pick("lib.table", "input.o") + "}";
            case 16 -> "{n | some n in [m | some m in lib.things]; not n == " + loose(leaf(bound)) + "}";
            case 17 -> pick("lib.things[3].a", "lib.table.c.d", "lib.tree.left.a", "lib.names");
            case 18, 19 -> call(bound);
            default -> constant();
        };
    }

    private String leaf(List<String> bound) {
        return !bound.isEmpty() && random.nextBoolean() ? pick(bound) : constant();
    }
}
