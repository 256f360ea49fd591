package dev.hufu.rego.builtin;

import dev.hufu.rego.builtin.TemplateLexer.Kind;
import dev.hufu.rego.builtin.TemplateLexer.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens to the tree of a template and of those that it defines. */
final class TemplateParser {
    private static final int MAX_DEPTH = 100;
    private static final Set<String> WORDS =
            Set.of("if", "with", "range", "break", "continue", "define", "block", "template");

    private final List<Token> tokens;
    private final Map<String, List<TemplateNode>> defined = new HashMap<>();
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int at;
    private int depth;
    private int loops;

    private TemplateParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Templates by name; the text itself is the one without a name. */
    static Map<String, List<TemplateNode>> parse(String text) {
        TemplateParser parser = new TemplateParser(TemplateLexer.tokens(text));
        Body body = parser.body();
        if (!body.end.isEmpty()) {
            throw parser.error("unexpected {{" + body.end + "}}");
        }
        parser.defined.put("", body.nodes);
        return parser.defined;
    }

    /** Nodes up to {@code end}, {@code else} or, as an empty word, the text's end. */
    private record Body(List<TemplateNode> nodes, String end) {}

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    private void space() {
        while (peek().kind() == Kind.SPACE) {
            take();
        }
    }

    private Token next() {
        space();
        return take();
    }

    private Token ahead() {
        space();
        return peek();
    }

    private BuiltinException error(String message) {
        return TemplateLexer.error(tokens.get(Math.max(0, at - 1)).row(), message);
    }

    private BuiltinException unexpected(Token token, String where) {
        String shown = token.kind() == Kind.END ? "EOF" : "\"" + token.text() + "\"";
        return TemplateLexer.error(token.row(), "unexpected " + shown + " in " + where);
    }

    private void close(String where) {
        Token token = next();
        if (token.kind() != Kind.CLOSE) {
            throw unexpected(token, where);
        }
    }

