package dev.hufu.rego.explain;

import dev.hufu.rego.explain.Explanation.Clause;
import dev.hufu.rego.explain.Explanation.Reason;
import dev.hufu.rego.explain.Explanation.Step;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An {@link Explanation} as a tree for a terminal: rules with file and row, and below them their lines by row, {@code ✓} held,
 * {@code ✗} did not.
 */
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
        String said = document.path() + args + " " + state + (document.byDefault() ? " by default" : "");
        List<Clause> clauses = reason.clauses();
        if (reason.told()) {
            line(depth, said + " (told elsewhere)");
        } else if (clauses.size() == 1) {
            line(depth, said + "   " + head(clauses.getFirst()));
            steps(clauses.getFirst(), depth + 1);
        } else {
            line(depth, said);
            for (Clause clause : clauses) {
                line(depth + 1, head(clause));
                steps(clause, depth + 2);
            }
        }
    }

    private static String head(Clause clause) {
        Trace.Body body = clause.body();
        String details = clause.steps().stream()
                .filter(step -> isHead(step, clause))
                .map(ExplanationText::details)
                .collect(Collectors.joining());
        return mark(body.held() > 0) + body.at() + "  " + firstRow(body.head()) + details;
    }

    private static boolean isHead(Step step, Clause clause) {
        return step.line().at().equals(clause.body().at());
    }

    /** The head's own line is there already; of what it asks for what is told elsewhere says nothing new. */
    private void steps(Clause clause, int depth) {
        for (Step step : clause.steps()) {
            if (isHead(step, clause)) {
                below(step, depth, step.line().held());
            } else {
                step(step, depth);
            }
        }
    }

    private void step(Step step, int depth) {
        Trace.Line line = step.line();
        line(depth, mark(line.held()) + line.at().row() + "  " + firstRow(line.text()) + details(step));
        below(step, depth + 1, false);
    }

    private void below(Step step, int depth, boolean newOnly) {
        step.inner().forEach(inner -> step(inner, depth));
        step.because().stream().filter(reason -> !(newOnly && reason.told())).forEach(reason -> reason(reason, depth));
    }

    private static String details(Step step) {
        String failed = step.line().failed();
        String known = Explanation.known(step).entrySet().stream()
                .map(entry -> entry.getKey() + " = " + brief(entry.getValue()))
                .collect(Collectors.joining(", "));
        return (failed.isEmpty() ? "" : "   fails at: " + firstRow(failed))
                + (known.isEmpty() ? "" : "   [" + known + "]");
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
