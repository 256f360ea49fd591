package dev.hufu.rego.builtin;

import java.util.ArrayList;
import java.util.List;

/** Text and what stands between {@code {{} and {@code }}}, as tokens. */
final class TemplateLexer {
    enum Kind {
        TEXT,
        OPEN,
        CLOSE,
        SPACE,
        NAME,
        FIELD,
        VARIABLE,
        DOT,
        STRING,
        CHARACTER,
        NUMBER,
        MARK,
        END
    }

    /** A token; of a string its content. */
    record Token(Kind kind, String text, int row) {
        boolean is(String mark) {
            return kind == Kind.MARK && text.equals(mark);
        }
    }

    private static final String BLANK = " \t\r\n";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int row = 1;

    private TemplateLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        TemplateLexer lexer = new TemplateLexer(text);
        lexer.run();
        return lexer.tokens;
    }

    static BuiltinException error(int row, String message) {
        return BuiltinException.failed("template: template:" + row + ": " + message);
    }

    private BuiltinException error(String message) {
        return error(row, message);
    }

    private void add(Kind kind, String shown) {
        tokens.add(new Token(kind, shown, row));
    }

    private void run() {
        boolean trimmed = false;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            String before = text.substring(at, open < 0 ? text.length() : open);
            at += before.length();
            boolean trimNext = open >= 0 && text.startsWith("-", at + 2) && isBlank(at + 3);
            String shown = trimNext ? before.stripTrailing() : before;
            shown = trimmed ? shown.stripLeading() : shown;
            if (!shown.isEmpty()) {
                add(Kind.TEXT, shown);
            }
            row += (int) before.chars().filter(c -> c == '\n').count();
            if (open < 0) {
                break;
            }
            at += trimNext ? 4 : 2;
            trimmed = text.startsWith("/*", at) ? comment() : action();
        }
        add(Kind.END, "");
    }

    private boolean isBlank(int place) {
        return place < text.length() && BLANK.indexOf(text.charAt(place)) >= 0;
    }

    /** Whether what follows is to be trimmed. */
    private boolean comment() {
        int end = text.indexOf("*/", at);
        if (end < 0) {
            throw error("unclosed comment");
        }
        row += (int) text.substring(at, end).chars().filter(c -> c == '\n').count();
        at = end + 2;
        boolean trims = isBlank(at) && text.startsWith("-}}", at + 1);
        at += trims ? 2 : 0;
        if (!text.startsWith("}}", at)) {
            throw error("comment ends before closing delimiter");
        }
        at += 2;
        return trims;
    }

    private boolean action() {
        add(Kind.OPEN, "{{");
        int depth = 0;
        while (at < text.length()) {
            boolean trims = isBlank(at) && text.startsWith("-}}", at + 1);
            if (trims || text.startsWith("}}", at)) {
                if (depth > 0) {
                    throw error("unclosed left paren");
                }
                at += trims ? 4 : 2;
                add(Kind.CLOSE, "}}");
                return trims;
            }
            depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
            if (depth < 0) {
                throw error("unexpected right paren");
            }
            token();
        }
        throw error("unclosed action");
    }

    private void token() {
        char c = text.charAt(at);
        int from = at;
        if (isBlank(at)) {
            while (isBlank(at) && !text.startsWith("-}}", at + 1)) {
                row += text.charAt(at) == '\n' ? 1 : 0;
                at++;
            }
            add(Kind.SPACE, " ");
            at = Math.max(at, from + 1);
        } else if (c == '"' || c == '`') {
            quoted(c);
        } else if (c == '\'') {
            character();
        } else if (c == '.' && !isDigit(at + 1)) {
            at = word(at + 1);
            add(at == from + 1 ? Kind.DOT : Kind.FIELD, text.substring(from + 1, at));
            terminated();
        } else if (c == '$') {
            at = word(at + 1);
            add(Kind.VARIABLE, text.substring(from, at));
            terminated();
        } else if (isDigit(at) || ((c == '+' || c == '-' || c == '.') && at + 1 < text.length())) {
            at++;
            while (at < text.length() && (isWord(at) || text.charAt(at) == '.' || isSign(at))) {
                at++;
            }
            add(Kind.NUMBER, text.substring(from, at));
        } else if (isWord(at)) {
            at = word(at);
            add(Kind.NAME, text.substring(from, at));
            terminated();
        } else if (text.startsWith(":=", at)) {
            at += 2;
            add(Kind.MARK, ":=");
        } else if ("|=,()".indexOf(c) >= 0) {
            at++;
            add(Kind.MARK, String.valueOf(c));
        } else {
            throw error("unexpected \"" + c + "\" in command");
        }
    }

    private boolean isSign(int place) {
        char before = text.charAt(place - 1);
        return (text.charAt(place) == '+' || text.charAt(place) == '-') && (before == 'e' || before == 'E');
    }

    private boolean isDigit(int place) {
        return place < text.length() && text.charAt(place) >= '0' && text.charAt(place) <= '9';
    }

    private boolean isWord(int place) {
        return place < text.length() && (text.charAt(place) == '_' || Character.isLetterOrDigit(text.charAt(place)));
    }

    private int word(int from) {
        int to = from;
        while (isWord(to)) {
            to++;
        }
        return to;
    }

    private void terminated() {
        if (at < text.length() && !isBlank(at) && ".,|:)(=}".indexOf(text.charAt(at)) < 0) {
            throw error("bad character U+%04X '%c'".formatted((int) text.charAt(at), text.charAt(at)));
        }
    }

    private void quoted(char quote) {
        int from = ++at;
        while (at < text.length() && text.charAt(at) != quote) {
            boolean newLine = text.charAt(at) == '\n';
            if (quote == '"' && newLine) {
                throw error("unterminated quoted string");
            }
            row += newLine ? 1 : 0;
            at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw error(quote == '"' ? "unterminated quoted string" : "unterminated raw quoted string");
        }
        String content = text.substring(from, at++);
        add(Kind.STRING, quote == '"' ? unescape(content) : content);
    }

    private void character() {
        int end = text.indexOf('\'', text.startsWith("\\", at + 1) ? at + 3 : at + 1);
        if (end < 0) {
            throw error("unterminated character constant");
        }
        String content = unescape(text.substring(at + 1, end));
        if (content.codePointCount(0, content.length()) != 1) {
            throw error("malformed character constant: " + text.substring(at, end + 1));
        }
        at = end + 1;
        add(Kind.CHARACTER, content);
    }

    private String unescape(String content) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = content.charAt(++i);
            int plain = "abfnrtv\\'\"".indexOf(escape);
            int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
            if (plain >= 0) {
                out.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(plain));
            } else if (digits > 0 && content.substring(i + 1).matches("(?s)[0-9a-fA-F]{" + digits + "}.*")) {
                int code = Integer.parseUnsignedInt(content.substring(i + 1, i + 1 + digits), 16);
                if (!Character.isValidCodePoint(code)) {
                    throw error("invalid syntax");
                }
                out.appendCodePoint(code);
                i += digits;
            } else {
                throw error("invalid syntax");
            }
        }
        return out.toString();
    }
}
