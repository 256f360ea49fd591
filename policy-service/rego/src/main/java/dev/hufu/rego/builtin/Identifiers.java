package dev.hufu.rego.builtin;

import dev.hufu.rego.Num;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUIDs and the random numbers that stay the same within an evaluation. */
final class Identifiers {
    /** 100 ns ticks from 1582-10-15 to 1970-01-01. */
    private static final long GREGORIAN_TICKS = 0x01b21dd213814000L;

    private Identifiers() {}

    static void register(Registry registry) {
        registry.unary("uuid.parse", (_, a) -> parse(Operands.string(1, a)));
        registry.unary("uuid.rfc4122", (context, a) -> random(context, "uuid/" + Operands.string(1, a)));
        registry.binary("rand.intn", (context, a, b) -> {
            BigInteger bound = Operands.integer(2, b).abs();
            if (bound.signum() == 0) {
                return Num.ZERO;
            }
            long seed = context.seed("rand/" + Operands.string(1, a) + "/" + bound);
            return Num.of(BigInteger.valueOf(seed >>> 1).mod(bound));
        });
    }

    private static Value random(Context context, String key) {
        SplittableRandom random = new SplittableRandom(context.seed(key));
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
        return new Str(new UUID(high, low).toString());
    }

    private static @Nullable Value parse(String text) {
        String bare = text.toLowerCase(Locale.ROOT);
        if (bare.startsWith("urn:uuid:")) {
            bare = bare.substring("urn:uuid:".length());
        } else if (bare.length() == 38) {
            // whatever stands around it: Go's library does not look
            bare = bare.substring(1, bare.length() - 1);
        }
        boolean dashed = bare.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        if (!dashed && !bare.matches("[0-9a-f]{32}")) {
            return null;
        }
        return describe(HexFormat.of().parseHex(bare.replace("-", "")));
    }

    private static Value describe(byte[] bytes) {
        int version = (bytes[6] >> 4) & 15;
        ObjBuilder fields = new ObjBuilder().put("version", Num.of(version)).put("variant", new Str(variant(bytes[8])));
        if (version == 1 || version == 2) {
            long low = unsigned(bytes, 0, 4);
            long ticks = (unsigned(bytes, 6, 2) & 0xfff) << 48 | unsigned(bytes, 4, 2) << 32 | low;
            fields.put("time", Num.of((ticks - GREGORIAN_TICKS) * 100));
            fields.put("clocksequence", Num.of(unsigned(bytes, 8, 2) & 0x3fff));
            fields.put("nodeid", new Str(HexFormat.ofDelimiter("-").formatHex(bytes, 10, 16)));
            fields.put("macvariables", new Str(macVariables(bytes[10])));
            if (version == 2) {
                fields.put("id", Num.of(low));
                fields.put("domain", new Str(domain(bytes[9])));
            }
        }
        return fields.build();
    }

    private static long unsigned(byte[] bytes, int from, int length) {
        return new BigInteger(1, bytes, from, length).longValueExact();
    }

    private static String variant(byte octet) {
        if ((octet & 0xc0) == 0x80) {
            return "RFC4122";
        }
        if ((octet & 0xe0) == 0xc0) {
            return "Microsoft";
        }
        return (octet & 0xe0) == 0xe0 ? "Future" : "Reserved";
    }

    private static String macVariables(byte octet) {
        return ((octet & 2) != 0 ? "local" : "global") + ":" + ((octet & 1) != 0 ? "multicast" : "unicast");
    }

    private static String domain(byte octet) {
        return switch (octet) {
            case 0 -> "Person";
            case 1 -> "Group";
            case 2 -> "Org";
            default -> "Domain" + Byte.toUnsignedInt(octet);
        };
    }
}
