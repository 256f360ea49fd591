package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens of GraphQL (October 2021, 2.1), one at a time; positions count code points. */
final class GraphqlLexer {
    /** Kinds as errors show them. */
    enum Kind {
        INVALID("<Invalid>"),
        EOF("<EOF>"),
        PUNCTUATOR(""),
        NAME("Name"),
        INT("Int"),
        FLOAT("Float"),
        STRING("String"),
        BLOCK_STRING("BlockString");

        final String shown;

        Kind(String shown) {
            this.shown = shown;
        }
    }

    /**
     * A token.
     *
     * @param text the punctuator, name or number; the content of a string; why the token is invalid
     * @param comment those directly before it, null where there are none
     */
    record Token(
            Kind kind,
            String text,
            int row,
            int column,
            @Nullable Obj comment) {
        boolean is(String punctuator) {
            return kind == Kind.PUNCTUATOR && text.equals(punctuator);
        }

        boolean isName(String name) {
            return kind == Kind.NAME && text.equals(name);
        }

        /** The kind, or the punctuator itself. */
        String kindText() {
            return kind == Kind.PUNCTUATOR ? text : kind.shown;
        }

        /** As errors name it. */
        @Override
        public String toString() {
            boolean bare = kind == Kind.PUNCTUATOR || kind == Kind.INVALID || text.isEmpty();
            return bare ? kindText() : kind.shown + " " + new Str(text);
        }
    }

    private static final String PUNCTUATORS = "!$&():=@[]{}|";

    private final int[] input;
    private int at;
    private int row = 1;
    private int rowStart;

    GraphqlLexer(String text) {
        this.input = text.codePoints().toArray();
    }

    private int peek(int ahead) {
        return at + ahead < input.length ? input[at + ahead] : -1;
    }

    private String text(int from, int to) {
        return new String(input, from, Math.max(0, Math.min(to, input.length) - from));
    }

    private Token invalid(String message) {
        return new Token(Kind.INVALID, message, row, at - rowStart + 1, null);
    }

    Token next() {
        List<Value> comments = new ArrayList<>();
        blank();
        while (peek(0) == '#') {
            int from = at;
            while (at < input.length && (input[at] > 0x1f || input[at] == '\t')) {
                at++;
            }
            comments.add(Obj.of(new Str("Value"), new Str(text(from, at))));
            blank();
        }
        Token token = token();
        Obj comment = comments.isEmpty() ? null : Obj.of(new Str("List"), Arr.of(comments));
        return new Token(token.kind, token.text, token.row, token.column, comment);
    }

    private void blank() {
        while (at < input.length) {
            switch (input[at]) {
                case '\t', ' ', ',', 0xFEFF -> at++;
                case '\n', '\r' -> newRow();
                default -> {
                    return;
                }
            }
        }
    }

    private void newRow() {
        boolean pair = input[at] == '\r' && peek(1) == '\n';
        at += pair ? 2 : 1;
        row++;
        rowStart = at;
    }

    private Token token() {
        int column = at - rowStart + 1;
        int c = peek(0);
        if (c < 0) {
            return new Token(Kind.EOF, "", row, column, null);
        }
        if (PUNCTUATORS.indexOf(c) >= 0) {
            at++;
            return new Token(Kind.PUNCTUATOR, Character.toString(c), row, column, null);
        }
        if (c == '.' && peek(1) == '.' && peek(2) == '.') {
            at += 3;
            return new Token(Kind.PUNCTUATOR, "...", row, column, null);
        }
        if (isNamed(c)) {
            int from = at;
            while (isNamed(peek(0)) || isDigit(peek(0))) {
                at++;
            }
            return new Token(Kind.NAME, text(from, at), row, column, null);
        }
        if (c == '-' || isDigit(c)) {
            return number(column);
        }
        if (c == '"') {
            return peek(1) == '"' && peek(2) == '"' ? blockString() : string(column);
        }
        if (c < 0x20) {
            return invalid("Cannot contain the invalid character \"\\u%04x\"".formatted(c));
        }
        return invalid(
                c == '\''
                        ? "Unexpected single quote character ('), did you mean to use a double quote (\")?"
                        : "Cannot parse the unexpected character \"" + Character.toString(c) + "\".");
    }

