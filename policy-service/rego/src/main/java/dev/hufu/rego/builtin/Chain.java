package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Certificates from a root down to a leaf: the first given is trusted, the last is judged, those between may help. A path
 * is found by issuers' names and judged by the JDK's path validation (RFC 5280, 6); nothing is asked of the network.
 */
final class Chain {
    private static final int MAX_TRIES = 100;
    private static final long ANY_USAGE = 0;
    private static final Map<String, Long> USAGES = Map.ofEntries(
            Map.entry("KeyUsageAny", ANY_USAGE),
            Map.entry("KeyUsageServerAuth", 1L),
            Map.entry("KeyUsageClientAuth", 2L),
            Map.entry("KeyUsageCodeSigning", 3L),
            Map.entry("KeyUsageEmailProtection", 4L),
            Map.entry("KeyUsageIPSECEndSystem", 5L),
            Map.entry("KeyUsageIPSECTunnel", 6L),
            Map.entry("KeyUsageIPSECUser", 7L),
            Map.entry("KeyUsageTimeStamping", 8L),
            Map.entry("KeyUsageOCSPSigning", 9L),
            Map.entry("KeyUsageMicrosoftServerGatedCrypto", 10L),
            Map.entry("KeyUsageNetscapeServerGatedCrypto", 11L),
            Map.entry("KeyUsageMicrosoftCommercialCodeSigning", 12L),
            Map.entry("KeyUsageMicrosoftKernelCodeSigning", 13L));

    private final List<Certificates.Certificate> certificates;
    private final Wanted wanted;
    private int tries;

    private Chain(List<Certificates.Certificate> certificates, Wanted wanted) {
        this.certificates = certificates;
        this.wanted = wanted;
    }

    /** What a chain must hold for. */
    record Wanted(String name, Instant time, Set<Long> usages) {
        static Wanted of(Context context, Obj options) {
            String name = "";
            Instant time = context.now();
            Set<Long> usages = Set.of(1L);
            for (int i = 0; i < options.size(); i++) {
                Value value = options.valueAt(i);
                switch (Comparisons.text(options.keyAt(i))) {
                    case "DNSName" -> {
                        if (!(value instanceof Str text)) {
                            throw BuiltinException.failed("'DNSName' should be a string");
                        }
                        name = text.value();
                    }
                    case "CurrentTime" -> time = time(value);
                    case "MaxConstraintComparisons" -> {
                        if (!(value instanceof Num number && number.isLong())) {
                            throw BuiltinException.failed("'MaxConstraintComparisons' should be a number");
                        }
                    }
                    case "KeyUsages" -> usages = usages(value, usages);
                    default -> throw BuiltinException.failed("invalid key option");
                }
            }
            return new Wanted(name, time, usages);
        }

        private static Instant time(Value value) {
            if (!(value instanceof Num number)) {
                throw BuiltinException.failed("'CurrentTime' should be a number");
            }
            BigInteger nanos = number.asInteger().orElse(BigInteger.ONE.shiftLeft(64));
            if (nanos.bitLength() > 63) {
                throw BuiltinException.failed("'CurrentTime' should be a valid int64 number");
            }
            return Instant.ofEpochSecond(0, nanos.longValue());
        }

        private static Set<Long> usages(Value value, Set<Long> otherwise) {
            if (!(value instanceof Arr) && !(value instanceof SetValue)) {
                throw BuiltinException.failed("'KeyUsages' should be an Array or Set");
            }
            Set<Long> usages = new java.util.HashSet<>();
            List<String> unknown = new ArrayList<>();
            for (Value one : Operands.elements(2, value)) {
                if (one instanceof Str text) {
                    Long usage = USAGES.get(text.value());
                    if (usage == null) {
                        unknown.add(text.value());
                    } else {
                        usages.add(usage);
                    }
                }
            }
            if (!unknown.isEmpty()) {
                throw BuiltinException.failed(
                        "invalid entries for 'KeyUsages' found: [" + String.join(" ", unknown) + "]");
            }
            return usages.isEmpty() ? otherwise : usages;
        }
    }

