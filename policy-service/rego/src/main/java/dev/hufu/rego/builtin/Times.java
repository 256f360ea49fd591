package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Num;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code time.*}: nanoseconds since 1970 in UTC, within the 64 bits that OPA has for them. */
final class Times {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
    private static final Pattern DURATION = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)");
    private static final long HOUR = 3_600_000_000_000L;
    /** A day has 24 hours, a year 365 days. */
    private static final Map<String, Long> NANOS = Map.ofEntries(
            Map.entry("ns", 1L),
            Map.entry("us", 1_000L),
            Map.entry("µs", 1_000L),
            Map.entry("μs", 1_000L),
            Map.entry("ms", 1_000_000L),
            Map.entry("s", 1_000_000_000L),
            Map.entry("m", 60_000_000_000L),
            Map.entry("h", HOUR),
            Map.entry("d", 24 * HOUR),
            Map.entry("w", 7 * 24 * HOUR),
            Map.entry("y", 365 * 24 * HOUR));

    /** Characters of a duration. */
    private static final int MAX_DURATION = 10_000;

    private Times() {}

    static void register(Registry registry) {
        registry.nary("time.now_ns", 0, (context, _) -> nanos(context.now()));
        registry.unary("time.parse_rfc3339_ns", (context, a) -> parse(context, "RFC3339", Operands.string(1, a)));
        registry.binary(
                "time.parse_ns", (context, a, b) -> parse(context, Operands.string(1, a), Operands.string(2, b)));
        registry.unary("time.parse_duration_ns", (_, a) -> duration(Operands.string(1, a)));
        registry.unary("time.date", (_, a) -> {
            ZonedDateTime time = time(1, a);
            return numbers(time.getYear(), time.getMonthValue(), time.getDayOfMonth());
        });
        registry.unary("time.clock", (_, a) -> {
            ZonedDateTime time = time(1, a);
            return numbers(time.getHour(), time.getMinute(), time.getSecond());
        });
        registry.unary(
                "time.weekday",
                (_, a) -> new Str(time(1, a).getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        registry.nary("time.add_date", 4, (_, args) -> addDate(args));
        registry.binary("time.diff", (_, a, b) -> diff(time(1, a), time(2, b)));
        registry.unary("time.format", (context, a) -> format(context, a));
    }

    static Value nanos(Instant instant) {
        BigInteger nanos = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BILLION)
                .add(BigInteger.valueOf(instant.getNano()));
        if (nanos.bitLength() > 63) {
            throw BuiltinException.failed("time outside of valid range");
        }
        return Num.of(nanos);
    }

    private static Value numbers(int... values) {
        Value[] items = new Value[values.length];
        for (int i = 0; i < values.length; i++) {
            items[i] = Num.of(values[i]);
        }
        return Arr.wrap(items);
    }

    private static Value parse(Context context, String layout, String text) {
        return nanos(GoTime.of(context, layout).parse(text).toInstant());
    }

    /** Nanoseconds, or an array of them and a zone's name. */
    private static ZonedDateTime time(int position, Value value) {
        Value nanos = value;
        ZoneId zone = ZoneOffset.UTC;
        if (value instanceof Arr pair && pair.size() > 0) {
            nanos = pair.at(0);
            zone = pair.size() > 1 ? zone(Operands.string(position, pair.at(1))) : zone;
        }
        BigInteger whole = Operands.integer(position, nanos);
        if (whole.bitLength() > 63) {
            throw BuiltinException.failed("timestamp too big");
        }
        BigInteger[] parts = whole.divideAndRemainder(BILLION);
        return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue()).atZone(zone);
    }

    private static ZoneId zone(String name) {
        if (name.isEmpty() || name.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        try {
            return name.equals("Local") ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw BuiltinException.failed("unknown time zone " + name);
        }
    }

    private static Value format(Context context, Value value) {
        ZonedDateTime time = time(1, value);
        boolean laid = value instanceof Arr parts && parts.size() > 2;
        String layout = laid ? Operands.string(1, ((Arr) value).at(2)) : "RFC3339Nano";
        return new Str(GoTime.of(context, layout).format(time));
    }

    private static Value addDate(Value[] args) {
        try {
            // as Go: months overflow into years and days into months, so January 31 and a month is March 3
            ZonedDateTime time = time(1, args[0]);
            ZonedDateTime moved = time.withDayOfMonth(1)
                    .plusYears(Operands.index(2, args[1]))
                    .plusMonths(Operands.index(3, args[2]))
                    .plusDays(time.getDayOfMonth() - 1L)
                    .plusDays(Operands.index(4, args[3]));
            return nanos(moved.toInstant());
        } catch (DateTimeException | ArithmeticException outside) {
            throw BuiltinException.failed("time outside of valid range");
        }
    }

    private static Value diff(ZonedDateTime first, ZonedDateTime second) {
        ZonedDateTime from = first;
        ZonedDateTime to = second.withZoneSameInstant(first.getZone());
        if (from.isAfter(to)) {
            ZonedDateTime earlier = to;
            to = from;
            from = earlier;
        }
        int[] part = {
            to.getYear() - from.getYear(),
            to.getMonthValue() - from.getMonthValue(),
            to.getDayOfMonth() - from.getDayOfMonth(),
            to.getHour() - from.getHour(),
            to.getMinute() - from.getMinute(),
            to.getSecond() - from.getSecond()
        };
        int[] most = {0, 12, from.toLocalDate().lengthOfMonth(), 24, 60, 60};
        for (int i = part.length - 1; i > 0; i--) {
            if (part[i] < 0) {
                part[i] += most[i];
                part[i - 1]--;
            }
        }
        return numbers(part);
    }

    private static Value duration(String text) {
        boolean negative = text.startsWith("-");
        if (text.length() > MAX_DURATION) {
            throw BuiltinException.failed("time: duration longer than " + MAX_DURATION);
        }
        String amounts = negative || text.startsWith("+") ? text.substring(1) : text;
        BigDecimal total = BigDecimal.ZERO;
        Matcher matcher = DURATION.matcher(amounts);
        int at = 0;
        while (at < amounts.length() && matcher.find(at) && matcher.start() == at) {
            Long unit = NANOS.get(matcher.group(2));
            total = total.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit == null ? 0 : unit)));
            at = matcher.end();
        }
        if (!amounts.equals("0") && (at != amounts.length() || amounts.isEmpty())) {
            throw BuiltinException.failed("time: invalid duration " + new Str(text));
        }
        BigInteger size = total.setScale(0, RoundingMode.DOWN).toBigInteger();
        BigInteger nanos = negative ? size.negate() : size;
        if (nanos.bitLength() > 63) {
            throw BuiltinException.failed("time: invalid duration " + new Str(text));
        }
        return Num.of(nanos);
    }
}
