package dev.hufu.rego.format;

import dev.hufu.rego.syntax.Extents.Extent;
import dev.hufu.rego.syntax.Module.Comment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Members, entries and arguments, separated by commas: what shared a row shares a line. */
final class Sequences {
    private static final Comparator<Item> PLACE = Comparator.<Item>comparingInt(
                    item -> item.at().row())
            .thenComparingInt(item -> item.at().column());

    private static final String GENERATED = "__local";

    /** Writes a part of the module. */
    interface Writing {
        void write() throws CrowdedLineException;
    }

    /** {@code at}: where its first term is written. */
    record Item(Extent at, Writing writing) {}

    private final Page page;
    private final Margin margin;

    Sequences(Page page, Margin margin) {
        this.page = page;
        this.margin = margin;
    }

    /** Has a variable that OPA's compiler made: its place is not trusted. */
    static boolean isGenerated(Extent extent) {
        int at = extent.source().indexOf(GENERATED, extent.start(), extent.end());
        return at >= 0;
    }

    /** How many lines rows make: one begins with every row that is later than the one before. */
    static int lines(List<Integer> rows) {
        int lines = 1;
        for (int i = 1; i < rows.size(); i++) {
            lines += rows.get(i) > rows.get(i - 1) ? 1 : 0;
        }
        return lines;
    }

    /** What stands between the brackets. {@code whole}: the brackets and all before them; {@code closingRow} of the closing one. */
    void write(List<Item> written, Extent whole, int closingRow) throws CrowdedLineException {
        boolean asListed = written.stream().anyMatch(item -> isGenerated(item.at()));
        List<Item> items = asListed ? written : written.stream().sorted(PLACE).toList();
        List<List<Item>> lines = asListed ? List.of(items) : lines(items, whole.row());
        boolean apart = lines.size() > 1;
        if (!apart) {
            requireNoComment(whole.row(), closingRow);
            apart = !items.isEmpty() && beginsOnNewLine(items.getFirst(), whole);
        }
        boolean broken = apart;
        margin.losing(() -> lines(lines, broken, closingRow));
    }

    private void lines(List<List<Item>> lines, boolean apart, int closingRow) throws CrowdedLineException {
        if (apart) {
            page.hold();
            page.endLine();
            page.indent();
            page.startLine();
        }
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                page.write(",");
                page.newLine();
            }
            line(lines.get(i));
        }
        if (apart) {
            page.write(",");
            page.endLine();
            margin.upTo(closingRow);
            page.dedent();
            page.startLine();
        }
    }

    private static List<List<Item>> lines(List<Item> items, int firstRow) {
        List<List<Item>> lines = new ArrayList<>();
        int row = firstRow;
        for (Item item : items) {
            if (lines.isEmpty() || item.at().row() > row) {
                lines.add(new ArrayList<>());
            }
            lines.getLast().add(item);
            row = item.at().row();
        }
        return lines;
    }

    /** The first item's text is not on the row where the whole begins. */
    private static boolean beginsOnNewLine(Item first, Extent whole) {
        String text = whole.text();
        int before = text.indexOf(first.at().text());
        int lineBreak = text.indexOf('\n');
        return lineBreak > 0 && lineBreak < before;
    }

    /** With a comment among its rows this cannot become one line. */
    private void requireNoComment(int openingRow, int closingRow) throws CrowdedLineException {
        for (Comment comment : margin.left()) {
            if (comment.row() > openingRow && comment.row() < closingRow) {
                throw page.crowded();
            }
        }
    }

    private void line(List<Item> items) throws CrowdedLineException {
        String separator = "";
        for (Item item : items) {
            page.write(separator);
            item.writing().write();
            separator = ", ";
        }
    }
}
