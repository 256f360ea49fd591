package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One evaluation, told. Everything evaluated under the same documents is there once, under its {@link Document#id}; lines refer
 * to it. Values are there only where they were asked for.
 *
 * @param value of the query, empty where it is undefined or ended in an error
 * @param error what ended the evaluation
 * @param query the query's own lines
 * @param documents by id, from 0
 * @param notes what {@code print} and {@code trace} said, in order
 * @param cut whether more happened than {@link TraceOptions} let be kept
 */
public record Trace(
        Optional<Value> value,
        Optional<String> error,
        List<Line> query,
        List<Document> documents,
        List<Note> notes,
        boolean cut) {
    public Trace {
        query = List.copyOf(query);
        documents = List.copyOf(documents);
        notes = List.copyOf(notes);
    }

    /** How something ended. */
    public enum State {
        /** A value that is not false; of a partial rule, at least one member. */
        HELD,
        /** The value false. */
        FALSE,
        /** No value, or a partial rule without members. */
        UNDEFINED
    }

    /** A place in a source, row and column from 1. */
    public record Place(String file, int row, int column) {
        @Override
        public String toString() {
            return file + ":" + row;
        }
    }

    /**
     * Rules of one name under one state of the documents: a complete or partial rule, or one call of a function.
     *
     * @param path {@code data.hufu.denials}
     * @param args of a function; the key of a partial rule of which only that was asked for. Empty without values
     * @param byDefault no body held, and the value is that of {@code default}
     * @param value a partial rule's members as an array, the first of them only where there are many
     * @param bodies those that were tried, in order; what follows a body that decided is not
     */
    public record Document(
            int id,
            String path,
            List<Value> args,
            State state,
            boolean byDefault,
            Optional<Value> value,
            List<Body> bodies) {
        public Document {
            args = List.copyOf(args);
            bodies = List.copyOf(bodies);
        }
    }

    /** What a body is to its rule. */
    public enum Kind {
        BODY,
        ELSE,
        DEFAULT
    }

    /**
     * A body that was tried.
     *
     * @param head as written
     * @param held how often it gave a value
     * @param lines in the order of evaluation; of one that did not hold the last that failed is {@link #failed}
     */
    public record Body(Place at, String head, Kind kind, int held, List<Line> lines) {
        public Body {
            lines = List.copyOf(lines);
        }

        /** The expression that evaluation did not get beyond in any way; empty where the body held, or its head alone failed. */
        public Optional<Line> failed() {
            return held > 0
                    ? Optional.empty()
                    : lines.stream().filter(line -> !line.held()).findFirst();
        }
    }

    /**
     * A statement of a body, of a comprehension or of {@code every}, with all that the compiler made of it.
     *
     * @param text as written, bounded
     * @param negated it begins with {@code not}
     * @param joined by {@code and} or {@code or}, of operands that are its inner lines
     * @param held it held in some way
     * @param reached how often it was tried
     * @param failed the part that failed where that is not the whole, {@code count(input.roles)}; else empty
     * @param known variables and references by name, at the first few times that it failed, or else held; empty without values
     * @param reads documents from outside that it names, {@code input.action.name}
     * @param documents ids of the rules and calls that it asked for
     * @param inner lines of the bodies inside it
     */
    public record Line(
            Place at,
            String text,
            boolean negated,
            boolean joined,
            boolean held,
            int reached,
            String failed,
            List<Map<String, Value>> known,
            List<String> reads,
            List<Integer> documents,
            List<Line> inner) {
        public Line {
            known = List.copyOf(known);
            reads = List.copyOf(reads);
            documents = List.copyOf(documents);
            inner = List.copyOf(inner);
        }
    }

    public record Note(Place at, String text) {}
}
