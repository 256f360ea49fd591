package dev.hufu.rego.syntax;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a module are written, gathered while it is parsed. A part is found by its identity, not by equality: two equal
 * constants stand at two places. A rule is found by its body, which is one object however the rule is copied. What the parser makes up (the
 * {@code true} of a rule without value) is written nowhere. Not for several threads.
 */
public final class Extents {
    /**
     * A stretch of a source.
     *
     * @param row of the part's first token from 1; brackets around a part belong to its stretch, but do not change its row
     * @param column from 1
     * @param start offset of the first character, {@code end} just behind the last
     */
    public record Extent(String source, int row, int column, int start, int end) {
        public String text() {
            return source.substring(start, end);
        }

        public boolean startsWith(char first) {
            return start < end && source.charAt(start) == first;
        }

        /** The row of its last character, counted from its row. */
        public int endRow() {
            return row + lineBreaks(source, start, end);
        }
    }

    private final String source;
    private final IdentityHashMap<Object, Extent> parts = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Extent> rules = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Extent> heads = new IdentityHashMap<>();

    public Extents(String source) {
        this.source = source;
    }

    public static int lineBreaks(String text, int start, int end) {
        int count = 0;
        for (int at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
            count++;
        }
        return count;
    }

    /** Null where the parser made the part up. */
    public @Nullable Extent of(Object part) {
        return parts.get(part);
    }

    /** From the first token to the end of the last {@code else}. */
    public Extent ofRule(Rule rule) {
        return known(rules.get(rule.body()));
    }

    /** Name, parameters, member and value; of an {@code else} the word and the value. */
    public Extent ofHead(Rule rule) {
        return known(heads.get(rule.body()));
    }

    private static Extent known(@Nullable Extent extent) {
        if (extent == null) {
            throw new IllegalArgumentException("not a rule of this module");
        }
        return extent;
    }

    Extent between(Token first, Token last) {
        return new Extent(source, first.row(), first.column(), first.start(), last.end());
    }

    void put(Object part, Extent extent) {
        parts.put(part, extent);
    }

    /** The part's row and column stay; null where {@code like} is written nowhere. */
    void putLike(Object part, Object like, int start, Token last) {
        Extent first = parts.get(like);
        if (first != null) {
            parts.put(part, new Extent(source, first.row, first.column, start < 0 ? first.start : start, last.end()));
        }
    }

    void putAs(Object part, Object other) {
        Extent extent = parts.get(other);
        if (extent != null) {
            parts.put(part, extent);
        }
    }

    void putRule(Rule rule, Extent head, Extent whole) {
        heads.put(rule.body(), head);
        rules.put(rule.body(), whole);
    }
}
