package dev.hufu.rego.format;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Extents;
import dev.hufu.rego.syntax.Extents.Extent;
import dev.hufu.rego.syntax.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes bodies and their expressions. */
final class BodyWriter {
    private final Page page;
    private final Margin margin;
    private final Layout layout;
    private final TermWriter terms;
    private final LogicWriter logic;
    /** The expression that comes in brackets. */
    private @Nullable Expr bracketed;

    BodyWriter(Page page, Margin margin, Layout layout, Style style) {
        this.page = page;
        this.margin = margin;
        this.layout = layout;
        this.terms = new TermWriter(page, margin, layout, style, this);
        this.logic = new LogicWriter(page, layout, this);
    }

    TermWriter terms() {
        return terms;
    }

    LogicWriter logic() {
        return logic;
    }

    /** An expression a line; blank lines between them stay, as one. */
    void lines(List<Expr> body) throws CrowdedLineException {
        margin.upTo(layout.of(body.getFirst()).row());
        for (int i = 0; i < body.size(); i++) {
            Expr expr = body.get(i);
            if (i > 0 && layout.of(expr).row() > layout.of(body.get(i - 1)).endRow() + 1) {
                page.blankLine();
            }
            page.startLine();
            try {
                expression(expr);
            } catch (CrowdedLineException written) {
                // it stands as its author wrote it
            }
            page.endLine();
        }
    }

    /**
     * The body of a comprehension or of {@code every}, between the bar or brace and the closing bracket: on the line where it was on the row.
     *
     * @param row of what comes before it
     * @param whole the comprehension
     */
    void inner(List<Expr> body, int row, Extent whole, char open, char close) throws CrowdedLineException {
        List<Integer> rows = body.stream().map(expr -> layout.of(expr).row()).toList();
        boolean generated = body.stream().anyMatch(expr -> Sequences.isGenerated(layout.of(expr)));
        if (rows.getFirst() > row || (!generated && Sequences.lines(rows) > 1)) {
            page.endLine();
            page.indent();
            try {
                lines(body);
                margin.losing(() -> margin.upTo(Layout.closingRow(whole, open, close)));
            } finally {
                page.dedent();
                page.startLine();
            }
            return;
        }
        for (int i = 0; i < body.size(); i++) {
            page.write(i == 0 ? " " : "; ");
            expression(body.get(i));
        }
        margin.losing(() -> margin.upTo(Layout.closingRow(whole, open, close)));
    }

    void expression(Expr expr) throws CrowdedLineException {
        boolean brackets = expr.equals(bracketed);
        margin.upTo(layout.of(expr).row());
        page.startLineIfNone();
        page.write(expr.negated() ? "not " : "");
        page.write(brackets ? "(" : "");
        form(expr);
        page.write(brackets ? ")" : "");
        withs(expr);
    }

    private void form(Expr expr) throws CrowdedLineException {
        switch (expr.form()) {
            case Expr.Holds(Term.Call call) -> call(call);
            case Expr.Holds(Term term) -> terms.term(term);
            case Expr.Equal(Term left, Term right) -> infix(left, "=", right);
            case Expr.Assign(Term target, Term value) -> infix(target, ":=", value);
            case Expr.SomeVars(List<Term.Var> vars) -> margin.losing(() -> some(vars, layout.of(expr)));
            case Expr.SomeIn some -> {
                page.write("some ");
                Term key = some.key();
                List<Term> operands =
                        key == null ? List.of(some.value(), some.domain()) : List.of(key, some.value(), some.domain());
                terms.membership(operands, false);
            }
            case Expr.Every every -> every(every, layout.of(expr));
            case Expr.Logic written -> logic.write(expr, written);
        }
    }

    private void infix(Term left, String sign, Term right) throws CrowdedLineException {
        margin.losing(() -> terms.term(left));
        page.write(" " + sign + " ");
        terms.term(right);
    }

