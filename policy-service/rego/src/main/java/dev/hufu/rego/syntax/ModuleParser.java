package dev.hufu.rego.syntax;

import dev.hufu.rego.Obj;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.Str;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses a module. A statement that does not parse is reported and skipped, so that one run reports several. */
public final class ModuleParser {
    private static final int MAX_ERRORS = 10;
    private static final List<String> FUTURE_KEYWORDS = List.of("and", "contains", "every", "if", "in", "not", "or");

    private final Source source;
    private final Dialect dialect;
    private final List<RegoError> errors;
    private final List<Module.Import> imports = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    private final @Nullable Extents extents;

    private ModuleParser(Source source, Dialect dialect, List<RegoError> errors, @Nullable Extents extents) {
        this.source = source;
        this.dialect = dialect;
        this.errors = errors;
        this.extents = extents;
    }

    /** The module, empty where errors were added. Never throws, never reads more than the text. */
    public static Optional<Module> parse(Source source, Dialect dialect, List<RegoError> errors) {
        return parse(source, dialect, errors, null);
    }

    /** As above; {@code extents} is told where the parts are written. */
    public static Optional<Module> parse(
            Source source, Dialect dialect, List<RegoError> errors, @Nullable Extents extents) {
        int before = errors.size();
        Optional<Module> module = new ModuleParser(source, dialect, errors, extents).module();
        return errors.size() == before ? module : Optional.empty();
    }

    /** A query's body. */
    public static List<Expr> parseQuery(Source source, Dialect dialect, List<RegoError> errors) {
        try {
            Lexer lexer = new Lexer(source.file(), source.text());
            Cursor cursor = new Cursor(source.file(), lexer.tokens());
            if (!lexer.illegal().isEmpty()) {
                errors.addAll(lexer.illegal());
                return List.of();
            }
            List<Expr> body = new BodyParser(cursor, dialect).query();
            if (body.isEmpty()) {
                throw cursor.error("empty query", "");
            }
            return body;
        } catch (SyntaxException error) {
            errors.add(error.toError());
            return List.of();
        }
    }

    private Optional<Module> module() {
        Lexer lexer = new Lexer(source.file(), source.text());
        Cursor cursor;
        try {
            cursor = new Cursor(source.file(), lexer.tokens(), extents);
        } catch (SyntaxException error) {
            errors.add(error.toError());
            return Optional.empty();
        }
        // whoever asks for the layout may have metadata that is not well formed yet
        Metadata metadata = new Metadata(source.file(), lexer.comments(), extents == null ? errors : new ArrayList<>());
        RuleParser ruleParser = new RuleParser(cursor, dialect, new BodyParser(cursor, dialect));
        List<String> pkg;
        Location at = cursor.here();
        List<Obj> pkgAnnotations;
        try {
            if (!cursor.isKeyword("package")) {
                throw cursor.error("package expected", "the first line names the package: package policies.example");
            }
            pkgAnnotations = metadata.takeAbove(cursor.peek().row(), true);
            pkg = packagePath(cursor);
        } catch (SyntaxException error) {
            errors.add(error.toError());
            withIllegal(lexer);
            return Optional.empty();
        }
        while (!cursor.atEnd() && errors.size() < MAX_ERRORS) {
            cursor.resetDepth();
            ruleParser.newStatement();
            statement(cursor, ruleParser, metadata);
        }
        withIllegal(lexer);
        return Optional.of(new Module(source.file(), pkg, imports, rules, pkgAnnotations, comments(lexer), at));
    }

    /** Illegal characters first; what else is wrong with their rows is their doing. */
    private void withIllegal(Lexer lexer) {
        List<RegoError> illegal = lexer.illegal();
        errors.removeIf(error ->
                error.file().equals(source.file()) && illegal.stream().anyMatch(one -> one.row() == error.row()));
        errors.addAll(illegal.subList(0, Math.min(MAX_ERRORS, illegal.size())));
        errors.sort(Comparator.comparing(RegoError::file)
                .thenComparingInt(RegoError::row)
                .thenComparingInt(RegoError::column));
    }

