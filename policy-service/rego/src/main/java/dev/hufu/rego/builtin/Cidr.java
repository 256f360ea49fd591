package dev.hufu.rego.builtin;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses.
 *
 * @param bits 32 or 128
 * @param text how it is shown when nothing was merged with it
 */
record Cidr(int bits, BigInteger first, BigInteger last, String text) {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private static BuiltinException invalid(String text) {
        return BuiltinException.failed("invalid CIDR address: " + text);
    }

    static boolean isNetwork(String text) {
        try {
            network(text);
            return true;
        } catch (BuiltinException invalid) {
            return false;
        }
    }

    static boolean isAddress(String text) {
        return parse(text) != null;
    }

    static Cidr network(String text) {
        int slash = text.indexOf('/');
        byte[] address = slash < 0 ? null : parse(text.substring(0, slash));
        String prefix = text.substring(slash + 1);
        if (address == null || !prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > address.length * 8) {
            throw invalid(text);
        }
        return of(address, Integer.parseInt(prefix));
    }

    private static Cidr of(byte[] address, int prefix) {
        int bits = address.length * 8;
        BigInteger host = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);
        BigInteger first = new BigInteger(1, address).andNot(host);
        return new Cidr(bits, first, first.or(host), show(bits, first) + "/" + prefix);
    }

    static Cidr addressOrNetwork(String text) {
        byte[] address = parse(text);
        return address == null ? network(text) : of(address, address.length * 8);
    }

    /** A bare IPv4 address has its class's mask there. */
    static Cidr forMerge(String text) {
        byte[] address = parse(text);
        if (address == null) {
            return network(text);
        }
        if (address.length == 16) {
            throw BuiltinException.failed("IPv6 invalid: needs prefix length");
        }
        int lead = address[0] & 0xff;
        int prefix = lead < 0x80 ? 8 : lead < 0xc0 ? 16 : 24;
        Cidr block = of(address, prefix);
        return new Cidr(block.bits, block.first, block.last, text + "/" + prefix);
    }

    private static byte @Nullable [] parse(String text) {
        var matcher = V4.matcher(text);
        if (matcher.matches()) {
            byte[] address = new byte[4];
            for (int i = 0; i < 4; i++) {
                String part = matcher.group(i + 1);
                int octet = Integer.parseInt(part);
                if (octet > 255 || (part.length() > 1 && part.startsWith("0"))) {
                    return null;
                }
                address[i] = (byte) octet;
            }
            return address;
        }
        if (!V6.matcher(text).matches()) {
            return null;
        }
        try {
            // a literal, so no name is looked up
            return InetAddress.getByName("[" + text + "]").getAddress();
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    boolean contains(Cidr inner) {
        return bits == inner.bits && first.compareTo(inner.first) <= 0 && last.compareTo(inner.last) >= 0;
    }

    boolean overlaps(Cidr other) {
        return bits == other.bits && first.compareTo(other.last) <= 0 && last.compareTo(other.first) >= 0;
    }

    long size() {
        BigInteger count = last.subtract(first).add(BigInteger.ONE);
        return count.bitLength() < 63 ? count.longValue() : Long.MAX_VALUE;
    }

    String address(long offset) {
        return show(bits, first.add(BigInteger.valueOf(offset)));
    }

    /** An address of 4 or 16 octets. */
    static String show(byte[] address) {
        return show(address.length * 8, new BigInteger(1, address));
    }

    /** IPv6 in RFC 5952's form. */
    private static String show(int bits, BigInteger value) {
        byte[] address = new byte[bits / 8];
        byte[] raw = value.toByteArray();
        int length = Math.min(raw.length, address.length);
        System.arraycopy(raw, raw.length - length, address, address.length - length, length);
        if (bits == 32) {
            return (address[0] & 255) + "." + (address[1] & 255) + "." + (address[2] & 255) + "." + (address[3] & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (address[2 * i] & 255) << 8 | (address[2 * i + 1] & 255);
        }
        int zeroFrom = -1;
        int zeros = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > zeros) {
                zeroFrom = i;
                zeros = run;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == zeroFrom) {
                out.append("::");
                i += zeros - 1;
                continue;
            }
            out.append(out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":")
                    .append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }

    /** Overlapping and neighbouring blocks become the fewest that cover the same addresses. */
    static List<String> merge(List<Cidr> blocks) {
        List<Cidr> sorted = new ArrayList<>(blocks);
        sorted.sort(
                Comparator.comparingInt(Cidr::bits).thenComparing(Cidr::first).thenComparing(Cidr::last));
        List<Cidr> merged = new ArrayList<>();
        for (Cidr block : sorted) {
            Cidr before = merged.isEmpty() ? null : merged.getLast();
            if (before != null
                    && before.bits == block.bits
                    && block.first.compareTo(before.last.add(BigInteger.ONE)) <= 0) {
                merged.set(merged.size() - 1, new Cidr(block.bits, before.first, before.last.max(block.last), ""));
            } else {
                merged.add(block);
            }
        }
        List<String> shown = new ArrayList<>();
        for (Cidr block : merged) {
            if (block.text.isEmpty()) {
                cover(block, shown);
            } else {
                shown.add(block.text);
            }
        }
        return shown;
    }

    private static void cover(Cidr range, List<String> shown) {
        BigInteger at = range.first;
        while (at.compareTo(range.last) <= 0) {
            int aligned = at.signum() == 0 ? range.bits : Math.min(range.bits, at.getLowestSetBit());
            int fits = range.last.subtract(at).add(BigInteger.ONE).bitLength() - 1;
            int host = Math.min(aligned, fits);
            shown.add(show(range.bits, at) + "/" + (range.bits - host));
            at = at.add(BigInteger.ONE.shiftLeft(host));
        }
    }
}
