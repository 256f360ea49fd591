package dev.hufu.rego.format;

import dev.hufu.rego.syntax.Module.Comment;
import org.jspecify.annotations.Nullable;

/** The text under way: lines, indentation, and the comment that waits for the end of the line. */
final class Page {
    private static final String TAB = "\t";

    private final StringBuilder text = new StringBuilder();
    private int level;
    private boolean inLine;
    private boolean held;
    private int crowdings;
    private @Nullable Comment waiting;

    /** A state to go back to. */
    record Mark(int length, int level) {}

    Mark mark() {
        return new Mark(text.length(), level);
    }

    void rewind(Mark mark) {
        text.setLength(mark.length);
        level = mark.level;
    }

    boolean inLine() {
        return inLine;
    }

    /** What is written next goes on with the line, however it began. */
    void stayInLine() {
        inLine = true;
    }

    void write(String part) {
        text.append(part);
    }

    /** Indents, in the middle of a line, too: callers know where they are. */
    void startLine() {
        inLine = true;
        text.repeat(TAB, level);
    }

    void startLineIfNone() {
        if (!inLine) {
            startLine();
        }
    }

    void endLine() {
        inLine = false;
        if (waiting != null && !held) {
            text.append(" #").append(waiting.text());
            waiting = null;
        }
        held = false;
        text.append('\n');
    }

    void newLine() {
        endLine();
        startLine();
    }

    void blankLine() {
        if (inLine) {
            endLine();
        }
        text.append('\n');
    }

    void line(String whole) {
        startLineIfNone();
        text.append(whole);
        endLine();
    }

    void indent() {
        level++;
    }

    void dedent() {
        level--;
    }

    /** The next end of a line leaves the waiting comment for the one after. */
    void hold() {
        held = true;
    }

    @Nullable
    Comment waiting() {
        return waiting;
    }

    void forgetWaiting() {
        waiting = null;
    }

    /** Keeps a comment for the end of the line. Where one waits already both are let go, for the caller to find another way. */
    void await(@Nullable Comment comment) throws CrowdedLineException {
        if (waiting == null) {
            waiting = comment;
        } else if (comment != null) {
            waiting = null;
            throw crowded();
        }
    }

    /** How often a comment had no line of its own. */
    int crowdings() {
        return crowdings;
    }

    CrowdedLineException crowded() {
        crowdings++;
        return new CrowdedLineException();
    }

    /** The text, with one line end last. */
    String finished() {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return end < text.length() ? text.substring(0, end) + "\n" : text.toString();
    }
}