    private static List<Module.Comment> comments(Lexer lexer) {
        return lexer.comments().stream()
                .map(comment -> new Module.Comment(comment.row(), comment.column(), comment.text()))
                .toList();
    }

    private void statement(Cursor cursor, RuleParser ruleParser, Metadata metadata) {
        int row = cursor.peek().row();
        try {
            if (cursor.takeIf(";")) {
                return;
            }
            if (cursor.isKeyword("import")) {
                metadata.refuseAbove(row);
                importStatement(cursor);
                return;
            }
            List<Rule> parsed = ruleParser.rule();
            List<Obj> blocks = metadata.takeAbove(row, false);
            for (Rule rule : parsed) {
                rules.add(rule.withAnnotations(blocks));
            }
        } catch (SyntaxException error) {
            errors.add(error.toError());
            cursor.skipStatement();
        }
    }

    private static List<String> packagePath(Cursor cursor) throws SyntaxException {
        cursor.take();
        return path(cursor);
    }

    /** Names joined by dots or quoted in brackets. */
    private static List<String> path(Cursor cursor) throws SyntaxException {
        List<String> path = new ArrayList<>();
        if (cursor.peek().kind() != Token.Kind.NAME) {
            throw cursor.unexpected("expected ident");
        }
        path.add(cursor.take().text());
        while (!cursor.peek().spaced()) {
            if (cursor.takeIf(".")) {
                if (cursor.peek().kind() != Token.Kind.NAME) {
                    throw cursor.unexpected("expected ident");
                }
                path.add(cursor.take().text());
            } else if (cursor.takeIf("[")) {
                if (cursor.peek().kind() != Token.Kind.STRING) {
                    throw cursor.unexpected("expected a string");
                }
                path.add(cursor.take().text());
                cursor.expect("]", "expected `]`");
            } else {
                break;
            }
        }
        return path;
    }

    private void importStatement(Cursor cursor) throws SyntaxException {
        Location at = cursor.place(cursor.take());
        List<String> path = path(cursor);
        String alias = path.getLast();
        boolean renamed = cursor.takeIfName("as");
        if (renamed) {
            if (cursor.peek().kind() != Token.Kind.NAME) {
                throw cursor.unexpected("expected a name after `as`");
            }
            alias = cursor.take().text();
        }
        switch (path.getFirst()) {
            case "data", "input" -> imports.add(new Module.Import(path, alias, renamed, at));
            case "rego" -> {
                if (!path.equals(List.of("rego", "v1")) && !path.equals(List.of("rego", "v2"))) {
                    throw new SyntaxException(
                            "invalid import `" + String.join(".", path) + "`, must be one of: `rego.v1`, `rego.v2`",
                            at,
                            "");
                }
                if (renamed) {
                    throw new SyntaxException("`rego` imports cannot be aliased", at, "");
                }
                dialect.importKeyword(String.join(".", path));
                imports.add(new Module.Import(path, alias, renamed, at));
            }
            case "future" -> importFuture(path, renamed, at);
            default ->
                throw new SyntaxException(
                        "unexpected import path, must begin with one of: {data, future, input, rego}, got: "
                                + path.getFirst(),
                        at,
                        "");
        }
    }

    private void importFuture(List<String> path, boolean renamed, Location at) throws SyntaxException {
        if (path.size() < 2 || path.size() > 3 || !path.get(1).equals("keywords")) {
            throw new SyntaxException("invalid import, must be `future.keywords`", at, "");
        }
        if (renamed) {
            throw new SyntaxException("`future` imports cannot be aliased", at, "");
        }
        if (path.size() == 3 && !FUTURE_KEYWORDS.contains(path.get(2))) {
            throw new SyntaxException("unexpected keyword, must be one of " + FUTURE_KEYWORDS, at, "");
        }
        imports.add(new Module.Import(path, path.getLast(), false, at));
        if (path.size() == 3) {
            dialect.importKeyword(path.get(2));
        } else {
            FUTURE_KEYWORDS.forEach(dialect::importKeyword);
        }
    }

    static Term.Const text(String value, Location at) {
        return new Term.Const(new Str(value), at);
    }
}