    /** The chain from leaf to root as places in the list, empty where there is none. */
    static List<Integer> verify(List<Certificates.Certificate> certificates, Wanted wanted) {
        if (certificates.size() < 2) {
            return List.of();
        }
        int leaf = certificates.size() - 1;
        Obj subject = certificates.get(leaf).fields();
        if (!wanted.name.isEmpty() && !isFor(subject, wanted.name)) {
            return List.of();
        }
        Deque<Integer> path = new ArrayDeque<>(List.of(leaf));
        Chain chain = new Chain(certificates, wanted);
        boolean trusted = subject.equals(certificates.getFirst().fields());
        return (trusted ? chain.holds(path) : chain.search(path)) ? List.copyOf(path) : List.of();
    }

    private boolean search(Deque<Integer> path) {
        Value issuer = certificates.get(path.getLast()).fields().get("RawIssuer");
        for (int next = 0; next < certificates.size() - 1; next++) {
            Value name = certificates.get(next).fields().get("RawSubject");
            if (path.contains(next) || !name(issuer).equals(name(name)) || ++tries > MAX_TRIES) {
                continue;
            }
            path.addLast(next);
            if (next == 0 ? holds(path) : search(path)) {
                return true;
            }
            path.removeLast();
        }
        return false;
    }

    private static Value name(@org.jspecify.annotations.Nullable Value raw) {
        return raw == null ? Null.NULL : raw;
    }

    private boolean holds(Deque<Integer> path) {
        for (int index : path) {
            if (!allows(certificates.get(index).fields())) {
                return false;
            }
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> below = new ArrayList<>();
            for (int index : path) {
                below.add((X509Certificate) factory.generateCertificate(
                        new ByteArrayInputStream(certificates.get(index).der().bytes())));
            }
            X509Certificate root = below.removeLast();
            Date time = Date.from(wanted.time);
            root.checkValidity(time);
            if (below.isEmpty()) {
                return true;
            }
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(time);
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(below), parameters);
            return Bool.TRUE.equals(certificates.getFirst().fields().get("IsCA"));
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException refused) {
            return false;
        }
    }

    /** Whether its extended key usages, if it has any, hold one that is wanted. */
    private boolean allows(Obj certificate) {
        boolean any = wanted.usages.contains(ANY_USAGE);
        if (any
                || (!(certificate.get("ExtKeyUsage") instanceof Arr)
                        && !(certificate.get("UnknownExtKeyUsage") instanceof Arr))) {
            return true;
        }
        return certificate.get("ExtKeyUsage") instanceof Arr usages
                && usages.asList().stream()
                        .anyMatch(usage -> usage instanceof Num number
                                && (number.asLong() == ANY_USAGE || wanted.usages.contains(number.asLong())));
    }

    private static boolean isFor(Obj certificate, String wanted) {
        boolean bracketed = wanted.startsWith("[") && wanted.endsWith("]");
        String literal = bracketed ? wanted.substring(1, wanted.length() - 1) : wanted;
        boolean address = Cidr.isAddress(literal);
        String field = address ? "IPAddresses" : "DNSNames";
        if (!(certificate.get(field) instanceof Arr names)) {
            return false;
        }
        String host = (address ? literal : wanted.replaceAll("\\.$", "")).toLowerCase(Locale.ROOT);
        return names.asList().stream()
                .map(name -> Comparisons.text(name).toLowerCase(Locale.ROOT))
                .anyMatch(name -> address
                        ? Cidr.addressOrNetwork(name).contains(Cidr.addressOrNetwork(host))
                        : matches(name, host));
    }

    /** RFC 6125: a wildcard is the whole first label. */
    private static boolean matches(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(pattern.substring(1));
    }
}