    private void call(Term.Call call) throws CrowdedLineException {
        String sign = Operators.sign(call);
        List<Term> args = call.args();
        if (Operators.isMember(call)) {
            terms.membership(call, false);
        } else if (sign == null) {
            terms.plainCall(call);
        } else if (args.size() == Operators.OPERANDS + 1) {
            margin.losing(() -> terms.term(args.getLast()));
            page.write(" = ");
            infix(args.getFirst(), sign, args.get(1));
        } else if (terms.hasOperands(call, Operators.OPERANDS)) {
            infix(args.getFirst(), sign, args.getLast());
        }
    }

    private void some(List<Term.Var> vars, Extent extent) throws CrowdedLineException {
        page.write("some ");
        int row = extent.row();
        String separator = "";
        for (Term.Var variable : vars) {
            page.write(separator);
            if (layout.of(variable).row() > row) {
                page.newLine();
                page.write("\t");
                row = layout.of(variable).row();
            } else {
                page.write(separator.isEmpty() ? "" : " ");
            }
            terms.term(variable);
            separator = ",";
        }
    }

    private void every(Expr.Every every, Extent extent) throws CrowdedLineException {
        margin.losing(() -> {
            page.write("every ");
            Term.Var key = every.key();
            if (key != null) {
                terms.term(key);
                page.write(", ");
            }
            terms.term(every.value());
            page.write(" in ");
            terms.term(every.domain());
        });
        page.write(" {");
        try {
            inner(every.body(), extent.row(), extent, '{', '}');
        } catch (CrowdedLineException written) {
            // the rest of it is written; the line ends here
        }
        boolean sameRow =
                every.body().size() == 1 && layout.of(every.body().getFirst()).row() == extent.row();
        page.write(sameRow ? " }" : "}");
    }

    /** What stood on the row of the term's end stays there, the others indented on lines of theirs as they were. */
    private void withs(Expr expr) throws CrowdedLineException {
        int row = lastRow(expr);
        boolean indented = false;
        try {
            for (Expr.With with : expr.withs()) {
                boolean below = layout.of(with).row() > row;
                if (below) {
                    if (!indented) {
                        page.indent();
                        indented = true;
                    }
                    page.newLine();
                    row = layout.of(with).row();
                }
                with(with, below);
            }
        } finally {
            if (indented) {
                page.dedent();
            }
        }
    }

    private void with(Expr.With with, boolean onOwnLine) throws CrowdedLineException {
        margin.losing(() -> {
            margin.upTo(layout.of(with).row());
            page.write(onOwnLine ? "with " : " with ");
            terms.term(with.target());
        });
        page.write(" as ");
        try {
            terms.term(with.value());
        } catch (CrowdedLineException written) {
            // it stands as its author wrote it
        }
    }

    /** The row where what comes before the first {@code with} ends. */
    private int lastRow(Expr expr) {
        Extent extent = layout.of(expr);
        if (expr.withs().isEmpty()) {
            return extent.row();
        }
        int before = layout.of(expr.withs().getFirst()).start();
        int end = before > extent.start() && before <= extent.end() ? before : extent.end();
        String text = extent.source().substring(extent.start(), end).stripTrailing();
        return extent.row() + Extents.lineBreaks(text, 0, text.length());
    }

    /** For the first expression of the body written next: a union that leads it would look like a comprehension without brackets. */
    void bracketLeadingUnion(Expr expr) {
        if (expr.negated()) {
            return;
        }
        if (expr.form() instanceof Expr.Logic) {
            LogicWriter.leading(expr).ifPresent(this::bracketLeadingUnion);
            return;
        }
        if (Operators.isUnion(expr)) {
            bracketed = expr;
            return;
        }
        @Nullable Term lead = Operators.lead(expr.form());
        if (lead != null && Operators.isUnion(lead)) {
            terms.bracketNext();
        }
    }

    /** The first expression of a body in braces: a union there would look like a comprehension. */
    void bracketUnion(Expr expr) {
        bracketed = Operators.isUnion(expr) ? expr : bracketed;
    }
}
