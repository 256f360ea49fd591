package dev.hufu.service.web.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear scale with round ticks at steps of 1, 2 or 5 times a power of ten, which reach past the values on both sides.
 *
 * @param from the least tick
 * @param to the greatest tick, above {@code from}
 * @param step between two ticks
 * @param start where {@code from} is drawn
 * @param end where {@code to} is drawn
 */
record Scale(double from, double to, double step, double start, double end) {
    /** @param most ticks wanted at most, at least 2; rounding outwards may add one */
    static Scale over(double low, double high, int most, double start, double end) {
        double span = high > low ? high - low : Math.max(1, Math.abs(high));
        double rough = span / Math.max(1, most - 1);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        double step = power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
        double from = Math.floor(low / step + 1e-9) * step;
        double to = Math.ceil(Math.max(high, from + step) / step - 1e-9) * step;
        return new Scale(from, to, step, start, end);
    }

    double at(double value) {
        return start + (value - from) / (to - from) * (end - start);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        long count = Math.round((to - from) / step);
        for (long i = 0; i <= count; i++) {
            ticks.add(from + i * step);
        }
        return ticks;
    }

    /** A coordinate, to a tenth. */
    static String text(double coordinate) {
        String text = String.format(Locale.ROOT, "%.1f", coordinate);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
