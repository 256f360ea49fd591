package dev.hufu.rego.syntax;

import dev.hufu.rego.RegoError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Text to tokens, in one pass. Comments are kept aside for metadata. */
final class Lexer {
    private static final List<String> PAIRS = List.of(":=", "==", "!=", "<=", ">=");
    private static final String SINGLES = "{}[]().,:;=<>+-*/%&|";

    /** A comment's text behind {@code #}. */
    record Comment(int row, int column, String text) {}

    /** A template string that is open: its quote, and how many braces are open inside its expression. */
    private static final class OpenTemplate {
        final char quote;
        int braces;

        OpenTemplate(char quote) {
            this.quote = quote;
        }
    }

    private final String file;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private final List<RegoError> illegal = new ArrayList<>();
    private final Deque<OpenTemplate> templates = new ArrayDeque<>();
    private int at;
    private int row = 1;
    private int rowStart;
    private int startRow = 1;
    private int startColumn = 1;
    private int start;
    private boolean spaced;
    private boolean newLine = true;

    Lexer(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Characters that begin nothing; they were skipped. */
    List<RegoError> illegal() {
        return illegal;
    }

    List<Comment> comments() {
        return comments;
    }

    List<Token> tokens() throws SyntaxException {
        while (true) {
            skipBlank();
            mark();
            if (at >= text.length()) {
                if (!templates.isEmpty()) {
                    throw error("non-terminated string");
                }
                add(Token.Kind.END, "");
                return tokens;
            }
            next();
        }
    }

    private void mark() {
        start = at;
        startRow = row;
        startColumn = text.codePointCount(rowStart, at) + 1;
    }

    private void skipBlank() {
        spaced = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                end = end < 0 ? text.length() : end;
                comments.add(new Comment(
                        row, at - rowStart + 1, text.substring(at + 1, end).stripTrailing()));
                at = end;
            } else if (c == '\n') {
                at++;
                newRow();
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\uFEFF') {
                at++;
            } else {
                return;
            }
            spaced = true;
        }
    }

    private void newRow() {
        row++;
        rowStart = at;
        newLine = true;
    }

    private void next() throws SyntaxException {
        char c = text.charAt(at);
        if (isNameStart(c)) {
            name();
        } else if (isDigit(c) || startsFraction(c)) {
            number();
        } else if (c == '"') {
            at++;
            add(Token.Kind.STRING, quoted());
        } else if (c == '`') {
            at++;
            add(Token.Kind.STRING, raw());
        } else if (c == '$' && at + 1 < text.length() && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '`')) {
            templates.push(new OpenTemplate(text.charAt(at + 1)));
            at += 2;
            add(Token.Kind.TEMPLATE_START, text.substring(at - 1, at));
            templateText();
        } else {
            operator(c);
        }
    }

    private void operator(char c) throws SyntaxException {
        OpenTemplate template = templates.peek();
        if (template != null && c == '{') {
            template.braces++;
        } else if (template != null && c == '}' && template.braces-- == 0) {
            at++;
            add(Token.Kind.TEMPLATE_CLOSE, "}");
            templateText();
            return;
        }
        String pair = at + 2 <= text.length() ? text.substring(at, at + 2) : "";
        if (PAIRS.contains(pair)) {
            at += 2;
            add(Token.Kind.OPERATOR, pair);
        } else if (SINGLES.indexOf(c) >= 0) {
            at++;
            add(Token.Kind.OPERATOR, String.valueOf(c));
        } else {
            Location place = new Location(file, startRow, startColumn);
            boolean first = illegal.isEmpty() || illegal.getLast().row() != startRow;
            if (first) {
                illegal.add(new SyntaxException("illegal token", place, Hints.illegal(c)).toError());
            }
            this.at++;
        }
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    /** {@code .5}, where it does not follow what it could be a key of. */
    private boolean startsFraction(char c) {
        boolean apart = spaced || at == 0 || "[({,:=".indexOf(text.charAt(at - 1)) >= 0;
        return c == '.' && apart && at + 1 < text.length() && isDigit(text.charAt(at + 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void name() {
        while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        add(Token.Kind.NAME, text.substring(start, at));
    }

    private void number() throws SyntaxException {
        digits();
        if (at - start > 1 && text.charAt(start) == '0') {
            throw error("illegal number format: leading zero");
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int from = at;
            digits();
            if (at == from) {
                throw error("illegal number format: no exponent");
            }
        }
        if (at < text.length() && isNameStart(text.charAt(at))) {
            throw error("illegal number format");
        }
        add(Token.Kind.NUMBER, text.substring(start, at));
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private String raw() throws SyntaxException {
        int end = text.indexOf('`', at);
        if (end < 0) {
            throw error("non-terminated string");
        }
        String content = text.substring(at, end);
        countRows(end + 1);
        return content;
    }

    private void countRows(int end) {
        while (at < end) {
            if (text.charAt(at++) == '\n') {
                row++;
                rowStart = at;
            }
        }
    }

    private String quoted() throws SyntaxException {
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\n') {
                break;
            }
            content.append(c == '\\' ? escape(false) : c);
        }
        if (at >= text.length() || text.charAt(at) != '"') {
            throw error("non-terminated string");
        }
        at++;
        return content.toString();
    }

    private char escape(boolean template) throws SyntaxException {
        char c = at < text.length() ? text.charAt(at++) : '\0';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw error("illegal escape sequence");
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> {
                if (template && c == '{') {
                    yield c;
                }
                throw error("illegal escape sequence");
            }
        };
    }

    /** The literal part of a template, up to its next expression or its end. */
    private void templateText() throws SyntaxException {
        OpenTemplate template = templates.getFirst();
        mark();
        StringBuilder content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == template.quote) {
                add(Token.Kind.TEMPLATE_TEXT, content.toString());
                at++;
                templates.pop();
                add(Token.Kind.TEMPLATE_END, "");
                return;
            }
            if (c == '{') {
                add(Token.Kind.TEMPLATE_TEXT, content.toString());
                at++;
                template.braces = 0;
                add(Token.Kind.TEMPLATE_OPEN, "{");
                return;
            }
            if (template.quote == '"' && c == '\n') {
                break;
            }
            at++;
            if (c == '\n') {
                row++;
                rowStart = at;
            }
            boolean escaped = c == '\\' && (template.quote == '"' || text.startsWith("{", at));
            content.append(escaped ? escape(true) : c);
        }
        throw error("non-terminated string");
    }

    private void add(Token.Kind kind, String content) {
        tokens.add(new Token(kind, content, startRow, startColumn, spaced, newLine, start, at));
        newLine = false;
    }

    private SyntaxException error(String message) {
        return new SyntaxException(message, new Location(file, startRow, startColumn), "");
    }
}
