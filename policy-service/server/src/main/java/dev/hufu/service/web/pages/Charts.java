package dev.hufu.service.web.pages;

import static dev.hufu.service.web.pages.Scale.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Draws protected figures with their error bands: bars for groups, a line for months, a small line for each group over months. Pure:
 * the same figures give the same picture.
 *
 * @param title what the pictures show
 * @param say a value for a reader
 * @param unknown what stands where a value cannot be told
 */
record Charts(String title, DoubleFunction<String> say, String unknown) {
    /**
     * @param band half-width of the error band, 0 where there is none
     * @param carried whether the value was measured in an earlier month than the one it stands for
     */
    record Item(String label, @Nullable Double value, double band, boolean carried) {
        Item(String label, @Nullable Double value, double band) {
            this(label, value, band, false);
        }

        double low() {
            return value == null ? 0 : value - band;
        }

        double high() {
            return value == null ? 0 : value + band;
        }
    }

    /** One group over months. */
    record Series(String title, List<Item> items) {
        Series {
            items = List.copyOf(items);
        }
    }

    private static final int WIDE = 760;
    private static final int NARROW = 300;
    private static final int AXIS = 24;
    private static final double LETTER = 7.8;
    private static final double IDEOGRAPH = 13;
    private static final int LINE_TICKS = 5;
    private static final int PANEL_TICKS = 4;
    private static final double MOST_LABEL = 226;

    /** The marks so far. */
    private record Canvas(
            List<Chart.Line> grid,
            List<Chart.Box> boxes,
            List<Chart.Path> paths,
            List<Chart.Line> marks,
            List<Chart.Label> texts) {
        Canvas() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        Chart chart(int width, double height, String title) {
            return new Chart(width, (int) height, title, grid, boxes, paths, marks, texts);
        }
    }

    /** Labels at the left of their bars. */
    Chart bars(List<Item> items) {
        double label = items.stream().mapToDouble(i -> length(i.label())).max().orElse(0);
        return bars(items, WIDE, Math.clamp(label, 26, MOST_LABEL), 34, 9, 6);
    }

    /** Labels above their bars, for narrow screens. */
    Chart narrowBars(List<Item> items) {
        return bars(items, NARROW, 0, 46, 24, 4);
    }

