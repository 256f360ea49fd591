package dev.hufu.rego.builtin;

import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The extensions of a certificate (RFC 5280, 4.2) that Go reads, as its fields. */
final class Extensions {
    static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final List<String> USAGES = List.of(
            "2.5.29.37.0",
            "1.3.6.1.5.5.7.3.1",
            "1.3.6.1.5.5.7.3.2",
            "1.3.6.1.5.5.7.3.3",
            "1.3.6.1.5.5.7.3.4",
            "1.3.6.1.5.5.7.3.5",
            "1.3.6.1.5.5.7.3.6",
            "1.3.6.1.5.5.7.3.7",
            "1.3.6.1.5.5.7.3.8",
            "1.3.6.1.5.5.7.3.9",
            "1.3.6.1.4.1.311.10.3.3",
            "2.16.840.1.113730.4.1",
            "1.3.6.1.4.1.311.2.1.22",
            "1.3.6.1.4.1.311.61.1.1");
    private static final List<String> LISTS = List.of(
            "UnhandledCriticalExtensions",
            "ExtKeyUsage",
            "UnknownExtKeyUsage",
            "OCSPServer",
            "IssuingCertificateURL",
            "PermittedDNSDomains",
            "ExcludedDNSDomains",
            "PermittedIPRanges",
            "ExcludedIPRanges",
            "PermittedEmailAddresses",
            "ExcludedEmailAddresses",
            "PermittedURIDomains",
            "ExcludedURIDomains",
            "CRLDistributionPoints",
            "Policies",
            "PolicyIdentifiers",
            "PolicyMappings");

    private final List<Certificates.Extension> extensions;
    private final Map<String, List<Value>> lists = new HashMap<>();
    private final ObjBuilder fields = new ObjBuilder();
    private final AlternativeNames names = new AlternativeNames();

    Extensions(List<Certificates.Extension> extensions) {
        this.extensions = extensions;
    }

    void addTo(ObjBuilder certificate) {
        for (String flag : List.of("BasicConstraintsValid", "IsCA", "MaxPathLenZero", "PermittedDNSDomainsCritical")) {
            fields.put(flag, Bool.FALSE);
        }
        for (String number : List.of("InhibitAnyPolicy", "InhibitPolicyMapping", "RequireExplicitPolicy")) {
            fields.put(number, Num.ZERO).put(number + "Zero", Bool.FALSE);
        }
        fields.put("KeyUsage", Num.ZERO).put("MaxPathLen", Num.ZERO);
        fields.put("SubjectKeyId", Null.NULL).put("AuthorityKeyId", Null.NULL);
        for (Certificates.Extension extension : extensions) {
            if (!read(extension) && extension.critical()) {
                add("UnhandledCriticalExtensions", Der.array(extension.id()));
            }
        }
        LISTS.forEach(name -> fields.put(name, Certificates.list(lists.getOrDefault(name, List.of()))));
        names.addTo(fields);
        fields.put("URIStrings", names.uriStrings());
        certificate.putAll(fields.build());
    }

