package dev.hufu.rego.format;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Extents.Extent;
import dev.hufu.rego.syntax.Module.Comment;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rules: heads, bodies and what follows {@code else}. */
final class RuleWriter {
    private final Page page;
    private final Margin margin;
    private final Layout layout;
    private final Style style;
    private final boolean careful;
    private final BodyWriter bodies;
    private final TermWriter terms;

    /** {@code careful}: a rule with a comment that has no place of its own stays as its author wrote it, as a whole. */
    RuleWriter(Page page, Margin margin, Layout layout, Style style, boolean careful) {
        this.careful = careful;
        this.page = page;
        this.margin = margin;
        this.layout = layout;
        this.style = style;
        this.bodies = new BodyWriter(page, margin, layout, style);
        this.terms = bodies.terms();
    }

    TermWriter terms() {
        return terms;
    }

    LogicWriter logic() {
        return bodies.logic();
    }

    /** Rules that follow one another; those of one line stay together where they were. */
    void rules(List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            Extent extent = layout.extents().ofRule(rule);
            isCrowded(() -> margin.upTo(extent.row()));
            Page.Mark mark = page.mark();
            List<Comment> comments = margin.left();
            int crowdings = page.crowdings();
            isCrowded(() -> rule(rule));
            if (careful && page.crowdings() > crowdings) {
                page.rewind(mark);
                page.forgetWaiting();
                page.startLine();
                terms.commentsEndTerms(true);
                terms.asWritten(extent, comments);
                page.endLine();
            }
            boolean together = i + 1 < rules.size()
                    && isLine(rule)
                    && isLine(rules.get(i + 1))
                    && layout.extents().ofRule(rules.get(i + 1)).row() == extent.row() + 1;
            if (!together) {
                page.blankLine();
            }
        }
    }

    private boolean isLine(Rule rule) {
        boolean set = head(rule, false).value() == null;
        return rule.body().size() == 1
                && !rule.isDefault()
                && rule.orElse() == null
                && !isSet(rule.body().getFirst())
                && saysIf(set);
    }

    private boolean saysIf(boolean set) {
        return (style.v1() || style.ifs()) && (style.contains() || !set);
    }

    private static boolean isSet(Expr expr) {
        return !expr.negated() && expr.form() instanceof Expr.Holds(Term.SetOf _);
    }

    private Head head(Rule rule, boolean isElse) {
        return Head.of(rule, layout.extents(), isElse);
    }

    private void rule(Rule rule) throws CrowdedLineException {
        Extent extent = layout.extents().ofRule(rule);
        Extent headExtent = layout.extents().ofHead(rule);
        layout.madeAt(headExtent);
        page.startLine();
        page.write(rule.isDefault() ? "default " : "");
        Head head = head(rule, false);
        // a further body of a v0 rule: its head counts as written where the body is
        boolean chained = extent.startsWith('{');
        boolean crowded;
        @Nullable Extent former = layout.pin(chained ? extent : null);
        terms.commentsEndTerms(head.constant());
        try {
            crowded = isCrowded(() -> head(rule, head, headExtent));
        } finally {
            layout.pin(former);
        }
        body(rule, head, headExtent, extent, crowded, false);
    }

    private static boolean isCrowded(Sequences.Writing writing) {
        try {
            writing.write();
            return false;
        } catch (CrowdedLineException written) {
            return true;
        }
    }

    private void body(Rule rule, Head head, Extent headExtent, Extent extent, boolean crowded, boolean isElse)
            throws CrowdedLineException {
        if (head.constant()) {
            page.endLine();
            return;
        }
        terms.commentsEndTerms(true);
        Expr first = rule.body().getFirst();
        boolean saysIf = saysIf(head.value() == null);
        if (saysIf) {
            page.write(" if");
            boolean sameRow = layout.of(first).row() == headExtent.endRow();
            if (rule.body().size() == 1 && sameRow && !isSet(first)) {
                page.write(" ");
                isCrowded(() -> bodies.expression(first));
                page.endLine();
                orElse(rule, extent);
                return;
            }
        }
        page.write(" {");
        if (crowded && !margin.isEmpty()) {
            page.write(" ");
        } else {
            page.endLine();
        }
        if (saysIf && !isElse) {
            bodies.bracketLeadingUnion(first);
        }
        page.indent();
        isCrowded(() -> bodies.lines(rule.body()));
        margin.losing(() -> margin.upTo(closingRow(rule, head, extent, isElse)));
        page.dedent();
        page.startLine();
        page.write("}");
        orElse(rule, extent);
    }

    private static int closingRow(Rule rule, Head head, Extent extent, boolean isElse) {
        if (!isElse && rule.args() != null && !rule.args().isEmpty()) {
            return Layout.closingRowBehind(extent, '(', ')');
        }
        return head.member() != null || head.keyed()
                ? Layout.closingRowBehind(extent, '[', ']')
                : Layout.closingRow(extent, '{', '}');
    }

    private void orElse(Rule rule, Extent extent) throws CrowdedLineException {
        Rule next = rule.orElse();
        if (next == null) {
            return;
        }
        Extent own = layout.extents().ofRule(next);
        Extent headExtent = layout.extents().ofHead(next);
        boolean beside = !beginsLine(own, extent);
        boolean commented = page.waiting() != null
                || (!margin.isEmpty() && margin.left().getFirst().row() < own.row());
        if (beside && !commented) {
            page.write(" ");
        } else {
            page.blankLine();
            page.startLine();
        }
        margin.losing(() -> {
            margin.upTo(own.row());
            if (commented && !beside) {
                page.startLine();
            }
            elseRule(next, own, headExtent);
        });
    }

    /** {@code else} is the first on its row, or on the first row of the rule. */
    private static boolean beginsLine(Extent own, Extent rule) {
        String source = own.source();
        int lineStart = source.lastIndexOf('\n', own.start() - 1) + 1;
        return lineStart <= rule.start()
                || source.substring(lineStart, own.start()).isBlank();
    }

    private void elseRule(Rule rule, Extent extent, Extent headExtent) throws CrowdedLineException {
        Head head = head(rule, true);
        layout.madeAt(headExtent);
        layout.move(rule.value(), headExtent);
        terms.commentsEndTerms(head.constant());
        boolean crowded = isCrowded(() -> {
            page.write("else");
            value(rule, head, true);
        });
        boolean bare = !head.braces();
        @Nullable Extent former = bare && !head.constant() ? layout.pin(extent) : layout.pin(null);
        try {
            body(rule, head, headExtent, extent, crowded, true);
        } finally {
            layout.pin(former);
        }
    }

    private void head(Rule rule, Head head, Extent extent) throws CrowdedLineException {
        List<Term> name = head.name();
        if (name.size() == 1 || style.longNames()) {
            margin.losing(() -> terms.reference(name.getFirst(), name.subList(1, name.size())));
        } else {
            int row = layout.of(name.getLast()).row();
            if (!margin.isEmpty() && margin.left().getFirst().row() == row) {
                terms.asWritten(extent, margin.left());
                return;
            }
            page.write(Plain.of(name.getFirst()) + "[" + Plain.of(name.getLast()) + "]");
        }
        List<Term> args = rule.args();
        if (args != null && !args.isEmpty()) {
            page.write("(");
            Extent whole = layout.pinned() ? layout.of(args) : extent;
            try {
                terms.sequences().write(terms.members(args, false), whole, Layout.closingRow(whole, '(', ')'));
            } finally {
                page.write(")");
            }
        }
        Term member = head.member();
        if (member != null) {
            page.write(style.contains() ? " contains " : "[");
            terms.term(member);
            page.write(style.contains() ? "" : "]");
        }
        value(rule, head, false);
    }

    private void value(Rule rule, Head head, boolean isElse) throws CrowdedLineException {
        Term value = head.value();
        boolean said = head.keyed() || !head.valueIsTrue() || head.constant() || rule.isDefault();
        if (value == null || !said) {
            return;
        }
        boolean needed = style.v1() && head.constant() && !head.keyed() && rule.args() == null;
        boolean implied = head.impliedValue() || layout.pinned();
        if (implied && !isElse && head.valueIsTrue() && !needed) {
            return;
        }
        page.write(rule.written().assigned() || style.v1() ? " := " : " = ");
        terms.term(value);
    }
}
