package dev.hufu.rego.format;

import java.util.List;
import java.util.Random;

/** Modules full of {@code and}, {@code or} and {@code not} over bodies; the same from the same seed. Not all of them parse. */
final class GeneratedLogic {
    private static final List<String> ALL = List.of(
            "rego.v2",
            "future.keywords",
            "future.keywords.and\nimport future.keywords.or\nimport future.keywords.not",
            "rego.v1\nimport future.keywords.not\nimport future.keywords.or\nimport future.keywords.and");
    private static final String NO_BODIES = "future.keywords.and\nimport future.keywords.or";

    private static final List<String> ATOMS = List.of(
            "input.a",
            "input.a == 1",
            "input.a.b in input.c",
            "count(input.a) > 2",
            "is_set(input.a)",
            "input.a | input.b",
            "input.a | {1} == input.b",
            "(input.a | input.b)",
            "({1, 2})",
            "({\"a\": 1}.a)",
            "({x | some x in input.a})",
            "({1} & input.s == set())",
            "[x | some x in input.a; x and input.b]",
            "or(input.a, input.b)",
            "and(input.a, input.b)",
            "(input.a == input.b)",
            "f(\n\tinput.a,\n\tinput.b,\n)",
            "input[{\"a\": 1}]",
            "$\"{input.a}\" == \"x\"");
    /** What no operand may be, at least not behind every operator. */
    private static final List<String> ODD =
            List.of("every x in input.a { x or input.b }", "{1, 2}", "not input.a", "{a | b}");

    private final Random random;
    private boolean bodies;

    GeneratedLogic(long seed) {
        this.random = new Random(seed);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean chance(int one) {
        return random.nextInt(one) == 0;
    }

    String module() {
        bodies = !chance(5);
        StringBuilder text = new StringBuilder("package m\n\nimport " + (bodies ? pick(ALL) : NO_BODIES) + "\n\n");
        int rules = 1 + random.nextInt(3);
        for (int i = 0; i < rules; i++) {
            boolean set = chance(3);
            text.append(set ? "p contains \"x\"" : chance(3) ? "q := 1" : "r").append(" if ");
            text.append(body());
            text.append(!set && chance(4) ? " else := 2 if " + body() : "").append('\n');
        }
        return text.toString();
    }

    private String body() {
        if (chance(3)) {
            return expr(3) + (chance(8) ? "  # beside" : "");
        }
        StringBuilder text = new StringBuilder("{\n");
        int lines = 1 + random.nextInt(3);
        for (int i = 0; i < lines; i++) {
            text.append(chance(8) ? "\n# above\n" : "");
            text.append('\t').append(expr(3)).append(chance(8) ? "  # beside" : "");
            text.append('\n');
        }
        return text.append('}').toString();
    }

    private String expr(int depth) {
        String text = chain(depth);
        return chance(12)
                ? text + space() + "with input.x as 1" + (chance(3) ? space() + "with data.y as {}" : "")
                : text;
    }

    private String chain(int depth) {
        StringBuilder text = new StringBuilder(operand(depth));
        while (!chance(2)) {
            text.append(space()).append(chance(2) ? "and" : "or").append(space());
            text.append(operand(depth));
        }
        return text.toString();
    }

    private String operand(int depth) {
        if (depth == 0 || chance(2)) {
            return atom();
        }
        return switch (random.nextInt(4)) {
            case 0 -> group(depth - 1);
            case 1 -> braces(depth - 1);
            default -> "not " + (bodies && chance(2) ? chance(2) ? group(depth - 1) : braces(depth - 1) : atom());
        };
    }

    private String group(int depth) {
        return "(" + gap() + expr(depth) + gap() + ")";
    }

    private String atom() {
        return pick(chance(60) ? ODD : ATOMS);
    }

    private String braces(int depth) {
        StringBuilder text = new StringBuilder("{").append(gap()).append(expr(depth));
        while (chance(3)) {
            text.append(chance(2) ? "; " : "\n").append(expr(depth));
        }
        return text.append(gap()).append('}').toString();
    }

    private String gap() {
        return switch (random.nextInt(8)) {
            case 0 -> "\n\t";
            case 1, 2 -> " ";
            default -> "";
        };
    }

    private String space() {
        return chance(5) ? "\n\t\t" : chance(20) ? " # c\n" : " ";
    }
}
