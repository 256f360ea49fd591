package dev.hufu.rego.syntax;

import dev.hufu.rego.Obj;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The blocks above the row that were not taken yet, checked. */
    List<Obj> takeAbove(int row, boolean forPackage) {
        List<Obj> taken = new ArrayList<>();
        while (!blocks.isEmpty() && blocks.getFirst().lastRow() < row) {
            Block block = blocks.removeFirst();
            parse(block, forPackage).ifPresent(taken::add);
        }
        return taken;
    }

    /** Says that the blocks above the row stand over nothing that they can describe. */
    void refuseAbove(int row) {
        while (!blocks.isEmpty() && blocks.getFirst().lastRow() < row) {
            errors.add(error(
                    blocks.removeFirst(),
                    "invalid annotation scope 'import'. Use one of 'rule', 'document', 'package', or 'subpackages'"));
        }
    }

    private Optional<Obj> parse(Block block, boolean onPackage) {
        try {
            JsonNode node = YAML.readTree(block.yaml());
            if (node.isObject() && Value.fromJson(node) instanceof Obj fields) {
                return Optional.of(MetadataFields.of(fields, onPackage));
            }
            errors.add(error(block, "expected a YAML mapping (the lines below `# METADATA` are YAML)"));
        } catch (JacksonException malformed) {
            errors.add(error(block, "malformed YAML (the lines below `# METADATA` are YAML)"));
        } catch (IllegalArgumentException wrong) {
            errors.add(error(block, String.valueOf(wrong.getMessage())));
        }
        return Optional.empty();
    }

    private RegoError error(Block block, String message) {
        return new RegoError(RegoError.PARSE, "metadata: " + message, file, block.row(), 1, Optional.empty());
    }
}