    private void add(String name, Value value) {
        lists.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /** Whether it was understood. */
    private boolean read(Certificates.Extension extension) {
        byte[] content = extension.content().bytes();
        String oid = extension.oid();
        switch (oid) {
            case "2.5.29.14" ->
                fields.put(
                        "SubjectKeyId",
                        Certificates.base64(uncritical(extension).octets()));
            case "2.5.29.15" -> keyUsage(Der.of(content).bits());
            case ALTERNATIVE_NAMES -> {
                return names.read(content);
            }
            case "2.5.29.19" -> basicConstraints(Der.of(content).in(Der.SEQUENCE));
            case "2.5.29.30" -> {
                return nameConstraints(Der.of(content).in(Der.SEQUENCE), extension.critical());
            }
            case "2.5.29.31" -> distributionPoints(Der.of(content).in(Der.SEQUENCE));
            case "2.5.29.32" -> policies(Der.of(content).in(Der.SEQUENCE));
            case "2.5.29.33" -> policyMappings(Der.of(content).in(Der.SEQUENCE));
            case "2.5.29.35" -> {
                Der id = uncritical(extension).in(Der.SEQUENCE).optional(Der.context(0, false));
                fields.put("AuthorityKeyId", id == null ? Null.NULL : Certificates.base64(id.rest()));
            }
            case "2.5.29.36" -> {
                Der constraints = Der.of(content).in(Der.SEQUENCE);
                bound("RequireExplicitPolicy", constraints, Der.context(0, false));
                bound("InhibitPolicyMapping", constraints, Der.context(1, false));
            }
            case "2.5.29.37" -> extendedUsage(Der.of(content).in(Der.SEQUENCE));
            case "2.5.29.54" -> bound("InhibitAnyPolicy", Der.of(content), Der.INTEGER);
            case "1.3.6.1.5.5.7.1.1" -> informationAccess(uncritical(extension).in(Der.SEQUENCE));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Der uncritical(Certificates.Extension extension) {
        if (extension.critical()) {
            throw BuiltinException.failed("x509: extension " + extension.oid() + " incorrectly marked critical");
        }
        return Der.of(extension.content().bytes());
    }

    private void keyUsage(Der.Bits bits) {
        int usage = 0;
        for (int i = 0; i < 9; i++) {
            usage |= bits.has(i) ? 1 << i : 0;
        }
        fields.put("KeyUsage", Num.of(usage));
    }

    private void basicConstraints(Der sequence) {
        fields.put("IsCA", Value.of(sequence.tag() == Der.BOOLEAN && sequence.bool()));
        int longest = sequence.tag() == Der.INTEGER ? sequence.integer().intValue() : -1;
        fields.put("MaxPathLen", Num.of(longest)).put("MaxPathLenZero", Value.of(longest == 0));
        fields.put("BasicConstraintsValid", Bool.TRUE);
    }

    private void bound(String name, Der from, int tag) {
        if (from.tag() == tag) {
            Num number = Num.of(from.number(tag));
            fields.put(name, number).put(name + "Zero", Value.of(number.equals(Num.ZERO)));
        }
    }

    private void extendedUsage(Der sequence) {
        while (!sequence.atEnd()) {
            List<java.math.BigInteger> arcs = sequence.arcs();
            int known = USAGES.indexOf(Der.dotted(arcs));
            add(known < 0 ? "UnknownExtKeyUsage" : "ExtKeyUsage", known < 0 ? Der.array(arcs) : Num.of(known));
        }
    }

    private void distributionPoints(Der sequence) {
        while (!sequence.atEnd()) {
            Der name = sequence.in(Der.SEQUENCE).optional(Der.context(0, true));
            Der full = name == null ? null : name.in(Der.context(0, true));
            while (full != null && full.tag() == Der.context(6, false)) {
                add("CRLDistributionPoints", text(full.in(full.tag())));
            }
        }
    }

    private static Str text(Der content) {
        return new Str(Pem.text(content.rest()));
    }

    private void policies(Der sequence) {
        while (!sequence.atEnd()) {
            List<java.math.BigInteger> arcs = sequence.in(Der.SEQUENCE).arcs();
            add("Policies", new Str(Der.dotted(arcs)));
            add("PolicyIdentifiers", Der.array(arcs));
        }
    }

    private void policyMappings(Der sequence) {
        while (!sequence.atEnd()) {
            Der pair = sequence.in(Der.SEQUENCE);
            add(
                    "PolicyMappings",
                    Value.of(Map.of(
                            "IssuerDomainPolicy", new Str(pair.oid()),
                            "SubjectDomainPolicy", new Str(pair.oid()))));
        }
    }

    private void informationAccess(Der sequence) {
        while (!sequence.atEnd()) {
            Der one = sequence.in(Der.SEQUENCE);
            String method = one.oid();
            @Nullable Der place = one.optional(Der.context(6, false));
            if (place != null && method.equals("1.3.6.1.5.5.7.48.1")) {
                add("OCSPServer", text(place));
            } else if (place != null && method.equals("1.3.6.1.5.5.7.48.2")) {
                add("IssuingCertificateURL", text(place));
            }
        }
    }

    private boolean nameConstraints(Der sequence, boolean critical) {
        fields.put("PermittedDNSDomainsCritical", Value.of(critical));
        Der permitted = sequence.optional(Der.context(0, true));
        Der excluded = sequence.optional(Der.context(1, true));
        if (permitted == null && excluded == null) {
            throw BuiltinException.failed("x509: empty name constraints extension");
        }
        boolean understood = subtrees("Permitted", permitted);
        return subtrees("Excluded", excluded) && understood;
    }

    private boolean subtrees(String side, @Nullable Der trees) {
        boolean understood = true;
        while (trees != null && !trees.atEnd()) {
            Der base = trees.in(Der.SEQUENCE);
            int tag = base.tag();
            switch (tag) {
                case 0x81 -> add(side + "EmailAddresses", text(base.in(tag)));
                case 0x82 -> add(side + "DNSDomains", text(base.in(tag)));
                case 0x86 -> add(side + "URIDomains", text(base.in(tag)));
                case 0x87 -> add(side + "IPRanges", range(base.in(tag).rest()));
                default -> understood = false;
            }
        }
        return understood;
    }

    private static Value range(byte[] content) {
        if (content.length != 8 && content.length != 32) {
            throw BuiltinException.failed("x509: IP constraint contained value of length " + content.length);
        }
        int half = content.length / 2;
        return Value.of(Map.of(
                "IP",
                new Str(Cidr.show(Arrays.copyOf(content, half))),
                "Mask",
                Certificates.base64(Arrays.copyOfRange(content, half, content.length))));
    }
}
