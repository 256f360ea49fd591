package dev.hufu.rego.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.hufu.rego.Arr;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** {@code regex.*} with RE2's linear-time patterns. */
final class Regexes {
    /** Steps of a pattern's program that take less than a few milliseconds. */
    private static final long FEW = 1 << 18;

    private static final int CHUNK = 256;
    /** The largest program that is kept for the next time. */
    private static final int MAX_KEPT = 5_000;

    private static final int CACHE_SIZE = 500;
    private static final int MAX_PATTERN = 5_000;
    private static final ConcurrentHashMap<String, Pattern> CACHE = new ConcurrentHashMap<>();

    private Regexes() {}

    static void register(Registry registry) {
        registry.binary("regex.match", Regexes::match);
        registry.binary("re_match", Regexes::match);
        registry.unary("regex.is_valid", (_, a) -> Value.of(a instanceof Str text && isValid(text.value())));
        registry.nary("regex.find_n", 3, (context, args) -> findAll(context, args, false));
        registry.nary("regex.find_all_string_submatch_n", 3, (context, args) -> findAll(context, args, true));
        registry.binary(
                "regex.split",
                (context, a, b) -> split(context, compile(Operands.string(1, a)), Operands.string(2, b)));
        registry.nary("regex.replace", 3, Regexes::replace);
        registry.nary("regex.template_match", 4, (context, args) -> templateMatch(context, args));
    }

    static Pattern compile(String pattern) {
        Pattern known = CACHE.get(pattern);
        if (known != null) {
            return known;
        }
        if (pattern.length() > MAX_PATTERN) {
            throw BuiltinException.failed("pattern longer than " + MAX_PATTERN);
        }
        if (Repeats.tooMany(pattern)) {
            throw BuiltinException.failed("error parsing regexp: invalid repeat count");
        }
        if (Repeats.tooLarge(pattern)) {
            throw BuiltinException.failed("error parsing regexp: expression too large");
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (CACHE.size() >= CACHE_SIZE) {
                CACHE.clear();
            }
            if (compiled.programSize() <= MAX_KEPT) {
                CACHE.put(pattern, compiled);
            }
            return compiled;
        } catch (PatternSyntaxException error) {
            throw BuiltinException.failed(
                    "error parsing regexp: " + error.getDescription() + ": `" + error.getPattern() + "`");
        }
    }

    private static boolean isValid(String pattern) {
        try {
            compile(pattern);
            return true;
        } catch (BuiltinException invalid) {
            return false;
        }
    }

    /** Pays for one pass over the text, which takes every place of the program along, and gives what makes it. */
    static Matcher matcher(Context context, Pattern pattern, String text) {
        long steps = (long) pattern.programSize() * text.length();
        context.work(1 + steps / 16);
        int pace = CHUNK * (1 + pattern.programSize() / 16);
        return pattern.matcher(steps < FEW ? text : new Paced(context, text, pace));
    }

    /**
     * Long text that accounts for the time that a pattern takes for it.
     *
     * @param pace what {@link #CHUNK} characters take
     */
    private record Paced(Context context, String text, int pace) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (index % CHUNK == 0) {
                context.spend(pace);
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static Value match(Context context, Value a, Value b) {
        Pattern pattern = compile(Operands.string(1, a));
        String text = Operands.string(2, b);
        return Value.of(matcher(context, pattern, text).find());
    }

