package dev.hufu.rego.builtin;

import dev.hufu.rego.Num;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Semantic versions 2.0. */
final class Versions {
    private static final String MAX = Long.toString(Long.MAX_VALUE);
    private static final String NUMBER = "(0|[1-9]\\d*)";
    /** Of digits only it is a number, without leading zeros. */
    private static final String PRE = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";

    private static final Pattern VERSION = Pattern.compile("v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-("
            + PRE + "(?:\\." + PRE + ")*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

    private Versions() {}

    static void register(Registry registry) {
        registry.unary(
                "semver.is_valid", (_, a) -> Value.of(a instanceof Str text && isValid(VERSION.matcher(text.value()))));
        registry.binary("semver.compare", (_, a, b) -> Num.of(compare(parse(1, a), parse(2, b))));
    }

    /** Major, minor and patch fit 64 bits, as in OPA; a pre-release's numbers need not. */
    private static boolean isValid(Matcher version) {
        return version.matches() && fits(version.group(1)) && fits(version.group(2)) && fits(version.group(3));
    }

    private static boolean fits(String number) {
        return number.length() < MAX.length() || (number.length() == MAX.length() && number.compareTo(MAX) <= 0);
    }

    private static Matcher parse(int position, Value value) {
        String text = Operands.string(position, value);
        Matcher matcher = VERSION.matcher(text);
        if (!isValid(matcher)) {
            throw BuiltinException.failed(
                    "operand " + position + ": string " + new Str(text) + " is not a valid SemVer");
        }
        return matcher;
    }

    private static int compare(Matcher a, Matcher b) {
        for (int part = 1; part <= 3; part++) {
            int order = compareNumbers(a.group(part), b.group(part));
            if (order != 0) {
                return order;
            }
        }
        return comparePreRelease(a.group(4) == null ? "" : a.group(4), b.group(4) == null ? "" : b.group(4));
    }

    /** Of any length; neither has leading zeros. */
    private static int compareNumbers(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : Integer.signum(a.compareTo(b));
    }

    /** A version without a pre-release is above those with one. */
    private static int comparePreRelease(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        String[] x = a.split("\\.");
        String[] y = b.split("\\.");
        for (int i = 0; i < Math.min(x.length, y.length); i++) {
            boolean xNumber = x[i].chars().allMatch(Character::isDigit);
            boolean yNumber = y[i].chars().allMatch(Character::isDigit);
            int order = xNumber && yNumber
                    ? compareNumbers(x[i], y[i])
                    : xNumber != yNumber ? (xNumber ? -1 : 1) : Integer.signum(x[i].compareTo(y[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.length, y.length);
    }
}
