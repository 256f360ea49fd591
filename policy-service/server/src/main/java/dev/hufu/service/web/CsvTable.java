package dev.hufu.service.web;

import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.service.analytics.Protected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A protected table as CSV (RFC 4180, UTF-8): a heading, a line a row, an empty field where nothing can be told. */
public final class CsvTable {
    private CsvTable() {}

    public static byte[] of(Protected result) {
        StringBuilder out = new StringBuilder(1024);
        line(out, result.columns().stream().map(Answer.Column::name).toList());
        for (Answer.Row row : result.rows()) {
            line(out, row.values());
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder out, List<? extends @Nullable Object> values) {
        out.append(values.stream().map(CsvTable::field).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String field(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> plain(number);
            case String text -> quoted(text);
            default -> value.toString();
        };
    }

    private static String plain(double number) {
        return new java.math.BigDecimal(Double.toString(number))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A spreadsheet would take a text that begins with one of these for a formula. */
    private static String quoted(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
