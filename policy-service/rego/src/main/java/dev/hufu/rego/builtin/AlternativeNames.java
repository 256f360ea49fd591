package dev.hufu.rego.builtin;

import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;

/** What else a certificate's subject is called (RFC 5280, 4.2.1.6). */
final class AlternativeNames {
    private final List<Value> dns = new ArrayList<>();
    private final List<Value> emails = new ArrayList<>();
    private final List<Value> addresses = new ArrayList<>();
    private final List<Value> uris = new ArrayList<>();
    private final List<Value> uriTexts = new ArrayList<>();

    /** Whether there was one of the four kinds. */
    boolean read(byte[] extension) {
        for (Der names = Der.of(extension).in(Der.SEQUENCE); !names.atEnd(); ) {
            int tag = names.tag();
            byte[] content = names.in(tag).rest();
            switch (tag) {
                case 0x81 -> emails.add(new Str(Names.ascii(content)));
                case 0x82 -> dns.add(new Str(Names.ascii(content)));
                case 0x86 -> {
                    String text = Names.ascii(content);
                    uris.add(Uri.parse(text).toGo());
                    uriTexts.add(new Str(text));
                }
                case 0x87 -> {
                    if (content.length != 4 && content.length != 16) {
                        throw BuiltinException.failed("x509: cannot parse IP address of length " + content.length);
                    }
                    addresses.add(new Str(Cidr.show(content)));
                }
                default -> {
                    // other kinds of name are not shown
                }
            }
        }
        return !(dns.isEmpty() && emails.isEmpty() && addresses.isEmpty() && uris.isEmpty());
    }

    void addTo(ObjBuilder fields) {
        fields.put("DNSNames", Certificates.list(dns));
        fields.put("EmailAddresses", Certificates.list(emails));
        fields.put("IPAddresses", Certificates.list(addresses));
        fields.put("URIs", Certificates.list(uris));
    }

    /** The URIs as they were written. */
    Value uriStrings() {
        return Certificates.list(uriTexts);
    }
}
