package dev.hufu.rego.format;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Expr.Operand;
import dev.hufu.rego.syntax.Expr.Operator;
import dev.hufu.rego.syntax.Extents;
import dev.hufu.rego.syntax.Extents.Extent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code not}, {@code and} and {@code or} over bodies. Operators of one chain are one level deep; an operand that began on a row
 * of its own begins a line. Brackets stand only where the text would say something else without them.
 */
final class LogicWriter {
    private final Page page;
    private final Layout layout;
    private final BodyWriter bodies;
    private final Set<Operator> written = EnumSet.noneOf(Operator.class);

    /**
     * An operand of a chain.
     *
     * @param chain the part of the chain that it belongs to, with the operator before it, or behind it where it is the first
     * @param brackets it stands in parentheses
     * @param endRow where all that stands before the operand ends; without meaning for the first
     */
    private record Link(Expr chain, Operator operator, Operand operand, boolean brackets, int endRow) {}

    LogicWriter(Page page, Layout layout, BodyWriter bodies) {
        this.page = page;
        this.layout = layout;
        this.bodies = bodies;
    }

    /** The operators that were written, for their keywords to be imported. */
    Set<Operator> written() {
        return Set.copyOf(written);
    }

    void write(Expr expr, Expr.Logic logic) {
        written.add(logic.operator());
        switch (logic.operator()) {
            case NOT -> not(expr, logic.operands().getFirst());
            case AND, OR -> chain(expr);
        }
    }

    /** The expression without brackets that a chain of operators begins with. */
    static Optional<Expr> leading(Expr expr) {
        Expr first = expr;
        while (first.form() instanceof Expr.Logic(Operator operator, List<Operand> operands)) {
            Operand left = operands.getFirst();
            if (operator == Operator.NOT
                    || isBody(left)
                    || needsBrackets(left.body().getFirst(), operator, false)) {
                return Optional.empty();
            }
            first = left.body().getFirst();
        }
        return Optional.of(first);
    }

    private void not(Expr expr, Operand operand) {
        page.write("not ");
        if (isBody(operand)) {
            braces(operand.body(), layout.of(expr));
        } else {
            Expr inner = operand.body().getFirst();
            implicit(
                    inner,
                    !inner.withs().isEmpty() || inner.form() instanceof Expr.Logic || Operators.beginsWithBrace(inner));
        }
    }

    private void chain(Expr expr) {
        List<Link> links = links(expr);
        operand(links.getFirst());
        boolean indented = false;
        for (Link link : links.subList(1, links.size())) {
            page.write(" " + link.operator().word());
            if (beginsLine(link)) {
                if (!indented) {
                    page.indent();
                    indented = true;
                }
                page.newLine();
            } else {
                page.write(" ");
            }
            operand(link);
        }
        if (indented) {
            page.dedent();
        }
    }

    /** From left to right; what needs brackets is an operand of its own. */
    private List<Link> links(Expr expr) {
        List<Link> links = new ArrayList<>();
        Expr chain = expr;
        while (chain.form() instanceof Expr.Logic(Operator operator, List<Operand> operands)) {
            written.add(operator);
            Operand left = operands.getFirst();
            Expr below = left.body().getFirst();
            boolean brackets = !isBody(left) && needsBrackets(below, operator, false);
            boolean goesOn = !isBody(left) && isChain(below) && !brackets;
            Link first = new Link(chain, operator, left, brackets, Layout.NOWHERE);
            int endRow = goesOn ? layout.of(below).endRow() : endRow(first);
            links.addFirst(right(chain, operator, operands.getLast(), endRow));
            if (!goesOn) {
                links.addFirst(first);
                return links;
            }
            chain = below;
        }
        throw new IllegalArgumentException("no operator");
    }

    private static Link right(Expr chain, Operator operator, Operand operand, int endRow) {
        boolean brackets = !isBody(operand) && needsBrackets(operand.body().getFirst(), operator, true);
        return new Link(chain, operator, operand, brackets, endRow);
    }

    private int endRow(Link first) {
        int closing = isBody(first.operand()) ? Layout.closingRow(brace(first), '{', '}') : Layout.NOWHERE;
        return closing > 0
                ? closing
                : layout.of(first.operand().body().getLast()).endRow();
    }

    private boolean beginsLine(Link link) {
        Extent start = isBody(link.operand())
                ? brace(link)
                : layout.of(link.operand().body().getFirst());
        return start.row() > link.endRow();
    }

    private void operand(Link link) {
        List<Expr> body = link.operand().body();
        if (isBody(link.operand())) {
            braces(body, brace(link));
        } else {
            implicit(body.getFirst(), link.brackets());
        }
    }

    /** Even on a crowded line all of it is written. */
    private void implicit(Expr expr, boolean brackets) {
        page.write(brackets ? "(" : "");
        try {
            bodies.expression(expr);
        } catch (CrowdedLineException written) {
            // it stands as its author wrote it
        }
        page.write(brackets ? ")" : "");
    }

    private void braces(List<Expr> body, Extent whole) {
        bodies.bracketUnion(body.getFirst());
        page.write("{");
        try {
            bodies.inner(body, whole.row(), whole, '{', '}');
        } catch (CrowdedLineException written) {
            // the rest of it is written; the line ends here
        }
        page.write(layout.of(body.getLast()).row() == whole.row() ? " }" : "}");
    }

    /** From the brace that opens an operand to the end of its chain: the last brace before the first expression, wherever it stands. */
    private Extent brace(Link link) {
        Extent chain = layout.of(link.chain());
        int first = layout.of(link.operand().body().getFirst()).start();
        int at = chain.source().lastIndexOf('{', Math.min(first, chain.end()) - 1);
        if (at < chain.start()) {
            return chain;
        }
        int row = chain.row() + Extents.lineBreaks(chain.source(), chain.start(), at);
        return new Extent(chain.source(), row, chain.column(), at, chain.end());
    }

    private static boolean isBody(Operand operand) {
        return operand.explicit() || operand.body().size() > 1;
    }

    private static boolean isChain(Expr expr) {
        return expr.form() instanceof Expr.Logic logic && logic.operator() != Operator.NOT;
    }

    /** Without them a modifier would belong to all of the chain, {@code and} would bind tighter, or a brace would open a body. */
    private static boolean needsBrackets(Expr expr, Operator chain, boolean right) {
        if (!expr.withs().isEmpty()) {
            return true;
        }
        if (expr.form() instanceof Expr.Logic(Operator operator, List<Operand> _)) {
            return switch (operator) {
                case NOT -> false;
                case AND -> chain == Operator.AND && right;
                case OR -> chain == Operator.AND || right;
            };
        }
        return Operators.beginsWithBrace(expr);
    }
}
