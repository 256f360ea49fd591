package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code # METADATA} block as it was written.
 *
 * @param comments its lines, the first is {@code METADATA}
 */
record MetadataBlock(List<Module.Comment> comments) {
    MetadataBlock {
        comments = List.copyOf(comments);
    }

    static List<MetadataBlock> of(List<Module.Comment> comments) {
        List<MetadataBlock> blocks = new ArrayList<>();
        for (List<Module.Comment> run : runs(comments)) {
            int start = -1;
            for (int i = 0; i <= run.size(); i++) {
                boolean begins = i < run.size() && run.get(i).text().strip().equals("METADATA");
                if (start >= 0 && (begins || i == run.size())) {
                    blocks.add(new MetadataBlock(run.subList(start, i)));
                    start = -1;
                }
                start = begins ? i : start;
            }
        }
        return blocks;
    }

    /** Comments in the first column that follow each other row by row. */
    static List<List<Module.Comment>> runs(List<Module.Comment> comments) {
        List<List<Module.Comment>> runs = new ArrayList<>();
        List<Module.Comment> run = new ArrayList<>();
        for (Module.Comment comment : comments) {
            boolean follows = !run.isEmpty() && run.getLast().row() + 1 == comment.row();
            if (!run.isEmpty() && (comment.column() != 1 || !follows)) {
                runs.add(run);
                run = new ArrayList<>();
            }
            if (comment.column() == 1) {
                run.add(comment);
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    int row() {
        return comments.getFirst().row();
    }

    int lastRow() {
        return comments.getLast().row();
    }

    /** The attribute that a line begins, empty where it goes on with one. */
    static String attribute(Module.Comment line) {
        String text = line.text();
        int colon = text.indexOf(':');
        if (colon < 2 || text.charAt(0) != ' ' || text.charAt(1) == ' ' || text.charAt(1) == '-') {
            return "";
        }
        String name = text.substring(1, colon).strip();
        return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-') ? name : "";
    }

    /** The value behind the attribute's colon. */
    Optional<String> value(String attribute) {
        return comments.stream()
                .filter(line -> attribute(line).equals(attribute))
                .map(line -> line.text().substring(line.text().indexOf(':') + 1).strip())
                .findFirst();
    }

    boolean isEntrypoint() {
        return value("entrypoint").filter("true"::equals).isPresent();
    }
}
