package dev.hufu.anonymizer.query;

import dev.hufu.anonymizer.query.Token.Kind;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Calcite's tree of the tokens. Calcite reads token {@code i} on line {@code i + 1}, an identifier as {@code "i"} and a literal
 * as {@code i}, so each node leads back to its token and no text of the caller reaches the parser.
 */
record SyntaxTree(SqlNode root, List<Token> tokens) {
    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED);

    static SyntaxTree of(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            Token t = tokens.get(i);
            text.append(
                            switch (t.kind()) {
                                case KEYWORD -> t.text().toUpperCase(Locale.ROOT);
                                case IDENTIFIER -> "\"" + i + "\"";
                                case TEXT -> "'" + i + "'";
                                case NUMBER -> Integer.toString(i);
                                case SIGN -> t.text();
                            })
                    .append('\n');
        }
        try {
            return new SyntaxTree(SqlParser.create(text.toString(), CONFIG).parseQuery(), tokens);
        } catch (SqlParseException e) {
            throw at(tokens, e.getPos()).refuse(SqlRefusal.SYNTAX);
        } catch (StackOverflowError e) {
            throw tokens.getFirst().refuse(SqlRefusal.TOO_DEEP);
        } catch (RuntimeException e) {
            // The parser is a third party's; whatever else it throws, the text is not in the language.
            throw tokens.getFirst().refuse(SqlRefusal.SYNTAX);
        }
    }

    /** The token where a node begins. */
    Token token(SqlNode node) {
        return switch (node) {
            case SqlIdentifier id when !id.names.getLast().isEmpty() -> token(id, id.names.size() - 1);
            case SqlLiteral literal when isConstant(literal) -> tokens.get(index(String.valueOf(literal.toValue())));
            default -> at(tokens, node.getParserPosition());
        };
    }

    /** The token of one part of a name. */
    Token token(SqlIdentifier id, int part) {
        int i = index(id.names.get(part));
        if (i < 0 || tokens.get(i).kind() != Kind.IDENTIFIER) {
            // A keyword that Calcite takes for a name, as in WHERE DESC.
            throw at(tokens, id.getParserPosition()).refuse(SqlRefusal.SYNTAX);
        }
        return tokens.get(i);
    }

    /** Whether a literal is a character or numeric constant of the text. */
    boolean isConstant(SqlNode node) {
        if (!(node instanceof SqlLiteral literal)) {
            return false;
        }
        String value = literal.toValue();
        int i = value == null ? -1 : index(value);
        return i >= 0 && tokens.get(i).isLiteral();
    }

    /** The token's number that a name or value of the copy is, or -1. */
    private int index(String value) {
        if (value.isEmpty() || value.length() > 9 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int i = Integer.parseInt(value);
        return i < tokens.size() ? i : -1;
    }

    private static Token at(List<Token> tokens, SqlParserPos pos) {
        int line = pos == null ? 1 : pos.getLineNum();
        return tokens.get(Math.clamp(line - 1, 0, tokens.size() - 1));
    }
}
