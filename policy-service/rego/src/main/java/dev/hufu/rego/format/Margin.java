package dev.hufu.rego.format;

import dev.hufu.rego.syntax.Module.Comment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The comments that are not written yet, in their order, and how they come to stand among the code. */
final class Margin {
    private static final String METADATA = "METADATA";

    private final Page page;
    private List<Comment> left;

    Margin(Page page, List<Comment> comments) {
        this.page = page;
        this.left = List.copyOf(comments);
    }

    List<Comment> left() {
        return left;
    }

    void putBack(List<Comment> comments) {
        left = List.copyOf(comments);
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    List<Comment> before(int row) {
        return left.stream().filter(comment -> comment.row() < row).toList();
    }

    void drop(List<Comment> written) {
        left = left.subList(Math.min(written.size(), left.size()), left.size());
    }

    /** Writes what stands above a row on lines of its own; what stands in the row waits for the end of the line. */
    void upTo(int row) throws CrowdedLineException {
        List<Comment> above = new ArrayList<>();
        List<Comment> below = new ArrayList<>();
        @Nullable Comment beside = null;
        for (Comment comment : left) {
            if (comment.row() == row) {
                beside = comment;
            } else {
                (comment.row() < row ? above : below).add(comment);
            }
        }
        left = List.copyOf(below);
        write(above);
        if (!above.isEmpty() && row - above.getLast().row() > 1) {
            page.blankLine();
        }
        page.await(beside);
    }

    /** Writes something; on a crowded line in there the comments that are left are lost. */
    void losing(Sequences.Writing writing) throws CrowdedLineException {
        try {
            writing.write();
        } catch (CrowdedLineException crowded) {
            left = List.of();
            throw crowded;
        }
    }

    /** Rows that were apart stay apart; a metadata block does not run into the next. */
    void write(List<Comment> comments) {
        boolean metadata = false;
        for (int i = 0; i < comments.size(); i++) {
            Comment comment = comments.get(i);
            int apart = i == 0 ? 0 : comment.row() - comments.get(i - 1).row();
            boolean begins = comment.text().strip().equals(METADATA);
            if (apart > 1) {
                metadata = false;
            }
            if (apart > 1 || (apart == 1 && metadata && begins)) {
                page.blankLine();
            }
            metadata |= begins;
            page.line("#" + comment.text());
        }
    }

    /** All that is left, at the end of the module. */
    void writeRest() {
        left.forEach(comment -> page.line("#" + comment.text()));
        if (!left.isEmpty()) {
            page.write("\n");
        }
    }
}
