package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** Strings; offsets and lengths count code points. */
final class Strings {
    private Strings() {}

    static void register(Registry registry) {
        registry.binary(
                "contains",
                (context, a, b) -> Value.of(Search.contains(context, Operands.string(1, a), Operands.string(2, b))));
        test(registry, "startswith", String::startsWith);
        test(registry, "endswith", String::endsWith);
        map(registry, "lower", text -> cased(text, Character::toLowerCase));
        map(registry, "upper", text -> cased(text, Character::toUpperCase));
        map(registry, "trim_space", Strings::trimSpace);
        map(
                registry,
                "strings.reverse",
                text -> new StringBuilder(text).reverse().toString());
        registry.binary("trim", (_, a, b) -> trim(a, b, true, true));
        registry.binary("trim_left", (_, a, b) -> trim(a, b, true, false));
        registry.binary("trim_right", (_, a, b) -> trim(a, b, false, true));
        registry.binary("trim_prefix", (_, a, b) -> {
            String text = Operands.string(1, a);
            String prefix = Operands.string(2, b);
            return text.startsWith(prefix) ? new Str(text.substring(prefix.length())) : a;
        });
        registry.binary("trim_suffix", (_, a, b) -> {
            String text = Operands.string(1, a);
            String suffix = Operands.string(2, b);
            return text.endsWith(suffix) ? new Str(text.substring(0, text.length() - suffix.length())) : a;
        });
        registry.binary("concat", Strings::concat);
        registry.binary("split", (context, a, b) -> split(context, Operands.string(1, a), Operands.string(2, b)));
        registry.nary(
                "strings.split_n",
                3,
                (context, args) -> some(
                        split(context, Operands.string(1, args[0]), Operands.string(2, args[1])),
                        Operands.index(3, args[2])));
        registry.nary("replace", 3, (context, args) -> {
            String text = Operands.string(1, args[0]);
            return new Str(replace(context, text, Operands.string(2, args[1]), Operands.string(3, args[2])));
        });
        registry.binary("strings.replace_n", (context, a, b) -> replaceAll(context, Operands.object(1, a), b));
        registry.nary("substring", 3, (_, args) -> substring(args));
        registry.binary("indexof", (context, a, b) -> indexOf(context, Operands.string(1, a), needle(b)));
        registry.binary("indexof_n", (context, a, b) -> indexesOf(context, Operands.string(1, a), needle(b)));
        registry.binary(
                "strings.count", (context, a, b) -> count(context, Operands.string(1, a), Operands.string(2, b)));
        registry.binary("strings.any_prefix_match", (context, a, b) -> anyMatch(context, a, b, String::startsWith));
        registry.binary("strings.any_suffix_match", (context, a, b) -> anyMatch(context, a, b, String::endsWith));
        registry.binary(
                "sprintf",
                (context, a, b) -> new Str(GoFormat.format(context, Operands.string(1, a), Operands.array(2, b))));
    }

    private static void test(Registry registry, String name, BiPredicate<String, String> test) {
        registry.binary(name, (_, a, b) -> Value.of(test.test(Operands.string(1, a), Operands.string(2, b))));
    }

