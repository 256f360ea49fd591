package dev.hufu.service.registers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a value in a register may look like. */
sealed interface Shape {
    /** Text that is not blank, of at most 4,000 characters. */
    record Any() implements Shape {}

    /** Text of a form. */
    record Form(Pattern pattern, String what) implements Shape {}

    /** A day, {@code YYYY-MM-DD}. */
    record Day() implements Shape {}

    record Flag() implements Shape {}

    /** A number within bounds, both included. */
    record Range(double least, double most, boolean whole) implements Shape {}

    /** One of these texts. */
    record OneOf(List<String> values) implements Shape {}

    /** A name that some list holds, a vocabulary's kind or a register by wire name. */
    record Ref(String list) implements Shape {}

    record ListOf(Shape item, boolean mayBeEmpty) implements Shape {}

    /** Members by any name that is taken. */
    record MapOf(Shape key, Shape value) implements Shape {}

    /** Members by declared names; what is not declared is refused. */
    record Members(Map<String, Shape> required, Map<String, Shape> optional) implements Shape {
        Members and(String name, Shape shape) {
            Map<String, Shape> more = new LinkedHashMap<>(required);
            more.put(name, shape);
            return new Members(more, optional);
        }

        Members maybe(String name, Shape shape) {
            Map<String, Shape> more = new LinkedHashMap<>(optional);
            more.put(name, shape);
            return new Members(required, more);
        }
    }

    static Members members() {
        return new Members(Map.of(), Map.of());
    }

    static Members title() {
        return members().and("zh", new Any()).and("en", new Any());
    }

    static Members valid() {
        return members().and("validFrom", new Day()).and("validTo", new Day());
    }

    static ListOf refs(String list) {
        return new ListOf(new Ref(list), false);
    }

    /** Walks a value and tells each thing that does not fit. */
    final class Check {
        private static final int MAX_TEXT = 4_000;
        private static final Pattern DAY = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");

        private final String file;
        private final Predicate<Name> known;
        private final List<RegisterException.Problem> problems;

        /** A name that must be on a list. */
        record Name(String list, String value) {}

        Check(String file, Predicate<Name> known, List<RegisterException.Problem> problems) {
            this.file = file;
            this.known = known;
            this.problems = problems;
        }

        void value(String path, Yaml value, Shape shape) {
            switch (shape) {
                case Any _ -> text(path, value);
                case Form form -> {
                    String text = text(path, value);
                    if (!text.isEmpty() && !form.pattern().matcher(text).matches()) {
                        problem(value.place(), path + " is " + form.what());
                    }
                }
                case Day _ -> {
                    if (!DAY.matcher(text(path, value)).matches()) {
                        problem(value.place(), path + " is a day, \"YYYY-MM-DD\"");
                    }
                }
                case Flag _ ->
                    scalar(path, value, "true or false", s -> s.value().isBoolean());
                case Range number -> scalar(path, value, bounds(number), s -> fits(s, number));
                case OneOf one ->
                    scalar(
                            path,
                            value,
                            "one of " + String.join(", ", one.values()),
                            s -> s.value().isString()
                                    && one.values().contains(s.value().stringValue()));
                case Ref ref -> {
                    String text = text(path, value);
                    if (!text.isEmpty() && !known.test(new Name(ref.list(), text))) {
                        problem(value.place(), path + ": " + ref.list() + " holds no " + text);
                    }
                }
                case ListOf list -> list(path, value, list);
                case MapOf map -> map(path, value, map);
                case Members members -> members(path, value, members);
            }
        }

        private void list(String path, Yaml value, ListOf list) {
            if (!(value instanceof Yaml.Sequence sequence)) {
                problem(value.place(), path + " is a list");
                return;
            }
            if (sequence.items().isEmpty() && !list.mayBeEmpty()) {
                problem(value.place(), path + " is a list with at least one item");
            }
            for (int i = 0; i < sequence.items().size(); i++) {
                value(path + "[" + i + "]", sequence.items().get(i), list.item());
            }
        }

        private void map(String path, Yaml value, MapOf map) {
            if (!(value instanceof Yaml.Mapping mapping)) {
                problem(value.place(), path + " has members by name");
                return;
            }
            mapping.members().forEach((key, member) -> {
                Yaml.Place at = mapping.keys().getOrDefault(key, mapping.place());
                value(
                        "a key of " + path,
                        new Yaml.Scalar(tools.jackson.databind.node.StringNode.valueOf(key), at),
                        map.key());
                value(path + "." + key, member, map.value());
            });
        }

        private void members(String path, Yaml value, Members members) {
            if (!(value instanceof Yaml.Mapping mapping)) {
                problem(
                        value.place(),
                        path + " has members "
                                + String.join(", ", members.required().keySet()));
                return;
            }
            members.required().forEach((name, shape) -> {
                Yaml member = mapping.members().get(name);
                if (member == null) {
                    problem(mapping.place(), path + " lacks " + name);
                } else {
                    value(path + "." + name, member, shape);
                }
            });
            mapping.members().forEach((name, member) -> {
                Shape optional = members.optional().get(name);
                if (optional != null) {
                    value(path + "." + name, member, optional);
                } else if (!members.required().containsKey(name)) {
                    problem(
                            mapping.keys().getOrDefault(name, mapping.place()),
                            path + " has the unknown member " + name);
                }
            });
        }

        private String text(String path, Yaml value) {
            if (value instanceof Yaml.Scalar scalar && scalar.value().isString()) {
                String text = scalar.value().stringValue();
                if (!text.isBlank() && text.length() <= MAX_TEXT) {
                    return text;
                }
            }
            problem(value.place(), path + " is a text of 1 to " + MAX_TEXT + " characters");
            return "";
        }

        private void scalar(String path, Yaml value, String what, Predicate<Yaml.Scalar> fits) {
            if (!(value instanceof Yaml.Scalar scalar) || !fits.test(scalar)) {
                problem(value.place(), path + " is " + what);
            }
        }

        private static boolean fits(Yaml.Scalar scalar, Range number) {
            if (!scalar.value().isNumber() || (number.whole() && !scalar.value().isIntegralNumber())) {
                return false;
            }
            double value = scalar.value().doubleValue();
            return value >= number.least() && value <= number.most();
        }

        private static String bounds(Range number) {
            return (number.whole() ? "a whole number" : "a number") + " from " + number.least() + " to "
                    + number.most();
        }

        private void problem(Yaml.Place place, String message) {
            problems.add(new RegisterException.Problem(file, place.line(), place.column(), message));
        }
    }
}
