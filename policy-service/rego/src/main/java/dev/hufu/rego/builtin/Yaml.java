package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * YAML as OPA's library (go-yaml v3) reads it: what is plain may be null, a boolean, a number in any of YAML 1.1's and 1.2's
 * notations, and otherwise is text; aliases share what they stand for, {@code <<} takes the members of others, the last of
 * several equal keys holds. What aliases would multiply to is bounded.
 */
final class Yaml {
    private static final Tag PLAIN = new Tag("!plain");
    private static final long MAX_EXPANDED = 10_000_000;
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final BigInteger MIN = BigInteger.ONE.shiftLeft(63).negate();
    private static final BigInteger END = BigInteger.ONE.shiftLeft(64);
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new Unresolved())
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();

    /** Leaves it to this class what plain text means. */
    private static final class Unresolved implements Schema {
        @Override
        public ScalarResolver getScalarResolver() {
            return (_, implicit) -> implicit ? PLAIN : Tag.STR;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    }

    private final IdentityHashMap<Node, Value> made = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Long> sizes = new IdentityHashMap<>();

    private Yaml() {}

    /**
     * The first document, null where there is none; those behind it must be well-formed, too.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException where it is malformed
     * @throws IllegalArgumentException where it has no JSON
     */
    static Value first(Reader text) {
        Value first = null;
        try {
            for (Node document : new Compose(SETTINGS).composeAllFromReader(text)) {
                first = first == null ? new Yaml().value(document) : first;
            }
        } catch (StackOverflowError deep) {
            throw new IllegalArgumentException("nested too deep");
        }
        return first == null ? Null.NULL : first;
    }

    private Value value(Node node) {
        Value known = made.get(node);
        if (known != null) {
            return known;
        }
        if (node.isRecursive()) {
            throw new IllegalArgumentException("an alias within what it stands for");
        }
        Value value = switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence ->
                Arr.of(sequence.getValue().stream().map(this::value).toList());
            case MappingNode mapping -> mapping(mapping);
            default -> throw new IllegalArgumentException("an unknown kind of node");
        };
        measure(value);
        made.put(node, value);
        return value;
    }

    private void measure(Value value) {
        long size = 1;
        if (value instanceof Arr items) {
            for (Value item : items) {
                size += sizes.getOrDefault(item, 1L);
            }
        } else if (value instanceof Obj members) {
            for (int i = 0; i < members.size(); i++) {
                size += sizes.getOrDefault(members.valueAt(i), 1L);
            }
        }
        if (size > MAX_EXPANDED) {
            throw new IllegalArgumentException("aliases make more than " + MAX_EXPANDED + " values");
        }
        sizes.put(value, size);
    }

    private Obj mapping(MappingNode mapping) {
        ObjBuilder members = new ObjBuilder();
        List<Obj> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Value value = value(tuple.getValueNode());
            if (isMerge(tuple.getKeyNode())) {
                merged(value, merged);
            }
        }
        merged.reversed().forEach(members::putAll); // of several, the first holds
        for (NodeTuple tuple : mapping.getValue()) {
            if (!isMerge(tuple.getKeyNode())) {
                members.put(key(value(tuple.getKeyNode())), value(tuple.getValueNode()));
            }
        }
        return members.build();
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getTag().equals(PLAIN)
                && scalar.getValue().equals("<<");
    }

    private static void merged(Value value, List<Obj> into) {
        switch (value) {
            case Obj object -> into.add(object);
            case Arr several
            when several.asList().stream().allMatch(Obj.class::isInstance) ->
                several.forEach(one -> into.add((Obj) one));
            default -> throw new IllegalArgumentException("<< needs a mapping, or a list of them");
        }
    }

    private static Str key(Value key) {
        return switch (key) {
            case Str text -> text;
            case Num _, Bool _ -> new Str(key.toJson());
            default -> throw new IllegalArgumentException("a key that is no text, number or boolean");
        };
    }

    private static Value scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(PLAIN)) {
            return plain(text);
        }
        Value resolved = plain(text);
        boolean asTagged = (tag.equals(Tag.INT) && resolved instanceof Num)
                || (tag.equals(Tag.FLOAT) && resolved instanceof Num)
                || (tag.equals(Tag.BOOL) && resolved instanceof Bool)
                || (tag.equals(Tag.NULL) && resolved instanceof Null);
        if (asTagged) {
            return resolved;
        }
        if (List.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.BINARY).contains(tag)) {
            throw new IllegalArgumentException("text that is not what its tag says");
        }
        return new Str(text);
    }

    /** Whether this is text where it is written plain. */
    static boolean isText(String text) {
        try {
            return plain(text) instanceof Str;
        } catch (IllegalArgumentException noNumber) {
            return false;
        }
    }

    private static Value plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> Null.NULL;
            case "true", "True", "TRUE" -> Bool.TRUE;
            case "false", "False", "FALSE" -> Bool.FALSE;
            case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF" ->
                throw new IllegalArgumentException("JSON has no such number as " + text);
            default -> {
                Value number = "+-.0123456789".indexOf(text.charAt(0)) < 0 ? null : number(text.replace("_", ""));
                yield number == null ? new Str(text) : number;
            }
        };
    }

    private static @Nullable Value number(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        BigInteger integer = integer(digits);
        if (integer != null) {
            BigInteger value = text.startsWith("-") ? integer.negate() : integer;
            if (value.compareTo(MIN) >= 0 && value.compareTo(signed ? END.shiftRight(1) : END) < 0) {
                return Num.of(value);
            }
        }
        if (!FLOAT.matcher(text).matches()) {
            return null;
        }
        double nearest = Double.parseDouble(text);
        return Double.isInfinite(nearest) ? null : Num.parse(shortest(nearest));
    }

    /** {@code 12}, {@code 0x1f}, {@code 0o17}, {@code 017}, {@code 0b11}. */
    private static @Nullable BigInteger integer(String digits) {
        int radix = 10;
        int from = 0;
        if (digits.length() > 1 && digits.startsWith("0")) {
            radix = switch (digits.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'b', 'B' -> 2;
                default -> 8;
            };
            from = Character.isDigit(digits.charAt(1)) ? 1 : 2;
            from = radix == 8 && from == 2 && digits.charAt(1) != 'o' && digits.charAt(1) != 'O' ? 1 : from;
        }
        boolean plain = from < digits.length() && digits.length() - from <= 64; // longer is no 64-bit integer
        for (int i = from; plain && i < digits.length(); i++) {
            plain = digits.charAt(i) < 0x80 && Character.digit(digits.charAt(i), radix) >= 0;
        }
        return plain ? new BigInteger(digits.substring(from), radix) : null;
    }

    /** As Go's JSON encoder prints a float64. */
    private static String shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-6 && size < 1e21)) {
            return 1 / value < 0 && size == 0 ? "-0" : decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        String mantissa = digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "");
        return (value < 0 ? "-" : "") + mantissa + "e" + (exponent < 0 ? "" : "+") + exponent;
    }
}
