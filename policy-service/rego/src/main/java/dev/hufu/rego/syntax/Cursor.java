package dev.hufu.rego.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parser's place among the tokens, with its bound on nesting. */
final class Cursor {
    private static final int MAX_DEPTH = 300;

    private final String file;
    private final List<Token> tokens;
    private final @Nullable Extents extents;
    private int at;
    private int depth;

    Cursor(String file, List<Token> tokens) {
        this(file, tokens, null);
    }

    /** {@code extents} is told where the parts are written. */
    Cursor(String file, List<Token> tokens, @Nullable Extents extents) {
        this.file = file;
        this.tokens = tokens;
        this.extents = extents;
    }

    /** A part that was written from a token to the one just taken. */
    <T> T written(T part, Token first) {
        if (extents != null) {
            extents.put(part, extents.between(first, previous()));
        }
        return part;
    }

    /** A part that begins where another does, in its text from an offset on (-1: from the other's). */
    <T> T writtenLike(T part, Object like, int start) {
        if (extents != null) {
            extents.putLike(part, like, start, previous());
        }
        return part;
    }

    /** A part that counts as written exactly where another does. */
    <T> T writtenAs(T part, Object other) {
        if (extents != null) {
            extents.putAs(part, other);
        }
        return part;
    }

    /** A rule whose head ended with a token. */
    Rule writtenRule(Rule rule, Token first, Token firstOfHead, Token lastOfHead) {
        if (extents != null) {
            extents.putRule(rule, extents.between(firstOfHead, lastOfHead), extents.between(first, previous()));
        }
        return rule;
    }

    /** A place to go back to. */
    record Mark(int at, int depth) {}

    Mark mark() {
        return new Mark(at, depth);
    }

    void rewind(Mark mark) {
        at = mark.at;
        depth = mark.depth;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token previous() {
        return tokens.get(Math.max(0, at - 1));
    }

    Token take() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    boolean takeIf(String operator) {
        if (peek().is(operator)) {
            take();
            return true;
        }
        return false;
    }

    boolean takeIfName(String name) {
        if (isKeyword(name)) {
            take();
            return true;
        }
        return false;
    }

    /** The word stands here as a keyword, not as the head of a reference such as {@code default.x}. */
    boolean isKeyword(String name) {
        return peek().isName(name) && !headsReference();
    }

    /** A dot or bracket follows the current token directly. */
    boolean headsReference() {
        Token following = peek(1);
        return !following.spaced() && (following.is(".") || following.is("["));
    }

    void expect(String operator, String wanted) throws SyntaxException {
        if (!takeIf(operator)) {
            throw unexpected(wanted);
        }
    }

    Location here() {
        return place(peek());
    }

    Location place(Token token) {
        return new Location(file, token.row(), token.column());
    }

    void enter() throws SyntaxException {
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH, "");
        }
    }

    void leave() {
        depth--;
    }

    void resetDepth() {
        depth = 0;
    }

    SyntaxException unexpected(String wanted) {
        return error("unexpected " + describe(peek()) + " token: " + wanted, Hints.unexpected(previous(), peek()));
    }

    SyntaxException error(String message, String hint) {
        return new SyntaxException(message, here(), hint);
    }

    private static String describe(Token token) {
        return switch (token.kind()) {
            case END -> "eof";
            case NAME -> Words.isReserved(token.text()) ? token.text() : "identifier";
            case NUMBER -> "number";
            case STRING -> "string";
            case TEMPLATE_START, TEMPLATE_TEXT, TEMPLATE_OPEN, TEMPLATE_CLOSE, TEMPLATE_END -> "template string";
            case OPERATOR -> token.text();
        };
    }

    /** Goes to the next token that can begin a statement: the first on its row, in the first column. */
    void skipStatement() {
        if (!atEnd()) {
            take();
        }
        while (!atEnd() && !(peek().newLine() && peek().column() == 1 && peek().kind() == Token.Kind.NAME)) {
            take();
        }
    }
}
