package dev.hufu.rego.syntax;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The {@code # METADATA} blocks of a source, each handed to the statement right below it. */
final class Metadata {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private record Block(int row, int lastRow, String yaml) {}

    private final String file;
    private final List<RegoError> errors;
    private final List<Block> blocks = new ArrayList<>();

    Metadata(String file, List<Lexer.Comment> comments, List<RegoError> errors) {
        this.file = file;
        this.errors = errors;
        for (int i = 0; i < comments.size(); i++) {
            Lexer.Comment first = comments.get(i);
            if (first.column() != 1 || !first.text().strip().equals("METADATA")) {
                continue;
            }
            StringBuilder yaml = new StringBuilder();
            int last = first.row();
            while (i + 1 < comments.size() && follows(comments.get(i + 1), last)) {
                i++;
                last++;
                yaml.append(unindented(comments.get(i).text())).append('\n');
            }
            blocks.add(new Block(first.row(), last, yaml.toString()));
        }
    }

    private static boolean follows(Lexer.Comment next, int lastRow) {
        return next.row() == lastRow + 1
                && next.column() == 1
                && !next.text().strip().equals("METADATA");
    }

    private static String unindented(String text) {
        return text.startsWith(" ") ? text.substring(1) : text;
    }

    /** The blocks above the row that were not taken yet, with their default scope filled in. */
    List<Obj> takeAbove(int row, boolean forPackage) {
        List<Obj> taken = new ArrayList<>();
        while (!blocks.isEmpty() && blocks.getFirst().lastRow() < row) {
            Block block = blocks.removeFirst();
            parse(block, forPackage ? "package" : "rule").ifPresent(taken::add);
        }
        return taken;
    }

    private Optional<Obj> parse(Block block, String scope) {
        try {
            JsonNode node = YAML.readTree(block.yaml());
            if (node.isObject() && Value.fromJson(node) instanceof Obj fields) {
                ObjBuilder members =
                        new ObjBuilder().put("scope", new Str(scope)).putAll(fields);
                each(fields, "authors", members, Metadata::author);
                each(fields, "related_resources", members, text -> Obj.of(new Str("ref"), new Str(text)));
                return Optional.of(members.build());
            }
            errors.add(error(block, "expected a YAML mapping"));
        } catch (JacksonException | IllegalArgumentException malformed) {
            errors.add(error(block, "malformed YAML"));
        }
        return Optional.empty();
    }

    /** What is written as text in a list becomes an object. */
    private static void each(Obj fields, String name, ObjBuilder members, Function<String, Obj> ofText) {
        if (fields.get(name) instanceof Arr listed) {
            members.put(
                    name,
                    Arr.of(listed.asList().stream()
                            .map(one -> one instanceof Str text ? ofText.apply(text.value()) : one)
                            .toList()));
        }
    }

    /** {@code Name of Words <address>}. */
    private static Obj author(String text) {
        ObjBuilder author = new ObjBuilder();
        String name = text.strip();
        int open = name.lastIndexOf('<');
        if (open >= 0 && name.endsWith(">")) {
            author.put("email", new Str(name.substring(open + 1, name.length() - 1)));
            name = name.substring(0, open).strip();
        }
        return name.isEmpty()
                ? author.build()
                : author.put("name", new Str(name)).build();
    }

    private RegoError error(Block block, String message) {
        return new RegoError(
                RegoError.PARSE,
                "metadata: " + message,
                file,
                block.row(),
                1,
                Optional.of("the lines below `# METADATA` are YAML"));
    }
}
