package dev.hufu.rego;

/**
 * Elements and characters of a value written out. A part counts wherever it is reached: thirty lines like {@code y := [x, x]}
 * make a value of few arrays and a billion elements, which none of what follows every path (writing, comparing) would end with.
 */
final class Weight {
    /** More than any document that fits; what weighs more is neither compared nor hashed nor written. */
    static final int MOST = 1 << 28;

    private Weight() {}

    static int of(Value[] parts) {
        long sum = 1;
        for (Value part : parts) {
            sum += part.weight();
        }
        return checked(sum);
    }

    static int checked(long sum) {
        if (sum > MOST) {
            throw new BudgetExceededException(BudgetExceededException.Limit.SIZE, MOST);
        }
        return (int) sum;
    }
}
