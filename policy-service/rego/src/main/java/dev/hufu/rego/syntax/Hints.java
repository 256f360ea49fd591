package dev.hufu.rego.syntax;

/** What to write instead, for what people write who come from other languages. */
final class Hints {
    private static final String ALTERNATIVES = "write one rule for each alternative, or a helper rule";

    private Hints() {}

    /** For a token that cannot stand behind the one before it. */
    static String unexpected(Token previous, Token token) {
        if (token.kind() == Token.Kind.END) {
            return "the text ends inside a body or a bracket: a `}`, `]` or `)` is missing";
        }
        if ((previous.is("&") && token.is("&")) || token.isName("and")) {
            return "there is no `and`: put each condition on a line of its own";
        }
        if ((previous.is("|") && token.is("|")) || token.isName("or")) {
            return "there is no `or`: " + ALTERNATIVES;
        }
        if (token.is("=") && (previous.is("==") || previous.is("="))) {
            return "`==` compares";
        }
        if (token.isName("if")) {
            return "`if` stands between a rule's head and its body; inside a body a condition is simply a line";
        }
        if (previous.isName("for") || previous.isName("any") || previous.isName("exists")) {
            return "write `some x in xs`";
        }
        if (previous.isName("all") || previous.isName("forall")) {
            return "write `every x in xs { … }`";
        }
        if (previous.isName("return")) {
            return "nothing is returned: a rule's value stands in its head, `name := value if { … }`";
        }
        if (previous.isName("var") || previous.isName("let") || previous.isName("const")) {
            return "write `name := value`";
        }
        return apart(previous, token);
    }

    private static String apart(Token previous, Token token) {
        boolean value = token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.NUMBER;
        if (value && (previous.kind() == token.kind() || previous.is("]") || previous.is("}"))) {
            return "is a comma missing before it?";
        }
        if (token.is(",")) {
            return "conditions stand on lines of their own, or with `;` between them";
        }
        if (token.is("{") && previous.kind() == Token.Kind.NAME) {
            return "write `if {` to begin a body";
        }
        return "";
    }

    /** For a character that begins nothing. */
    static String illegal(char c) {
        return switch (c) {
            case '!' -> "write `not`";
            case '\'' -> "strings stand in double quotes, or in back quotes where nothing is escaped";
            case '?' -> "there is no conditional expression: write two rules, or `else`";
            case '“', '”', '‘', '’' -> "these are typographic quotes; strings stand in plain ones";
            case '，', '；', '：', '（', '）' -> "this is a full-width sign; write the plain one";
            default -> "";
        };
    }
}
