package dev.hufu.service.web.pages;

import java.util.List;
import java.util.Optional;

/**
 * A protected result in words, figures and pictures.
 *
 * @param heading what was asked, in a sentence
 * @param lead dataset, periods, persons
 * @param only which people and groups it is about, empty for all
 * @param figures the only row, where nothing was grouped by
 * @param chart for wide screens
 * @param narrow the same for narrow ones
 * @param chartNote what the picture leaves out, empty for nothing
 * @param rowsNote what the table leaves out, empty for nothing
 * @param carried what "as of" beside a month means, empty where it does not stand
 * @param unknown conditions that name what is not published, a sentence a column
 * @param empty why there is no row, empty where there are rows
 * @param hidden what is not shown and why, empty for nothing
 * @param rests what the answer rests on
 */
record ResultView(
        String heading,
        String lead,
        String only,
        List<Figure> figures,
        Optional<Chart> chart,
        Optional<Chart> narrow,
        String chartNote,
        List<Head> heads,
        List<List<Cell>> rows,
        String rowsNote,
        String carried,
        List<String> unknown,
        String empty,
        Optional<Hidden> hidden,
        List<Fact> rests) {
    /** @param band the half-width of the error band with its sign, empty where there is none */
    record Figure(String title, String value, String band) {}

    /**
     * @param measured when what stands below was measured, empty where that is no news
     * @param number whether figures stand below
     * @param banded whether any of them has an error band, for which each keeps room
     */
    record Head(String title, String measured, boolean number, boolean banded) {}

    /**
     * @param band as of a {@link Figure}
     * @param wide whether a band of the column takes much room
     */
    record Cell(String text, String band, boolean number, boolean banded, boolean wide) {}

    /**
     * @param text how many groups, and persons where that can be told
     * @param why reasons
     * @param next what to do
     */
    record Hidden(String text, List<String> why, String next) {}

    record Fact(String name, String value) {}

    ResultView {
        figures = List.copyOf(figures);
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
        rests = List.copyOf(rests);
    }
}