    /** @param room for a label at the left of its bar, 0 where labels stand above */
    private Chart bars(List<Item> items, int width, double room, int row, int barAt, int ticks) {
        boolean above = room == 0;
        double left = above ? 1 : room + 14;
        double low = items.stream().mapToDouble(Item::low).min().orElse(0);
        double high = items.stream().mapToDouble(Item::high).max().orElse(0);
        double valueRoom =
                items.stream().mapToDouble(i -> length(value(i))).max().orElse(0) + 14;
        Scale x = Scale.over(Math.min(0, low), Math.max(0, high), ticks, left, width - valueRoom);
        double bottom = 4 + row * items.size();
        var canvas = new Canvas();
        List<Double> ticked = x.ticks();
        double widest =
                ticked.stream().mapToDouble(t -> length(say.apply(t))).max().orElse(0);
        int every = Math.max(1, (int) Math.ceil(widest / (x.at(x.from() + x.step()) - x.at(x.from()))));
        for (int i = 0; i < ticked.size(); i++) {
            double at = x.at(ticked.get(i));
            boolean zero = Math.abs(ticked.get(i)) < x.step() / 1e6;
            canvas.grid().add(line(at, 4, at, bottom, zero ? "axis" : "grid"));
            String anchor = i == 0 && above ? "start" : "middle";
            if (i % every == 0) {
                canvas.texts()
                        .add(new Chart.Label(text(at), text(bottom + 16), anchor, say.apply(ticked.get(i)), "tick"));
            }
        }
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            double top = 4 + row * i;
            canvas.texts()
                    .add(
                            above
                                    ? new Chart.Label(
                                            "0", text(top + 16), "start", fit(item.label(), width), "bar-label")
                                    : new Chart.Label(
                                            text(room + 4),
                                            text(top + 21),
                                            "end",
                                            fit(item.label(), room),
                                            "bar-label"));
            bar(item, x, top + barAt, canvas);
        }
        return canvas.chart(width, bottom + AXIS, title);
    }

    private void bar(Item item, Scale x, double top, Canvas canvas) {
        Double value = item.value();
        double zero = x.at(0);
        if (value != null) {
            double end = x.at(value);
            canvas.boxes().add(box(Math.min(zero, end), top, Math.abs(end - zero), 14, "bar"));
            if (item.band() > 0) {
                double from = x.at(item.low());
                canvas.boxes().add(box(from, top - 3, x.at(item.high()) - from, 20, "band"));
                canvas.marks().add(line(end, top - 3, end, top + 17, "band-mid"));
            }
        }
        double after = value == null ? zero : Math.max(zero, x.at(item.high()));
        canvas.texts().add(new Chart.Label(text(after + 8), text(top + 12), "start", value(item), "bar-value"));
    }

    /** Periods from left to right; the scale need not begin at zero. */
    Chart line(List<Item> items) {
        return line(items, WIDE, 250, 11);
    }

    Chart narrowLine(List<Item> items) {
        return line(items, NARROW, 210, 3);
    }

    private Chart line(List<Item> items, int width, int height, int mostLabels) {
        var canvas = new Canvas();
        plot(items, new Room(0, 10, width, height - AXIS), over(items, LINE_TICKS), mostLabels, canvas);
        return canvas.chart(width, height, title);
    }

    /** A small picture for each series, all on one scale, which need not begin at zero. */
    Chart panels(List<Series> all) {
        return panels(all, WIDE, 3);
    }

    Chart narrowPanels(List<Series> all) {
        return panels(all, NARROW, 1);
    }

    private Chart panels(List<Series> all, int width, int columns) {
        int row = 146;
        double each = (double) width / columns;
        Scale y = over(all.stream().flatMap(s -> s.items().stream()).toList(), PANEL_TICKS);
        var canvas = new Canvas();
        for (int i = 0; i < all.size(); i++) {
            double left = each * (i % columns);
            double top = row * (i / columns);
            Series series = all.get(i);
            canvas.texts()
                    .add(new Chart.Label(
                            text(left), text(top + 16), "start", fit(series.title(), each - 16), "bar-label"));
            plot(series.items(), new Room(left, top + 28, left + each, top + row - AXIS - 8), y, 2, canvas);
        }
        return canvas.chart(width, row * Math.ceilDiv(all.size(), columns), title);
    }

    /** Where a line is drawn, its axis' labels at the left and below. */
    private record Room(double left, double top, double right, double bottom) {}

    /** A scale over the values that can be told, drawn from 0 to 1. */
    private static Scale over(List<Item> items, int ticks) {
        List<Item> told = items.stream().filter(i -> i.value() != null).toList();
        double low = told.stream().mapToDouble(Item::low).min().orElse(0);
        double high = told.stream().mapToDouble(Item::high).max().orElse(1);
        return Scale.over(low, high, ticks, 0, 1);
    }

    /** Whether the scale of a line, or of small lines, begins at zero. */
    static boolean lineFromZero(List<Item> items) {
        return over(items, LINE_TICKS).from() == 0;
    }

    static boolean panelsFromZero(List<Series> all) {
        return over(all.stream().flatMap(s -> s.items().stream()).toList(), PANEL_TICKS)
                        .from()
                == 0;
    }

    private void plot(List<Item> items, Room room, Scale over, int mostLabels, Canvas canvas) {
        Scale y = new Scale(over.from(), over.to(), over.step(), room.bottom(), room.top());
        double left = room.left()
                + y.ticks().stream()
                        .mapToDouble(t -> length(say.apply(t)))
                        .max()
                        .orElse(0)
                + 12;
        Scale x = new Scale(0, Math.max(1, items.size() - 1), 1, left + 24, room.right() - 28);
        for (double tick : y.ticks()) {
            canvas.grid().add(line(left, y.at(tick), room.right() - 4, y.at(tick), "grid"));
            canvas.texts().add(new Chart.Label(text(left - 8), text(y.at(tick) + 4), "end", say.apply(tick), "tick"));
        }
        var upper = new StringBuilder();
        var lower = new StringBuilder();
        var middle = new StringBuilder();
        int every = Math.max(1, (int) Math.ceil((double) items.size() / mostLabels));
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            double at = x.at(i);
            if ((items.size() - 1 - i) % every == 0) {
                canvas.texts().add(new Chart.Label(text(at), text(room.bottom() + 18), "middle", item.label(), "tick"));
            }
            Double value = item.value();
            if (value == null) {
                continue; // the line goes on to the next month that can be told
            }
            String first = upper.isEmpty() ? "M" : "L";
            upper.append(first).append(text(at)).append(' ').append(text(y.at(item.high())));
            middle.append(first).append(text(at)).append(' ').append(text(y.at(value)));
            lower.insert(0, "L" + text(at) + ' ' + text(y.at(item.low())));
            canvas.marks().add(line(at, y.at(value), at, y.at(value), "dot"));
            if (item.carried()) {
                canvas.marks().add(line(at, y.at(value), at, y.at(value), "dot-carried"));
            }
        }
        canvas.paths().add(new Chart.Path(upper + lower.toString() + (upper.isEmpty() ? "" : "Z"), "band"));
        canvas.paths().add(new Chart.Path(middle.toString(), "line"));
    }

    private String value(Item item) {
        Double value = item.value();
        return value == null ? unknown : say.apply(value);
    }

    private static Chart.Line line(double x1, double y1, double x2, double y2, String kind) {
        return new Chart.Line(text(x1), text(y1), text(x2), text(y2), kind);
    }

    private static Chart.Box box(double x, double y, double width, double height, String kind) {
        return new Chart.Box(text(x), text(y), text(Math.max(0, width)), text(height), kind);
    }

    /** Roughly how long a text is when drawn; nothing on the server measures type. */
    private static double length(String text) {
        return text.codePoints().mapToDouble(Charts::length).sum();
    }

    private static double length(int character) {
        return character >= 0x2E80 ? IDEOGRAPH : LETTER;
    }

    private static String fit(String label, double room) {
        if (length(label) <= room) {
            return label;
        }
        var shown = new StringBuilder();
        double used = IDEOGRAPH;
        for (int c : label.codePoints().toArray()) {
            used += length(c);
            if (used > room) {
                break;
            }
            shown.appendCodePoint(c);
        }
        return shown.append('…').toString();
    }
}
