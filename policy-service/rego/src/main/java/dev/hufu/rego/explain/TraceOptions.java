package dev.hufu.rego.explain;

/**
 * How much of an evaluation is kept.
 *
 * @param values whether values of documents and variables are kept, which may be personal
 * @param nodes documents, bodies and lines together; what comes after is left out, and the trace says so
 * @param textLength characters of a statement, a note, or a value as text
 */
public record TraceOptions(boolean values, int nodes, int textLength) {
    /** 20,000 nodes, 400 characters, no values. */
    public static final TraceOptions DEFAULT = new TraceOptions(false, 20_000, 400);

    public TraceOptions {
        if (nodes < 1 || textLength < 1) {
            throw new IllegalArgumentException(
                    "nodes and textLength must be positive, got " + nodes + ", " + textLength);
        }
    }

    public TraceOptions withValues(boolean wanted) {
        return new TraceOptions(wanted, nodes, textLength);
    }
}
