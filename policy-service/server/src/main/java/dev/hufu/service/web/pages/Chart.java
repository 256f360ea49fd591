package dev.hufu.service.web.pages;

import java.util.List;

/**
 * A picture as the marks of an SVG, in its own units; numbers are rounded to a tenth and written with a point. Colours and type
 * sizes are the stylesheet's, by {@code kind}.
 *
 * @param title what it shows, for whoever does not see it; the table beside it holds every figure
 */
record Chart(
        int width,
        int height,
        String title,
        List<Line> grid,
        List<Box> boxes,
        List<Path> paths,
        List<Line> marks,
        List<Label> texts) {
    record Line(String x1, String y1, String x2, String y2, String kind) {}

    record Box(String x, String y, String width, String height, String kind) {}

    record Path(String d, String kind) {}

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    record Label(String x, String y, String anchor, String text, String kind) {}

    Chart {
        grid = List.copyOf(grid);
        boxes = List.copyOf(boxes);
        paths = List.copyOf(paths);
        marks = List.copyOf(marks);
        texts = List.copyOf(texts);
    }
}
