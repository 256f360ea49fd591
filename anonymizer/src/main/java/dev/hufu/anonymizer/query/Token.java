package dev.hufu.anonymizer.query;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A word, literal or sign of the text with its place.
 *
 * @param text a word or sign as written, a quoted identifier or character literal without its quotes, a number as written
 * @param line from 1
 * @param column in code points, from 1
 */
record Token(Kind kind, String text, int line, int column) {
    /** What a token is. */
    enum Kind {
        KEYWORD,
        IDENTIFIER,
        TEXT,
        NUMBER,
        SIGN
    }

    private static final int MAX_EXPONENT = 9_999;

    boolean is(String wordOrSign) {
        return (kind == Kind.KEYWORD || kind == Kind.SIGN) && text.equalsIgnoreCase(wordOrSign);
    }

    boolean isLiteral() {
        return kind == Kind.TEXT || kind == Kind.NUMBER;
    }

    /** Whether a term can end here, so that a minus after it would be a subtraction. */
    boolean endsTerm() {
        return kind == Kind.IDENTIFIER || isLiteral() || is(")") || is("NULL");
    }

    SqlRefusedException refuse(SqlRefusal why) {
        return refuse(why, List.of());
    }

    /** @param known the names of which one may have been meant */
    SqlRefusedException refuse(SqlRefusal why, List<String> known) {
        boolean name = !isLiteral() && kind != Kind.SIGN;
        return new SqlRefusedException(
                why, line, column, name ? text : "", name ? NearNames.of(text, known) : List.of());
    }

    Constant constant() {
        return kind == Kind.TEXT ? new Constant.Text(text) : new Constant.Numeric(number(text));
    }

    /** Whatever the digits say: an exponent no value can have is cut, never an error, since an error would tell of the literal. */
    private static BigDecimal number(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int e = lower.indexOf('e');
        BigDecimal mantissa = new BigDecimal(e < 0 ? lower : lower.substring(0, e));
        if (e < 0 || mantissa.signum() == 0) {
            return mantissa;
        }
        String digits = lower.substring(e + 1);
        boolean negative = digits.startsWith("-");
        String magnitude = digits.replaceFirst("^[+-]?0*", "");
        int exponent = magnitude.isEmpty() ? 0 : magnitude.length() > 4 ? MAX_EXPONENT : Integer.parseInt(magnitude);
        return mantissa.scaleByPowerOfTen(negative ? -exponent : exponent);
    }
}
