package dev.hufu.rego.builtin;

import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;

/** The formats that a schema may ask of a string. */
final class JsonFormats {
    private static final String TIME = "([01]?\\d|2[0-3]):[0-5]\\d:[0-5]\\d([.,]\\d+)?";
    private static final String ZONE = "(Z|[+-]([01]\\d|2[0-4]):([0-5]\\d|60))";
    private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";
    private static final String LABEL = "([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])";
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10ffff}-]+";
    private static final String WORDS = "(" + ATOM + "|\"([^\"\\\\\r\n]|\\\\.)*\")";
    private static final String ADDRESS =
            WORDS + "(\\." + WORDS + ")*@(" + ATOM + "(\\." + ATOM + ")*|\\[[^\\[\\]\\\\]*\\])";

    private static final Pattern ANY_TIME = Pattern.compile(TIME + ZONE + "?");
    private static final Pattern DATE_ONLY = Pattern.compile(DATE);
    private static final Pattern DATE_TIME = Pattern.compile(DATE + "T" + TIME + ZONE);
    private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern EMAIL =
            Pattern.compile("\\s*(" + ADDRESS + "|(" + WORDS + "[ \\t.]*)*<\\s*" + ADDRESS + "\\s*>)\\s*");
    private static final Pattern TEMPLATE = Pattern.compile("([^{]*(\\{[^}]*\\})?)*");
    private static final Pattern UUID = Pattern.compile("(?i)[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}");
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~0|~1)*)*");
    private static final Pattern RELATIVE = Pattern.compile("(0|[1-9][0-9]*)(#|(/([^~/]|~0|~1)*)*)");

    private JsonFormats() {}

    /** Whether the text has the format; any text has one that is not known. */
    static boolean holds(String format, String text) {
        return switch (format) {
            case "date" -> DATE_ONLY.matches(text) && isDay(text);
            case "time" -> ANY_TIME.matches(text);
            case "date-time" ->
                ANY_TIME.matches(text)
                        || (DATE_ONLY.matches(text) && isDay(text))
                        || (DATE_TIME.matches(text) && isDay(text.substring(0, 10)));
            case "hostname" -> HOST.matches(text) && text.length() < 256;
            case "email", "idn-email" -> EMAIL.matches(text);
            case "ipv4" -> Cidr.isAddress(text) && text.contains(".");
            case "ipv6" -> Cidr.isAddress(text) && text.contains(":");
            case "uri", "iri" -> isUri(text) && !Uri.parse(text).scheme().isEmpty();
            case "uri-reference", "iri-reference" -> isUri(text);
            case "uri-template" ->
                isUri(text) && TEMPLATE.matches(Uri.parse(text).path());
            case "uuid" -> UUID.matches(text);
            case "regex" -> isPattern(text);
            case "json-pointer" -> POINTER.matches(text);
            case "relative-json-pointer" -> RELATIVE.matches(text);
            default -> true;
        };
    }

    private static boolean isDay(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            Uri.parse(text);
            return text.indexOf('\\') < 0;
        } catch (BuiltinException invalid) {
            return false;
        }
    }

    private static boolean isPattern(String text) {
        try {
            Regexes.compile(text);
            return true;
        } catch (BuiltinException invalid) {
            return false;
        }
    }
}
