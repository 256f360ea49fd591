package dev.hufu.rego.builtin;

import dev.hufu.rego.Null;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Distinguished names (X.501), in the shape that Go's encoder gives {@code pkix.Name}. */
final class Names {
    private static final Map<String, String> SEVERAL = Map.of(
            "2.5.4.6", "Country",
            "2.5.4.7", "Locality",
            "2.5.4.8", "Province",
            "2.5.4.9", "StreetAddress",
            "2.5.4.10", "Organization",
            "2.5.4.11", "OrganizationalUnit",
            "2.5.4.17", "PostalCode");
    private static final Map<String, String> SINGLE = Map.of("2.5.4.3", "CommonName", "2.5.4.5", "SerialNumber");

    private Names() {}

    static Obj read(byte[] der) {
        List<Value> names = new ArrayList<>();
        Map<String, List<Value>> several = new HashMap<>();
        ObjBuilder fields = new ObjBuilder();
        SINGLE.values().forEach(name -> fields.put(name, new Str("")));
        for (Der sequence = Der.of(der).in(Der.SEQUENCE); !sequence.atEnd(); ) {
            for (Der set = sequence.in(Der.SET); !set.atEnd(); ) {
                Der attribute = set.in(Der.SEQUENCE);
                List<BigInteger> type = attribute.arcs();
                Value value = new Str(string(attribute));
                names.add(Value.of(Map.of("Type", Der.array(type), "Value", value)));
                String oid = Der.dotted(type);
                if (SEVERAL.containsKey(oid)) {
                    several.computeIfAbsent(SEVERAL.get(oid), _ -> new ArrayList<>())
                            .add(value);
                } else if (SINGLE.containsKey(oid)) {
                    fields.put(SINGLE.get(oid), value);
                }
            }
        }
        SEVERAL.values().forEach(name -> fields.put(name, Certificates.list(several.getOrDefault(name, List.of()))));
        return fields.put("Names", Certificates.list(names))
                .put("ExtraNames", Null.NULL)
                .build();
    }

    private static String string(Der attribute) {
        int tag = attribute.tag();
        byte[] bytes = tag < 0 ? new byte[0] : attribute.in(tag).rest();
        return switch (tag) {
            case 12 -> utf8(bytes);
            case 18, 19, 22 -> ascii(bytes);
            case 20 -> Pem.text(bytes);
            case 30 -> new String(bytes, StandardCharsets.UTF_16BE).replaceAll("\0$", "");
            default -> throw BuiltinException.failed("x509: invalid RDNSequence: unsupported string type: " + tag);
        };
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw BuiltinException.failed("x509: invalid RDNSequence: invalid UTF-8 string");
        }
    }

    static String ascii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                throw Der.malformed("string");
            }
        }
        return Pem.text(bytes);
    }
}