    private static boolean isNamed(int c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int digits() {
        int from = at;
        while (isDigit(peek(0))) {
            at++;
        }
        return at - from;
    }

    private String following() {
        return peek(0) < 0 ? "<EOF>" : "\"" + Character.toString(peek(0)) + "\"";
    }

    private Token number(int column) {
        int from = at;
        at += peek(0) == '-' ? 1 : 0;
        if (peek(0) == '0') {
            at++;
            if (isDigit(peek(0))) {
                return invalid("Invalid number, unexpected digit after 0: " + following() + ".");
            }
        } else if (digits() == 0) {
            return invalid("Invalid number, expected digit but got: " + following() + ".");
        }
        boolean real = false;
        if (peek(0) == '.') {
            at++;
            real = true;
            if (digits() == 0) {
                return invalid("Invalid number, expected digit but got: " + following() + ".");
            }
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            at++;
            real = true;
            at += peek(0) == '-' || peek(0) == '+' ? 1 : 0;
            if (digits() == 0) {
                return invalid("Invalid number, expected digit but got: " + following() + ".");
            }
        }
        return new Token(real ? Kind.FLOAT : Kind.INT, text(from, at), row, column, null);
    }

    private Token string(int column) {
        StringBuilder out = new StringBuilder();
        at++;
        while (peek(0) >= 0 && peek(0) != '\n' && peek(0) != '\r') {
            int c = peek(0);
            if (c < 0x20 && c != '\t') {
                return invalid("Invalid character within String: \"\\u%04x\".".formatted(c));
            }
            if (c == '"') {
                at++;
                return new Token(Kind.STRING, out.toString(), row, column + 1, null);
            }
            if (c != '\\') {
                out.appendCodePoint(c);
                at++;
                continue;
            }
            int escape = peek(1);
            int plain = "\"/\\bfnrt".indexOf(escape);
            if (escape == 'u') {
                String hex = text(at + 2, at + 6);
                if (!hex.matches("[0-9a-fA-F]{4}") || peek(6) < 0) {
                    at++;
                    return invalid("Invalid character escape sequence: \\" + text(at, at + 5) + ".");
                }
                out.append((char) Integer.parseInt(hex, 16));
                at += 6;
            } else if (escape >= 0 && plain >= 0) {
                out.append("\"/\\\b\f\n\r\t".charAt(plain));
                at += 2;
            } else {
                at++;
                String what = escape < 0 ? "" : ": \\" + Character.toString(escape);
                return invalid("Invalid character escape sequence" + what + ".");
            }
        }
        return invalid("Unterminated string.");
    }

    private Token blockString() {
        StringBuilder out = new StringBuilder();
        at += 3;
        int column = at - rowStart + 1;
        while (peek(0) >= 0) {
            int c = peek(0);
            int quotes = 0;
            while (peek(quotes) == '"') {
                quotes++;
            }
            if (quotes >= 3) {
                out.append("\"".repeat(quotes - 3));
                Token token = new Token(Kind.BLOCK_STRING, unindented(out.toString()), row, column, null);
                at += quotes;
                return token;
            }
            if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
                return invalid("Invalid character within String: \"\\u%04x\".".formatted(c));
            }
            if (c == '\\' && peek(1) == '"' && peek(2) == '"' && peek(3) == '"') {
                out.append("\"\"\"");
                at += 4;
            } else if (c == '\n' || c == '\r') {
                out.append('\n');
                newRow();
            } else {
                out.appendCodePoint(c);
                at++;
            }
        }
        return invalid("Unterminated string.");
    }

    /** The specification's BlockStringValue: common indentation and empty first and last lines are left out. */
    private static String unindented(String raw) {
        List<String> lines = new ArrayList<>(List.of(raw.split("\n", -1)));
        int common = Integer.MAX_VALUE;
        for (String line : lines) {
            if (!isBlank(line)) {
                common = Math.min(common, indent(line));
            }
        }
        for (int i = 1; i < lines.size() && common != Integer.MAX_VALUE; i++) {
            String line = lines.get(i);
            lines.set(i, line.length() < common ? "" : line.substring(common));
        }
        while (!lines.isEmpty() && isBlank(lines.getFirst())) {
            lines.removeFirst();
        }
        while (!lines.isEmpty() && isBlank(lines.getLast())) {
            lines.removeLast();
        }
        return String.join("\n", lines);
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }

    private static boolean isBlank(String line) {
        return indent(line) == line.length();
    }
}
