package dev.hufu.service.web.pages;

import static dev.hufu.service.web.pages.Scale.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Draws protected figures with their error bands: bars for groups, a line for months. Pure: the same figures give the same
 * picture.
 *
 * @param title what the pictures show
 * @param say a value for a reader
 * @param unknown what stands where a value cannot be told
 */
record Charts(String title, DoubleFunction<String> say, String unknown) {
    /** @param band half-width of the error band, 0 where there is none */
    record Item(String label, @Nullable Double value, double band) {
        double low() {
            return value == null ? 0 : value - band;
        }

        double high() {
            return value == null ? 0 : value + band;
        }
    }

    private static final int WIDE = 760;
    private static final int NARROW = 300;
    private static final int AXIS = 24;
    private static final double LETTER = 7.8;
    private static final double IDEOGRAPH = 13;

    /** Labels at the left of their bars. */
    Chart bars(List<Item> items) {
        double labels = Math.clamp(
                items.stream().mapToDouble(i -> length(i.label())).max().orElse(0) + 14, 40, 240);
        return bars(items, WIDE, labels, 34, 9, 6);
    }

    /** Labels above their bars, for narrow screens. */
    Chart narrowBars(List<Item> items) {
        return bars(items, NARROW, 1, 46, 24, 4);
    }

    private Chart bars(List<Item> items, int width, double left, int row, int barAt, int ticks) {
        double low = items.stream().mapToDouble(Item::low).min().orElse(0);
        double high = items.stream().mapToDouble(Item::high).max().orElse(0);
        double valueRoom =
                items.stream().mapToDouble(i -> length(value(i))).max().orElse(0) + 14;
        Scale x = Scale.over(Math.min(0, low), Math.max(0, high), ticks, left, width - valueRoom);
        double bottom = 4 + row * items.size();
        var grid = new ArrayList<Chart.Line>();
        var boxes = new ArrayList<Chart.Box>();
        var marks = new ArrayList<Chart.Line>();
        var texts = new ArrayList<Chart.Label>();
        List<Double> ticked = x.ticks();
        for (int i = 0; i < ticked.size(); i++) {
            double at = x.at(ticked.get(i));
            boolean zero = Math.abs(ticked.get(i)) < x.step() / 1e6;
            grid.add(line(at, 4, at, bottom, zero ? "axis" : "grid"));
            String anchor = i == 0 && left < 20 ? "start" : "middle";
            texts.add(new Chart.Label(text(at), text(bottom + 16), anchor, say.apply(ticked.get(i)), "tick"));
        }
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            double top = 4 + row * i;
            texts.add(
                    left < 20
                            ? new Chart.Label("0", text(top + 16), "start", fit(item.label(), width), "bar-label")
                            : new Chart.Label(
                                    text(left - 10), text(top + 21), "end", fit(item.label(), left - 14), "bar-label"));
            Double value = item.value();
            double zero = x.at(0);
            if (value != null) {
                double end = x.at(value);
                boxes.add(box(Math.min(zero, end), top + barAt, Math.abs(end - zero), 14, "bar"));
                if (item.band() > 0) {
                    double from = x.at(item.low());
                    boxes.add(box(from, top + barAt - 3, x.at(item.high()) - from, 20, "band"));
                    marks.add(line(end, top + barAt - 3, end, top + barAt + 17, "band-mid"));
                }
            }
            double after = value == null ? zero : Math.max(zero, x.at(item.high()));
            texts.add(new Chart.Label(text(after + 8), text(top + barAt + 12), "start", value(item), "bar-value"));
        }
        return new Chart(width, (int) bottom + AXIS, title, grid, boxes, List.of(), marks, texts);
    }

    /** Periods from left to right; the scale need not begin at zero. */
    Chart line(List<Item> items) {
        return line(items, WIDE, 250, 11);
    }

    Chart narrowLine(List<Item> items) {
        return line(items, NARROW, 210, 3);
    }

    private Chart line(List<Item> items, int width, int height, int mostLabels) {
        List<Item> told = items.stream().filter(i -> i.value() != null).toList();
        double low = told.stream().mapToDouble(Item::low).min().orElse(0);
        double high = told.stream().mapToDouble(Item::high).max().orElse(1);
        double bottom = height - AXIS;
        Scale y = Scale.over(low, high, 5, bottom, 10);
        double left =
                y.ticks().stream().mapToDouble(t -> length(say.apply(t))).max().orElse(0) + 12;
        Scale x = new Scale(0, Math.max(1, items.size() - 1), 1, left + 24, width - 28);
        var grid = new ArrayList<Chart.Line>();
        var marks = new ArrayList<Chart.Line>();
        var texts = new ArrayList<Chart.Label>();
        for (double tick : y.ticks()) {
            grid.add(line(left, y.at(tick), width, y.at(tick), "grid"));
            texts.add(new Chart.Label(text(left - 8), text(y.at(tick) + 4), "end", say.apply(tick), "tick"));
        }
        var upper = new StringBuilder();
        var lower = new StringBuilder();
        var middle = new StringBuilder();
        int every = Math.max(1, (int) Math.ceil((double) items.size() / mostLabels));
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            double at = x.at(i);
            if ((items.size() - 1 - i) % every == 0) {
                texts.add(new Chart.Label(text(at), text(bottom + 18), "middle", item.label(), "tick"));
            }
            Double value = item.value();
            if (value == null) {
                continue; // the line goes on to the next month that can be told
            }
            upper.append(upper.isEmpty() ? "M" : "L")
                    .append(text(at))
                    .append(' ')
                    .append(text(y.at(item.high())));
            lower.insert(0, "L" + text(at) + ' ' + text(y.at(item.low())));
            middle.append(middle.isEmpty() ? "M" : "L")
                    .append(text(at))
                    .append(' ')
                    .append(text(y.at(value)));
            marks.add(line(at, y.at(value), at, y.at(value), "dot"));
        }
        var paths = List.of(
                new Chart.Path(upper + lower.toString() + "Z", "band"), new Chart.Path(middle.toString(), "line"));
        return new Chart(width, height, title, grid, List.of(), paths, marks, texts);
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