    /** As Go goes on: nothing empty directly behind the last match, and nothing within a code point. */
    private static boolean next(Matcher matcher, String text, int end) {
        while (matcher.find()) {
            int start = matcher.start();
            if (start < matcher.end() || (start != end && !splitsPair(text, start))) {
                return true;
            }
        }
        return false;
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    private static Value findAll(Context context, Value[] args, boolean groups) {
        String text = Operands.string(2, args[1]);
        Matcher matcher = matcher(context, compile(Operands.string(1, args[0])), text);
        int limit = Operands.index(3, args[2]);
        List<Value> found = new ArrayList<>();
        for (int end = -1; (limit < 0 || found.size() < limit) && next(matcher, text, end); end = matcher.end()) {
            context.reserve(1 + matcher.groupCount() + (matcher.end() - matcher.start()));
            if (!groups) {
                found.add(new Str(matcher.group()));
                continue;
            }
            List<Value> parts = new ArrayList<>();
            for (int i = 0; i <= matcher.groupCount(); i++) {
                String part = matcher.group(i);
                parts.add(new Str(part == null ? "" : part));
            }
            found.add(Arr.of(parts));
        }
        return Arr.of(found);
    }

    /** As Go splits: an empty match separates code points and yields no empty edge. */
    private static Value split(Context context, Pattern pattern, String text) {
        List<Value> parts = new ArrayList<>();
        if (!pattern.pattern().isEmpty() && text.isEmpty()) {
            return Arr.of(new Str(""));
        }
        Matcher matcher = matcher(context, pattern, text);
        int from = 0;
        int end = 0;
        for (int last = -1; next(matcher, text, last); last = from) {
            context.reserve(1);
            end = matcher.start();
            if (matcher.end() != 0) {
                parts.add(new Str(text.substring(from, end)));
            }
            from = matcher.end();
        }
        if (end != text.length()) {
            parts.add(new Str(text.substring(from)));
        }
        return Arr.of(parts);
    }

    private static Value replace(Context context, Value[] args) {
        String text = Operands.string(1, args[0]);
        Pattern pattern = compile(Operands.string(2, args[1]));
        String template = Operands.string(3, args[2]);
        StringBuilder out = new StringBuilder();
        Matcher matcher = matcher(context, pattern, text);
        int from = 0;
        for (int end = -1; next(matcher, text, end); end = from) {
            out.append(text, from, matcher.start());
            expand(context, out, template, matcher);
            from = matcher.end();
            context.spend(1);
        }
        return new Str(out.append(text, from, text.length()).toString());
    }

    /** Go's templates: {@code $1}, {@code ${1}}, {@code $name}, {@code $$}. */
    private static void expand(Context context, StringBuilder out, String template, Matcher matcher) {
        int at = 0;
        while (at < template.length()) {
            context.room(out.length());
            char c = template.charAt(at++);
            if (c != '$' || at == template.length()) {
                out.append(c);
                continue;
            }
            if (template.charAt(at) == '$') {
                out.append('$');
                at++;
                continue;
            }
            boolean braced = template.charAt(at) == '{';
            int from = braced ? at + 1 : at;
            int to = from;
            while (to < template.length()
                    && (Character.isLetterOrDigit(template.charAt(to)) || template.charAt(to) == '_')) {
                to++;
            }
            boolean closed = !braced || (to < template.length() && template.charAt(to) == '}');
            if (to == from || !closed) {
                out.append('$');
                continue;
            }
            out.append(group(matcher, template.substring(from, to)));
            at = braced ? to + 1 : to;
        }
    }

    private static String group(Matcher matcher, String name) {
        String found = null;
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int number = name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name);
            found = number <= matcher.groupCount() ? matcher.group(number) : null;
        } else if (matcher.pattern().namedGroups().containsKey(name)) {
            found = matcher.group(name);
        }
        return found == null ? "" : found;
    }

    private static Value templateMatch(Context context, Value[] args) {
        String template = Operands.string(1, args[0]);
        String text = Operands.string(2, args[1]);
        String open = Operands.string(3, args[2]);
        String close = Operands.string(4, args[3]);
        if (open.length() != 1 || close.length() != 1) {
            throw BuiltinException.failed("delimiters must be one character each");
        }
        StringBuilder pattern = new StringBuilder("^");
        int at = 0;
        while (at < template.length()) {
            int start = template.indexOf(open, at);
            if (start < 0) {
                break;
            }
            int end = balanced(template, start, open.charAt(0), close.charAt(0));
            pattern.append(Pattern.quote(template.substring(at, start)));
            pattern.append('(').append(template, start + 1, end).append(')');
            at = end + 1;
        }
        pattern.append(Pattern.quote(template.substring(Math.min(at, template.length()))))
                .append('$');
        return Value.of(matcher(context, compile(pattern.toString()), text).find());
    }

    private static int balanced(String template, int start, char open, char close) {
        int depth = 0;
        for (int i = start; i < template.length(); i++) {
            if (template.charAt(i) == open) {
                depth++;
            } else if (template.charAt(i) == close && --depth == 0) {
                return i;
            }
        }
        throw BuiltinException.failed("unbalanced braces in " + new Str(template));
    }
}
