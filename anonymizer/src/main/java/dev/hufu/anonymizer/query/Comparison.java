package dev.hufu.anonymizer.query;

/** Comparison operators between a term on the left and a constant on the right. */
public enum Comparison {
    /** {@code =}. */
    EQUAL,
    /** {@code <>}. */
    NOT_EQUAL,
    /** {@code <}. */
    LESS,
    /** {@code <=}. */
    LESS_OR_EQUAL,
    /** {@code >}. */
    GREATER,
    /** {@code >=}. */
    GREATER_OR_EQUAL;

    /** The operator with its sides exchanged: {@code a < b} is {@code b > a}. */
    public Comparison mirrored() {
        return switch (this) {
            case EQUAL -> EQUAL;
            case NOT_EQUAL -> NOT_EQUAL;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }

    /** Whether a three-way comparison of left with right satisfies the operator. */
    public boolean accepts(int compared) {
        return switch (this) {
            case EQUAL -> compared == 0;
            case NOT_EQUAL -> compared != 0;
            case LESS -> compared < 0;
            case LESS_OR_EQUAL -> compared <= 0;
            case GREATER -> compared > 0;
            case GREATER_OR_EQUAL -> compared >= 0;
        };
    }
}
