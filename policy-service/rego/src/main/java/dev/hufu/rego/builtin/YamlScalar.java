package dev.hufu.rego.builtin;

import java.util.regex.Pattern;

/**
 * How a text is written in YAML so that it is read as that text: plain where that is possible, in quotes, or as a literal
 * block.
 */
record YamlScalar(String text, Style style) {
    private enum Style {
        PLAIN,
        SINGLE,
        DOUBLE,
        LITERAL
    }

    /** What YAML 1.1 reads as a boolean. */
    private static final Pattern OLD_BOOLEAN = Pattern.compile("[yY]|yes|Yes|YES|on|On|ON|[nN]|no|No|NO|off|Off|OFF");

    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");
    private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

    static YamlScalar of(String text) {
        boolean lines = text.indexOf('\n') >= 0;
        boolean trailing = text.endsWith(" ");
        if (isSpecial(text) || text.contains(" \n") || (lines && trailing)) {
            return new YamlScalar(text, Style.DOUBLE);
        }
        if (lines) {
            return new YamlScalar(text, Style.LITERAL);
        }
        if (isReadAsOther(text)) {
            return new YamlScalar(text, Style.DOUBLE);
        }
        boolean plain = !text.startsWith(" ")
                && !trailing
                && !hasIndicator(text)
                && text.chars().noneMatch(YamlScalar::isOddBreak);
        return new YamlScalar(text, plain ? Style.PLAIN : Style.SINGLE);
    }

    boolean isOneLine() {
        return style != Style.LITERAL;
    }

    /** @param column of a literal block's lines; negative where it cannot be one */
    void write(StringBuilder out, int column) {
        switch (style) {
            case PLAIN -> out.append(text);
            case SINGLE -> out.append('\'').append(text.replace("'", "''")).append('\'');
            case DOUBLE -> quote(out);
            case LITERAL -> literal(out, column);
        }
    }

    private static boolean isReadAsOther(String text) {
        boolean early =
                OLD_BOOLEAN.matcher(text).matches() || DATE.matcher(text).matches();
        return early || SEXAGESIMAL.matcher(text).matches() || !Yaml.isText(text);
    }

    private static boolean hasIndicator(String text) {
        char first = text.charAt(0);
        if (text.startsWith("---") || text.startsWith("...") || INDICATORS.indexOf(first) >= 0) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean last = i + 1 == text.length() || text.charAt(i + 1) == ' ';
            boolean opens = i == 0 && (c == '-' || c == '?') && last;
            boolean comment = c == '#' && text.charAt(i - 1) == ' ';
            if (opens || comment || (c == ':' && last)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOddBreak(int c) {
        return c == 0x2028 || c == 0x2029;
    }

    /** What only an escape can write, as the library sees it: beyond the Basic Multilingual Plane, too. */
    private static boolean isSpecial(String text) {
        return text.chars().anyMatch(c -> c != '\n' && !isOddBreak(c) && !isPrintable(c));
    }

    private static boolean isPrintable(int c) {
        return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0xd800) || (c >= 0xe000 && c < 0xfffe && c != 0xfeff);
    }

    private void quote(StringBuilder out) {
        out.append('"');
        text.codePoints().forEach(c -> {
            int named = "\0\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u2028\u2029".indexOf(c);
            if (named >= 0) {
                out.append('\\').append("0abtnvfre\"\\NLP".charAt(named));
            } else if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append((c > 0xffff ? "\\U%08X" : c > 0xff ? "\\u%04X" : "\\x%02X").formatted(c));
            }
        });
        out.append('"');
    }

    private void literal(StringBuilder out, int column) {
        boolean hinted = text.startsWith(" ") || text.startsWith("\n");
        boolean keeps = text.endsWith("\n\n") || text.equals("\n");
        out.append('|').append(hinted ? "2" : "").append(keeps ? "+" : text.endsWith("\n") ? "" : "-");
        for (String line : text.split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                out.repeat(' ', column).append(line);
            }
        }
        if (text.endsWith("\n")) {
            out.setLength(out.length() - 1); // whoever goes on begins a line
        }
    }
}
