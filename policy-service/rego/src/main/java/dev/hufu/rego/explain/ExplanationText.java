package dev.hufu.rego.explain;

import dev.hufu.rego.explain.Explanation.Clause;
import dev.hufu.rego.explain.Explanation.Reason;
import dev.hufu.rego.explain.Explanation.Step;
import java.util.stream.Collectors;

/** An {@link Explanation} as a tree for a terminal: {@code ✓} held, {@code ✗} did not, each with file, row and source. */
public final class ExplanationText {
    private static final int MAX_DEPTH = 40;
    private static final int MAX_TEXT = 100;

    private final StringBuilder out = new StringBuilder();

    private ExplanationText() {}

    public static String of(Explanation explanation) {
        ExplanationText text = new ExplanationText();
        explanation.query().forEach(step -> text.query(step));
        explanation
                .error()
                .ifPresent(error -> text.out.append("✗ ended: ").append(error).append('\n'));
        for (Trace.Note note : explanation.notes()) {
            text.out
                    .append("note ")
                    .append(note.at())
                    .append("  ")
                    .append(note.text())
                    .append('\n');
        }
        if (explanation.cut()) {
            text.out.append("… the rest is left out\n");
        }
        return text.out.toString();
    }

    /** The query itself needs no line where it only names a rule. */
    private void query(Step step) {
        if (step.because().size() == 1 && step.inner().isEmpty()) {
            reason(step.because().getFirst(), 0);
        } else {
            step(step, 0);
        }
    }

    private void line(int depth, String text) {
        out.repeat("  ", Math.min(depth, MAX_DEPTH)).append(text).append('\n');
    }

    private void reason(Reason reason, int depth) {
        Trace.Document document = reason.document();
        String args = document.args().isEmpty()
                ? ""
                : document.args().stream().map(ExplanationText::brief).collect(Collectors.joining(", ", "(", ")"));
        String state = switch (document.state()) {
            case HELD -> document.value().map(value -> "= " + brief(value)).orElse("holds");
            case FALSE -> "is false";
            case UNDEFINED -> "is undefined";
        };
        String suffix = document.byDefault() ? " by default" : "";
        line(depth, document.path() + args + " " + state + suffix + (reason.told() ? " (told elsewhere)" : ""));
        reason.clauses().forEach(clause -> clause(clause, depth + 1));
    }

    private void clause(Clause clause, int depth) {
        Trace.Body body = clause.body();
        line(depth, mark(body.held() > 0) + body.at() + "  " + firstRow(body.head()));
        for (Step step : clause.steps()) {
            boolean head = step.line().at().equals(body.at());
            if (!head || !step.line().held() || !step.because().isEmpty()) {
                step(step, depth + 1);
            }
        }
    }

    private void step(Step step, int depth) {
        Trace.Line line = step.line();
        String part = line.failed().isEmpty() ? "" : "   fails at: " + firstRow(line.failed());
        String known = Explanation.known(step).entrySet().stream()
                .map(entry -> entry.getKey() + " = " + brief(entry.getValue()))
                .collect(Collectors.joining(", "));
        line(
                depth,
                mark(line.held()) + line.at() + "  " + firstRow(line.text()) + part
                        + (known.isEmpty() ? "" : "   [" + known + "]"));
        step.inner().forEach(inner -> step(inner, depth + 1));
        step.because().forEach(reason -> reason(reason, depth + 1));
    }

    private static String mark(boolean held) {
        return held ? "✓ " : "✗ ";
    }

    private static String brief(Object value) {
        return firstRow(value.toString());
    }

    private static String firstRow(String text) {
        int end = text.indexOf('\n');
        String row = end < 0 ? text : text.substring(0, end) + " …";
        return row.codePointCount(0, row.length()) <= MAX_TEXT
                ? row
                : row.substring(0, row.offsetByCodePoints(0, MAX_TEXT)) + "…";
    }
}
