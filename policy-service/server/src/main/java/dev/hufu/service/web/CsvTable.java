package dev.hufu.service.web;

import dev.hufu.anonymizer.publication.Answer;
import dev.hufu.service.analytics.Protected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A protected table as CSV (RFC 4180, UTF-8): a heading, a line a row, an empty field where nothing can be told. After the columns
 * that were asked for come the half-widths of the error bands, a column for each that has any, its name followed by
 * {@code _plus_minus}.
 */
public final class CsvTable {
    private CsvTable() {}

    public static byte[] of(Protected result) {
        StringBuilder out = new StringBuilder(1024);
        List<Answer.Column> columns = result.columns();
        int[] banded = IntStream.range(0, columns.size())
                .filter(i -> result.rows().stream().anyMatch(row -> row.errors().get(i) != null))
                .toArray();
        line(
                out,
                Stream.concat(
                                columns.stream(),
                                IntStream.of(banded).mapToObj(columns::get).map(CsvTable::halfWidth))
                        .map(Answer.Column::name)
                        .toList());
        for (Answer.Row row : result.rows()) {
            List<@Nullable Object> fields = new ArrayList<>(row.values());
            for (int i : banded) {
                fields.add(row.errors().get(i));
            }
            line(out, fields);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Answer.Column halfWidth(Answer.Column column) {
        return new Answer.Column(column.name() + "_plus_minus", "DOUBLE");
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