    /** Code point by code point, as Go does: ß has no single upper case letter and stays. */
    private static String cased(String text, IntUnaryOperator mapping) {
        return text.codePoints()
                .map(mapping)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String trimSpace(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Unicode's White_Space, which has the no-break spaces and not the separators U+001C to U+001F. */
    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }

    private static void map(Registry registry, String name, UnaryOperator<String> function) {
        registry.unary(name, (_, a) -> new Str(function.apply(Operands.string(1, a))));
    }

    private static Value trim(Value a, Value b, boolean left, boolean right) {
        String text = Operands.string(1, a);
        BitSet cutset = new BitSet();
        Operands.string(2, b).codePoints().forEach(cutset::set);
        int from = 0;
        int to = text.length();
        while (left && from < to && cutset.get(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (right && to > from && cutset.get(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return new Str(text.substring(from, to));
    }

    private static Value concat(Context context, Value a, Value b) {
        String delimiter = Operands.string(1, a);
        StringBuilder out = new StringBuilder();
        String separator = "";
        for (Value part : Operands.elements(2, b)) {
            if (!(part instanceof Str text)) {
                String kind = b instanceof Arr ? "array" : "set";
                throw BuiltinException.type(
                        "operand 2 must be " + kind + " of strings but got " + kind + " containing " + part.typeName());
            }
            context.reserve(separator.length() + text.value().length());
            out.append(separator).append(text.value());
            separator = delimiter;
        }
        return new Str(out.toString());
    }

    /** The first parts, or of a negative number the last. */
    private static Value some(Arr parts, int count) {
        return count >= 0
                ? parts.slice(0, Math.min(count, parts.size()))
                : parts.slice((int) Math.max(0L, (long) parts.size() + count), parts.size());
    }

    private static Arr split(Context context, String text, String delimiter) {
        List<Value> parts = new ArrayList<>();
        if (delimiter.isEmpty()) {
            context.reserve(text.length());
            for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
                context.spend(2);
                parts.add(new Str(Character.toString(text.codePointAt(at))));
            }
            return Arr.of(parts);
        }
        context.reserve(text.length());
        Search search = new Search(context, text, delimiter);
        int from = 0;
        for (int at = search.from(0); at >= 0; at = search.from(from)) {
            context.reserve(1);
            context.spend(2);
            parts.add(new Str(text.substring(from, at)));
            from = at + delimiter.length();
        }
        parts.add(new Str(text.substring(from)));
        return Arr.of(parts);
    }

    private static String replace(Context context, String text, String old, String by) {
        if (old.isEmpty()) {
            context.room((text.length() + 1L) * (by.length() + 1L));
            return text.replace(old, by);
        }
        Search search = new Search(context, text, old);
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = search.from(0); at >= 0; at = search.from(from)) {
            out.append(text, from, at).append(by);
            context.room(out.length());
            context.spend(1 + (by.length() >> 5));
            from = at + old.length();
        }
        return from == 0 ? text : out.append(text, from, text.length()).toString();
    }

    /** All patterns at once, from the left; of several that match at one place the first in key order wins. */
    private static Value replaceAll(Context context, Obj patterns, Value target) {
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        patterns.forEach((key, value) -> {
            if (!(key instanceof Str pattern)) {
                throw BuiltinException.type("operand 1 non-string key found in pattern object");
            }
            from.add(pattern.value());
            if (!(value instanceof Str replacement)) {
                throw BuiltinException.type("operand 1 non-string value found in pattern object");
            }
            to.add(replacement.value());
        });
        String text = Operands.string(2, target);
        StringBuilder out = new StringBuilder();
        int at = 0;
        boolean wasEmpty = false;
        while (at <= text.length()) {
            context.spend(1L + patterns.size());
            int found = firstMatch(text, at, from, wasEmpty);
            if (found >= 0) {
                context.reserve(to.get(found).length());
                out.append(to.get(found));
                at += from.get(found).length();
            } else {
                out.append(at < text.length() ? text.substring(at, at + 1) : "");
                at++;
            }
            wasEmpty = found >= 0 && from.get(found).isEmpty();
        }
        return new Str(out.toString());
    }

    /** An empty pattern matches once at a place, and what else is there after it. */
    private static int firstMatch(String text, int at, List<String> patterns, boolean wasEmpty) {
        for (int i = 0; i < patterns.size(); i++) {
            if (!(wasEmpty && patterns.get(i).isEmpty()) && text.startsWith(patterns.get(i), at)) {
                return i;
            }
        }
        return -1;
    }

    private static Value substring(Value[] args) {
        String text = Operands.string(1, args[0]);
        int offset = Operands.index(2, args[1]);
        int length = Operands.index(3, args[2]);
        if (offset < 0) {
            throw BuiltinException.failed("negative offset");
        }
        int points = text.codePointCount(0, text.length());
        if (offset >= points) {
            return new Str("");
        }
        int end = length < 0 ? points : (int) Math.min(points, (long) offset + length);
        int from = text.offsetByCodePoints(0, offset);
        return new Str(text.substring(from, text.offsetByCodePoints(from, end - offset)));
    }

    private static String needle(Value value) {
        String text = Operands.string(2, value);
        if (text.isEmpty()) {
            throw BuiltinException.failed("empty search character");
        }
        return text;
    }

    private static Value indexOf(Context context, String text, String needle) {
        int at = new Search(context, text, needle).from(0);
        return Num.of(at < 0 ? -1 : text.codePointCount(0, at));
    }

    private static Value indexesOf(Context context, String text, String needle) {
        List<Value> found = new ArrayList<>();
        Search search = new Search(context, text, needle);
        int points = 0;
        int counted = 0;
        for (int at = search.from(0); at >= 0; at = search.from(at + 1)) {
            context.reserve(1);
            points += text.codePointCount(counted, at);
            counted = at;
            found.add(Num.of(points));
        }
        return Arr.of(found);
    }

    private static Value count(Context context, String text, String needle) {
        if (needle.isEmpty()) {
            return Num.of(text.codePointCount(0, text.length()) + 1L);
        }
        Search search = new Search(context, text, needle);
        int count = 0;
        for (int at = search.from(0); at >= 0; at = search.from(at + needle.length())) {
            context.spend(1);
            count++;
        }
        return Num.of(count);
    }

    private static Value anyMatch(Context context, Value a, Value b, BiPredicate<String, String> test) {
        List<String> texts = texts(1, a);
        List<String> bases = texts(2, b);
        for (String text : texts) {
            context.spend(bases.size());
            for (String base : bases) {
                if (test.test(text, base)) {
                    return Value.of(true);
                }
            }
        }
        return Value.of(false);
    }

    private static List<String> texts(int position, Value value) {
        if (value instanceof Str text) {
            return List.of(text.value());
        }
        if (!(value instanceof Arr) && !(value instanceof SetValue)) {
            throw BuiltinException.operandOf(position, "string, set, array", value);
        }
        List<String> texts = new ArrayList<>();
        for (Value element : Operands.elements(position, value)) {
            if (!(element instanceof Str text)) {
                String kind = value instanceof Arr ? "array" : "set";
                throw BuiltinException.type("operand " + position + " must be " + kind + " of strings but got " + kind
                        + " containing " + element.typeName());
            }
            texts.add(text.value());
        }
        return texts;
    }
}
