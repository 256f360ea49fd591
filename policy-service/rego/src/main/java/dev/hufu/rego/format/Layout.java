package dev.hufu.rego.format;

import dev.hufu.rego.syntax.Extents;
import dev.hufu.rego.syntax.Extents.Extent;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the author wrote things, as the layout counts it. Two things are counted otherwise than they stand: all of a head or body that was
 * written once and belongs to several rules, or follows {@code else} without braces, counts as written where its rule is ({@link #pinned});
 * and one part may be moved ({@link #move}).
 */
final class Layout {
    /** No row: what is asked for is not in the text. */
    static final int NOWHERE = -1;

    private final Extents extents;
    private final IdentityHashMap<Object, Extent> moved = new IdentityHashMap<>();
    private @Nullable Extent pin;
    private Extent made;

    /** {@code first} is where what nobody wrote counts as written, until {@link #madeAt} says otherwise. */
    Layout(Extents extents, Extent first) {
        this.extents = extents;
        this.made = first;
    }

    Extents extents() {
        return extents;
    }

    Extent of(Object part) {
        Extent other = moved.get(part);
        if (other != null) {
            return other;
        }
        if (pin != null) {
            return pin;
        }
        Extent written = extents.of(part);
        return written == null ? made : written;
    }

    /** Null where nobody wrote it; neither moved nor pinned. */
    @Nullable
    Extent written(Object part) {
        return extents.of(part);
    }

    void move(Object part, Extent to) {
        moved.put(part, to);
    }

    void madeAt(Extent place) {
        made = place;
    }

    boolean pinned() {
        return pin != null;
    }

    /** Gives the former pin, for {@code pin} to be told again. */
    @Nullable
    Extent pin(@Nullable Extent place) {
        @Nullable Extent former = pin;
        pin = place;
        return former;
    }

    /** The row of the bracket that closes the first opening one; characters of strings and comments count, too. */
    static int closingRow(Extent extent, char open, char close) {
        return closingRow(extent, open, close, 0, 0);
    }

    /** The row where a body's brace closes, the first brackets of a kind being part of the head. */
    static int closingRowBehind(Extent extent, char headOpen, char headClose) {
        String text = extent.text();
        int end = closing(text, headOpen, headClose, 0);
        return end < text.length()
                ? closingRow(extent, '{', '}', end, Extents.lineBreaks(text, text.indexOf(headOpen), end))
                : NOWHERE;
    }

    private static int closingRow(Extent extent, char open, char close, int from, int rowsBefore) {
        String text = extent.text();
        int end = closing(text, open, close, from);
        return end < text.length()
                ? extent.row() + rowsBefore + Extents.lineBreaks(text, text.indexOf(open, from), end)
                : NOWHERE;
    }

    /** Offset of the closing bracket, the text's length where there is none. */
    private static int closing(String text, char open, char close, int from) {
        int at = text.indexOf(open, from);
        if (at < 0) {
            return text.length();
        }
        for (int depth = 1; depth > 0 && ++at < text.length(); ) {
            char c = text.charAt(at);
            if (c == open) {
                depth++;
            } else if (c == close) {
                depth--;
            }
        }
        return at;
    }
}
