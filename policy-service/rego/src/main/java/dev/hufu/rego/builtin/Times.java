package dev.hufu.rego.builtin;

import dev.hufu.rego.Num;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** {@code time.*}: nanoseconds since 1970 in UTC, within the 64 bits that OPA has for them. */
final class Times {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

    private Times() {}

    static void register(Registry registry) {
        registry.nary("time.now_ns", 0, (context, _) -> nanos(context.now()));
        registry.unary("time.parse_rfc3339_ns", (_, a) -> parse(Operands.string(1, a)));
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

    private static Value parse(String text) {
        try {
            return nanos(OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException malformed) {
            throw BuiltinException.failed("parsing time \"" + text + "\" as RFC 3339: cannot parse");
        }
    }
}
