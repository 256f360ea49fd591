package dev.hufu.auditlog.json;

/** How ECMAScript (and so RFC 8785, section 3.2.2.3) writes an IEEE 754 double. */
final class NumberForm {
    /** Exponents of ten between which ECMAScript writes a number without an exponent. */
    private static final int PLAIN_MAX = 21;

    private static final int PLAIN_MIN = -6;

    private NumberForm() {}

    /**
     * Writes {@code value}.
     *
     * @throws IllegalArgumentException for NaN and the infinities, which JSON has not
     */
    static void write(double value, StringBuilder out) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("JSON has no number for " + value);
        }
        if (value == 0) {
            out.append('0'); // also for -0
            return;
        }
        if (value < 0) {
            out.append('-');
        }
        // Since JDK 19 Double.toString gives the shortest digits that read back as the same double, the closest of
        // these to it: the very digits that ECMAScript's Number::toString asks for. Only their layout differs.
        String shortest = Double.toString(Math.abs(value));
        int e = shortest.indexOf('E');
        String mantissa = e < 0 ? shortest : shortest.substring(0, e);
        int exponent = e < 0 ? 0 : Integer.parseInt(shortest.substring(e + 1));
        int point = mantissa.indexOf('.');
        String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int leading = 0;
        while (digits.charAt(leading) == '0') {
            leading++;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        layOut(
                shortest(digits.substring(leading, end), point - leading + exponent, Math.abs(value)),
                point - leading + exponent,
                out);
    }

    /**
     * Java always considers two digits (4.9E-324), ECMAScript one where one suffices (5e-324). That happens among the
     * smallest subnormals only, whose neighbours are further apart than a tenth of themselves.
     */
    private static String shortest(String digits, int n, double value) {
        if (digits.length() != 2) {
            return digits;
        }
        int first = digits.charAt(0) - '0';
        int nearest = digits.charAt(1) < '5' ? first : first + 1;
        boolean suffices = nearest <= 9 && Double.parseDouble("0." + nearest + "E" + n) == value;
        return suffices ? Integer.toString(nearest) : digits;
    }

    /** Writes 0.{@code digits} × 10^{@code n}; the names are those of ECMA-262, Number::toString. */
    private static void layOut(String digits, int n, StringBuilder out) {
        int k = digits.length();
        if (k <= n && n <= PLAIN_MAX) {
            out.append(digits).repeat('0', n - k);
        } else if (0 < n && n <= PLAIN_MAX) {
            out.append(digits, 0, n).append('.').append(digits, n, k);
        } else if (PLAIN_MIN < n && n <= 0) {
            out.append("0.").repeat('0', -n).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (k > 1) {
                out.append('.').append(digits, 1, k);
            }
            out.append('e').append(n > 0 ? '+' : '-').append(Math.abs(n - 1));
        }
    }
}
