package dev.hufu.rego.builtin;

import dev.hufu.rego.Null;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A URI reference, read as Go's {@code net/url} reads it: looser than RFC 3986 in what a path may hold, and with the path
 * kept as written only where its usual encoding would be another.
 *
 * @param host with the port, decoded
 * @param path decoded
 * @param rawPath empty where encoding the path gives what was written
 */
record Uri(
        String scheme,
        String opaque,
        boolean hasUser,
        String host,
        String path,
        String rawPath,
        boolean forceQuery,
        String rawQuery,
        String fragment,
        String rawFragment,
        boolean omitHost) {
    private static final String IN_PATH = "-_.~$&+,/:;=@";
    private static final String IN_FRAGMENT = "-_.~$&+,/:;=?@!()*";
    private static final String IN_HOST = "-_.~!$&'()*+,;=:[]<>\"";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("(:[0-9]*)?");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");

    static Uri parse(String text) {
        int hash = text.indexOf('#');
        String whole = hash < 0 ? text : text.substring(0, hash);
        String written = hash < 0 ? "" : text.substring(hash + 1);
        String fragment = unescape(written, whole, "");
        boolean usual = escape(fragment, IN_FRAGMENT).equals(written);
        return parse(whole, fragment, usual ? "" : written);
    }

    private static BuiltinException invalid(String text, String why) {
        return BuiltinException.failed("parse " + new dev.hufu.rego.Str(text) + ": " + why);
    }

    private static Uri parse(String text, String fragment, String rawFragment) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw invalid(text, "net/url: invalid control character in URL");
        }
        if (text.equals("*")) {
            return new Uri("", "", false, "", "*", "", false, "", fragment, rawFragment, false);
        }
        if (text.startsWith(":")) {
            throw invalid(text, "missing protocol scheme");
        }
        int colon = SCHEME.matcher(text).matches() ? text.indexOf(':') : -1;
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        int mark = rest.indexOf('?');
        boolean force = mark >= 0 && mark == rest.length() - 1;
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new Uri(scheme, rest, false, "", "", "", force, query, fragment, rawFragment, false);
            }
            if (rest.split("/", 2)[0].contains(":")) {
                throw invalid(text, "first path segment in URL cannot contain colon");
            }
        }
        String host = "";
        boolean user = false;
        boolean hasAuthority = rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"));
        if (hasAuthority) {
            int slash = rest.indexOf('/', 2);
            String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
            int at = authority.lastIndexOf('@');
            host = host(text, scheme, authority.substring(at + 1));
            user = at >= 0;
            if (user && !USER.matcher(authority.substring(0, at)).matches()) {
                throw invalid(text, "net/url: invalid userinfo");
            }
            unescape(user ? authority.substring(0, at) : "", text, "");
        }
        boolean omitHost = !hasAuthority && !scheme.isEmpty() && rest.startsWith("/");
        String path = unescape(rest, text, "");
        String rawPath = escape(path, IN_PATH).equals(rest) ? "" : rest;
        return new Uri(scheme, "", user, host, path, rawPath, force, query, fragment, rawFragment, omitHost);
    }

    private static String host(String text, String scheme, String host) {
        int bracket = host.lastIndexOf('[');
        int from = host.indexOf(':');
        if (bracket > 0) {
            throw invalid(text, "invalid IP-literal");
        }
        if (bracket == 0) {
            int close = host.lastIndexOf(']');
            if (close < 0) {
                throw invalid(text, "missing ']' in host");
            }
            String literal = host.substring(1, close).split("%25", 2)[0];
            if (!literal.contains(":") || !Cidr.isAddress(literal)) {
                throw invalid(text, "invalid host");
            }
            from = close + 1;
        } else if (from >= 0 && !scheme.equals("http") && !scheme.equals("https")) {
            from = host.lastIndexOf(':');
        }
        String port = from < 0 ? "" : host.substring(from);
        if (!PORT.matcher(port).matches()) {
            throw invalid(text, "invalid port " + new dev.hufu.rego.Str(port) + " after host");
        }
        return unescape(host, text, IN_HOST);
    }

    /** Decodes percent escapes; {@code allowed} are the ASCII punctuation that may stand unescaped, empty for any. */
    private static String unescape(String part, String text, String allowed) {
        byte[] written = part.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(written.length);
        for (int i = 0; i < written.length; i++) {
            byte b = written[i];
            if (b != '%') {
                if (!allowed.isEmpty() && b >= 0 && !isPlain(b, allowed)) {
                    throw invalid(text, "invalid character " + new dev.hufu.rego.Str("" + (char) b) + " in host name");
                }
                out.write(b);
                continue;
            }
            int high = i + 2 < written.length ? Character.digit(written[i + 1], 16) : -1;
            int low = i + 2 < written.length ? Character.digit(written[i + 2], 16) : -1;
            boolean ascii = !allowed.isEmpty() && high < 8 && !(high == 2 && low == 5);
            if (high < 0 || low < 0 || ascii) {
                String shown = new String(written, i, Math.min(3, written.length - i), StandardCharsets.UTF_8);
                throw invalid(text, "invalid URL escape " + new dev.hufu.rego.Str(shown));
            }
            out.write(high << 4 | low);
            i += 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean isPlain(byte b, String punctuation) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || (b > 0 && punctuation.indexOf(b) >= 0);
    }

    private static String escape(String decoded, String punctuation) {
        StringBuilder out = new StringBuilder();
        for (byte b : decoded.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b, punctuation)) {
                out.append((char) b);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    /** The path as a request line holds it. */
    String escapedPath() {
        boolean keepsWritten = rawPath.getBytes(StandardCharsets.UTF_8).length == rawPath.length()
                && rawPath.matches("[A-Za-z0-9._~$&+,/:;=@!'()*\\[\\]%-]+");
        if (keepsWritten || path.equals("*")) {
            return keepsWritten ? rawPath : path;
        }
        return escape(path, IN_PATH);
    }

    String port() {
        int colon = host.lastIndexOf(':');
        return colon >= 0 && PORT.matcher(host.substring(colon)).matches() ? host.substring(colon + 1) : "";
    }

    String hostname() {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon >= 0 && PORT.matcher(host.substring(colon)).matches();
        String name = hasPort ? host.substring(0, colon) : host;
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    /** As Go writes its own structure. */
    Obj toGo() {
        return new ObjBuilder()
                .put("Scheme", Value.of(scheme))
                .put("Opaque", Value.of(opaque))
                .put("User", hasUser ? Obj.EMPTY : Null.NULL)
                .put("Host", Value.of(host))
                .put("Path", Value.of(path))
                .put("RawPath", Value.of(rawPath))
                .put("OmitHost", Value.of(omitHost))
                .put("ForceQuery", Value.of(forceQuery))
                .put("RawQuery", Value.of(rawQuery))
                .put("Fragment", Value.of(fragment))
                .put("RawFragment", Value.of(rawFragment))
                .build();
    }
}