    private Body body() {
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH);
        }
        int declared = variables.size();
        List<TemplateNode> nodes = new ArrayList<>();
        while (true) {
            Token token = take();
            if (token.kind() == Kind.END) {
                depth--;
                return new Body(nodes, "");
            }
            if (token.kind() == Kind.TEXT) {
                nodes.add(new TemplateNode.Text(token.text()));
                continue;
            }
            Token word = ahead();
            boolean ends = word.kind() == Kind.NAME
                    && (word.text().equals("end") || word.text().equals("else"));
            if (ends) {
                take();
                variables.subList(declared, variables.size()).clear();
                depth--;
                return new Body(nodes, word.text());
            }
            TemplateNode node = action(word);
            if (node != null) {
                nodes.add(node);
            }
        }
    }

    private @Nullable TemplateNode action(Token word) {
        String name = word.kind() == Kind.NAME ? word.text() : "";
        if (WORDS.contains(name)) {
            take();
        }
        return switch (name) {
            case "if", "with", "range" -> control(name);
            case "break", "continue" -> {
                if (loops == 0) {
                    throw error("{{" + name + "}} outside {{range}}");
                }
                close("{{" + name + "}}");
                yield name.equals("break") ? new TemplateNode.Break() : new TemplateNode.Continue();
            }
            case "define", "block" -> definition(name.equals("block"));
            case "template" -> include();
            default -> new TemplateNode.Action(pipe("command", Kind.CLOSE));
        };
    }

    private String name(String where) {
        Token name = next();
        if (name.kind() != Kind.STRING) {
            throw unexpected(name, where);
        }
        return name.text();
    }

    private TemplateNode include() {
        String name = name("template clause");
        if (ahead().kind() == Kind.CLOSE) {
            take();
            return new TemplateNode.Include(name, null);
        }
        return new TemplateNode.Include(name, pipe("template clause", Kind.CLOSE));
    }

    private @Nullable TemplateNode definition(boolean block) {
        String name = name(block ? "block clause" : "define clause");
        TemplateNode.@Nullable Pipe pipe = null;
        if (block) {
            pipe = pipe("block clause", Kind.CLOSE);
        } else {
            close("define clause");
        }
        Body body = body();
        if (!body.end.equals("end")) {
            throw error("unexpected EOF");
        }
        close("end");
        defined.put(name, body.nodes);
        return block ? new TemplateNode.Include(name, pipe) : null;
    }

    private TemplateNode control(String word) {
        int declared = variables.size();
        TemplateNode.Pipe pipe = pipe(word, Kind.CLOSE);
        loops += word.equals("range") ? 1 : 0;
        Body body = body();
        loops -= word.equals("range") ? 1 : 0;
        List<TemplateNode> otherwise = List.of();
        if (body.end.equals("else")) {
            Token following = ahead();
            boolean chained = following.kind() == Kind.NAME && following.text().equals(word) && !word.equals("range");
            if (chained) {
                take();
                otherwise = List.of(control(word));
            } else {
                close("else");
                Body rest = body();
                if (!rest.end.equals("end")) {
                    throw error(rest.end.isEmpty() ? "unexpected EOF" : "unexpected {{else}}");
                }
                close("end");
                otherwise = rest.nodes;
            }
        } else if (body.end.equals("end")) {
            close("end");
        } else {
            throw error("unexpected EOF");
        }
        variables.subList(declared, variables.size()).clear();
        return switch (word) {
            case "if" -> new TemplateNode.If(pipe, body.nodes, otherwise);
            case "with" -> new TemplateNode.With(pipe, body.nodes, otherwise);
            default -> new TemplateNode.Range(pipe, body.nodes, otherwise);
        };
    }

    private TemplateNode.Pipe pipe(String where, Kind end) {
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH);
        }
        List<String> declared = new ArrayList<>();
        boolean assigns = declaration(where, declared);
        List<List<TemplateNode.Operand>> commands = new ArrayList<>();
        while (true) {
            commands.add(command(where));
            Token token = next();
            if (token.is("|")) {
                continue;
            }
            boolean ended = end == Kind.CLOSE ? token.kind() == Kind.CLOSE : token.is(")");
            if (!ended) {
                throw unexpected(token, where);
            }
            break;
        }
        for (List<TemplateNode.Operand> later : commands.subList(1, commands.size())) {
            if (!(later.getFirst() instanceof TemplateNode.Function)
                    && !(later.getFirst() instanceof TemplateNode.Field)) {
                throw error("non executable command in pipeline stage 2");
            }
        }
        if (!assigns) {
            variables.addAll(declared);
        }
        depth--;
        return new TemplateNode.Pipe(declared, assigns, commands);
    }

    /** {@code $x :=}, {@code $x =}, or in a range {@code $i, $x :=}; whether it assigns. */
    private boolean declaration(String where, List<String> declared) {
        space();
        int start = at;
        while (ahead().kind() == Kind.VARIABLE) {
            declared.add(take().text());
            Token mark = ahead();
            if (mark.is(",") && where.equals("range") && declared.size() == 1) {
                take();
                continue;
            }
            if (mark.is(":=") || mark.is("=")) {
                take();
                return mark.is("=");
            }
            break;
        }
        declared.clear();
        at = start;
        return false;
    }

    private List<TemplateNode.Operand> command(String where) {
        List<TemplateNode.Operand> operands = new ArrayList<>();
        space();
        while (true) {
            TemplateNode.Operand operand = operand();
            if (operand == null) {
                break;
            }
            operands.add(operand);
            if (peek().kind() != Kind.SPACE) {
                break;
            }
            space();
        }
        if (operands.isEmpty()) {
            Token token = peek();
            boolean closes = token.kind() == Kind.CLOSE || token.is("|") || token.is(")");
            throw closes ? error("missing value for " + where) : unexpected(token, where);
        }
        return operands;
    }

    private TemplateNode.@Nullable Operand operand() {
        Token token = peek();
        TemplateNode.Operand operand = switch (token.kind()) {
            case DOT -> new TemplateNode.Dot();
            case FIELD -> new TemplateNode.Field(new TemplateNode.Dot(), token.text());
            case VARIABLE -> variable(token);
            case STRING -> new TemplateNode.Literal(token.text());
            case CHARACTER -> new TemplateNode.Literal((long) token.text().codePointAt(0));
            case NUMBER -> new TemplateNode.Literal(number(token));
            case NAME -> named(token);
            case MARK -> token.is("(") ? new TemplateNode.Dot() : null;
            case TEXT, OPEN, CLOSE, SPACE, END -> null;
        };
        if (operand == null) {
            return null;
        }
        take();
        if (token.is("(")) {
            operand = new TemplateNode.Nested(pipe("parenthesized pipeline", Kind.MARK));
        }
        while (peek().kind() == Kind.FIELD) {
            boolean chains = !(operand instanceof TemplateNode.Literal) && !(operand instanceof TemplateNode.Nil);
            if (!chains) {
                throw error("unexpected . after term");
            }
            operand = new TemplateNode.Field(operand, take().text());
        }
        return operand;
    }

    private TemplateNode.Operand variable(Token token) {
        if (!variables.contains(token.text())) {
            throw TemplateLexer.error(token.row(), "undefined variable \"" + token.text() + "\"");
        }
        return new TemplateNode.Variable(token.text());
    }

    private static TemplateNode.Operand named(Token token) {
        return switch (token.text()) {
            case "true" -> new TemplateNode.Literal(true);
            case "false" -> new TemplateNode.Literal(false);
            case "nil" -> new TemplateNode.Nil();
            default -> {
                if (!TemplateFunctions.isKnown(token.text())) {
                    throw TemplateLexer.error(token.row(), "function \"" + token.text() + "\" not defined");
                }
                yield new TemplateNode.Function(token.text());
            }
        };
    }

    private static Object number(Token token) {
        String text = token.text().replaceAll("(?<=[0-9a-zA-Z])_(?=[0-9a-zA-Z])", "");
        String sign = text.startsWith("-") ? "-" : "";
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        try {
            if (digits.matches("0[xX][0-9a-fA-F]+")) {
                return Long.parseLong(sign + digits.substring(2), 16);
            }
            if (digits.matches("0[bB][01]+")) {
                return Long.parseLong(sign + digits.substring(2), 2);
            }
            if (digits.matches("0[oO]?[0-7]+")) {
                return Long.parseLong(sign + digits.substring(digits.matches("0[oO].*") ? 2 : 1), 8);
            }
            if (digits.matches("\\d+")) {
                return Long.parseLong(sign + digits);
            }
            if (digits.matches("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?")) {
                return new BigDecimal(sign + digits).doubleValue();
            }
        } catch (NumberFormatException beyond) {
            // as malformed as other text
        }
        throw TemplateLexer.error(token.row(), "illegal number syntax: \"" + token.text() + "\"");
    }
}
