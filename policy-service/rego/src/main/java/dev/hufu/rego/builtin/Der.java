package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Num;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads DER (ITU-T X.690), one element after another; {@link BuiltinException} where the bytes are no DER. */
final class Der {
    static final int BOOLEAN = 1;
    static final int INTEGER = 2;
    static final int BIT_STRING = 3;
    static final int OCTET_STRING = 4;
    static final int OID = 6;
    static final int UTC_TIME = 23;
    static final int GENERALIZED_TIME = 24;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    private static final int MAX_ARCS = 64;

    private final byte[] bytes;
    private final int end;
    private int at;

    private Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static Der of(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    /** The tag of a context-specific element: {@code [0]}; {@code constructed} where it holds others. */
    static int context(int number, boolean constructed) {
        return 0x80 | (constructed ? 0x20 : 0) | number;
    }

    static BuiltinException malformed(String what) {
        return BuiltinException.failed("x509: malformed " + what);
    }

    boolean atEnd() {
        return at >= end;
    }

    /** The next element's tag, -1 at the end. */
    int tag() {
        return atEnd() ? -1 : bytes[at] & 0xff;
    }

    /** What is left, unread. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, end);
    }

    /** The content of the next element, which must have the tag. */
    Der in(int tag) {
        return next(tag, false);
    }

    /** The next element with its header. */
    Der whole(int tag) {
        return next(tag, true);
    }

    /** The content of the next element if it has the tag. */
    @Nullable
    Der optional(int tag) {
        return tag() == tag ? in(tag) : null;
    }

    void skip() {
        next(tag(), false);
    }

    private Der next(int tag, boolean header) {
        if (tag() != tag || (tag & 0x1f) == 0x1f) {
            throw malformed("certificate");
        }
        int start = at;
        int from = at + 1;
        int length = from < end ? bytes[from++] & 0xff : 0x80;
        if (length >= 0x80) {
            int octets = length & 0x7f;
            if (octets == 0 || octets > 4 || from + octets > end) {
                throw malformed("certificate");
            }
            length = new BigInteger(1, Arrays.copyOfRange(bytes, from, from + octets)).intValue();
            from += octets;
        }
        if (length < 0 || length > end - from) {
            throw malformed("certificate");
        }
        at = from + length;
        return new Der(bytes, header ? start : from, at);
    }

    BigInteger integer() {
        return number(INTEGER);
    }

    BigInteger number(int tag) {
        byte[] content = in(tag).rest();
        if (content.length == 0) {
            throw malformed("integer");
        }
        return new BigInteger(content);
    }

    boolean bool() {
        byte[] content = in(BOOLEAN).rest();
        return content.length == 1 && content[0] != 0;
    }

    byte[] octets() {
        return in(OCTET_STRING).rest();
    }

    /** A string of bits. */
    record Bits(Octets octets) {
        byte[] bytes() {
            return octets.bytes();
        }

        /** The bit at a place, counted from the first. */
        boolean has(int place) {
            return place / 8 < bytes().length && (bytes()[place / 8] >> (7 - place % 8) & 1) == 1;
        }
    }

    Bits bits() {
        byte[] content = in(BIT_STRING).rest();
        if (content.length == 0 || content[0] < 0 || content[0] > 7) {
            throw malformed("bit string");
        }
        return new Bits(new Octets(Arrays.copyOfRange(content, 1, content.length)));
    }

    /** The arcs of an object identifier. */
    List<BigInteger> arcs() {
        List<BigInteger> arcs = new ArrayList<>();
        BigInteger arc = BigInteger.ZERO;
        boolean open = true;
        for (byte part : in(OID).rest()) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(part & 0x7f));
            open = part < 0;
            if (!open) {
                if (arcs.isEmpty()) {
                    BigInteger first = arc.divide(BigInteger.valueOf(40)).min(BigInteger.TWO);
                    arcs.add(first);
                    arc = arc.subtract(first.multiply(BigInteger.valueOf(40)));
                }
                arcs.add(arc);
                arc = BigInteger.ZERO;
            }
            if (arcs.size() > MAX_ARCS || arc.bitLength() > 128) {
                break;
            }
        }
        if (open) {
            throw malformed("OID");
        }
        return arcs;
    }

    static String dotted(List<BigInteger> arcs) {
        return String.join(".", arcs.stream().map(BigInteger::toString).toList());
    }

    static Value array(List<BigInteger> arcs) {
        return Arr.of(arcs.stream().map(arc -> (Value) Num.of(arc)).toList());
    }

    String oid() {
        return dotted(arcs());
    }
}
