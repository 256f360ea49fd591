package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * YAML as OPA's library (go-yaml v3) lays it out: blocks indented by two, lists in mappings, too; keys with their digits in
 * order of size; texts in quotes where they would be read as something else.
 */
final class YamlWriter {
    /** Longer keys are written behind a question mark. */
    private static final int LONGEST_KEY = 128;

    private static final int STEP = 2;

    private final Context context;
    private final StringBuilder out = new StringBuilder();

    private YamlWriter(Context context) {
        this.context = context;
    }

    static String write(Context context, Value value) {
        YamlWriter writer = new YamlWriter(context);
        writer.block(value, 0);
        return writer.out.append('\n').toString();
    }

    /** A value whose first character stands in this column, or right behind an indicator that ends before it. */
    private void block(Value value, int column) {
        context.room(out.length());
        context.spend(1);
        switch (value) {
            case Arr items -> sequence(items.asList(), column);
            case SetValue set -> sequence(set.asList(), column);
            case Obj object -> mapping(object, column);
            case Str text -> text(text.value(), column, false);
            case Num number -> out.append(number(number));
            case Null _, Bool _ -> out.append(value.toJson());
        }
    }

    private void sequence(List<Value> items, int column) {
        if (items.isEmpty()) {
            out.append("[]");
        }
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                line(column);
            }
            out.append("- ");
            block(items.get(i), column + STEP);
        }
    }

    private record Member(String key, Value value) {}

    private void mapping(Obj object, int column) {
        List<Member> members = new ArrayList<>();
        object.forEach((key, value) ->
                members.add(new Member(key instanceof Str text ? text.value() : key.toJson(), value)));
        members.sort(Comparator.comparing(Member::key, YamlWriter::compareKeys));
        if (members.isEmpty()) {
            out.append("{}");
        }
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                line(column);
            }
            member(members.get(i), column);
        }
    }

    private void member(Member member, int column) {
        String key = member.key;
        boolean simple = key.length() <= LONGEST_KEY && YamlScalar.of(key).isOneLine();
        if (simple) {
            text(key, column, true);
            out.append(':');
        } else {
            out.append("? ");
            text(key, column + STEP, false);
            line(column);
            out.append(':');
        }
        if (simple && isBlock(member.value)) {
            line(column + STEP);
        } else {
            out.append(' ');
        }
        block(member.value, column + STEP);
    }

    private static boolean isBlock(Value value) {
        return switch (value) {
            case Arr items -> items.size() > 0;
            case SetValue set -> set.size() > 0;
            case Obj object -> object.size() > 0;
            case Str _, Num _, Null _, Bool _ -> false;
        };
    }

    private void line(int column) {
        if (out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
        out.repeat(' ', column);
    }

    private void text(String text, int column, boolean key) {
        context.spend(text.length());
        // lines of a literal block are indented at least once
        YamlScalar.of(text).write(out, key ? -1 : Math.max(STEP, column));
    }

    private static String number(Num number) {
        String written = number.toString();
        boolean whole =
                number.asInteger().isPresent() && written.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (whole) {
            BigInteger value = number.asDecimal().toBigInteger();
            if (value.bitLength() < Long.SIZE || (value.signum() > 0 && value.bitLength() == Long.SIZE)) {
                return value.toString();
            }
        }
        double nearest = number.asDouble();
        return Double.isInfinite(nearest) ? written : GoFormat.shortest(nearest, -1);
    }

    /** Piece by piece, of which a run of digits is one; other characters stand before letters, but behind a number after them. */
    private static int compareKeys(String a, String b) {
        int x = 0;
        int y = 0;
        boolean behindNumber = false;
        while (x < a.length() && y < b.length()) {
            int xEnd = endOfPiece(a, x);
            int yEnd = endOfPiece(b, y);
            int order = comparePieces(a.substring(x, xEnd), b.substring(y, yEnd), behindNumber);
            if (order != 0) {
                return order;
            }
            behindNumber = isDigit(a.charAt(x));
            x = xEnd;
            y = yEnd;
        }
        return Integer.compare(a.length() - x, b.length() - y);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfPiece(String text, int from) {
        if (!isDigit(text.charAt(from))) {
            return text.offsetByCodePoints(from, 1);
        }
        int to = from;
        while (to < text.length() && isDigit(text.charAt(to))) {
            to++;
        }
        return to;
    }

    private static int comparePieces(String a, String b, boolean behindNumber) {
        boolean number = isDigit(a.charAt(0));
        if (number && isDigit(b.charAt(0))) {
            String x = a.replaceFirst("^0+", "");
            String y = b.replaceFirst("^0+", "");
            int bySize = x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
            return bySize != 0 ? bySize : Integer.compare(a.length(), b.length());
        }
        boolean letter = Character.isLetter(a.codePointAt(0));
        if (letter != Character.isLetter(b.codePointAt(0))) {
            return letter == behindNumber ? -1 : 1;
        }
        if (number != isDigit(b.charAt(0))) {
            return number ? 1 : -1;
        }
        return Integer.compare(a.codePointAt(0), b.codePointAt(0));
    }
}
