package dev.hufu.rego.format;

import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Str;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Extents.Extent;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module.Comment;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes terms. What a comment does not let be laid out stays as its author wrote it, term by term from the inside. */
final class TermWriter {
    private final Page page;
    private final Margin margin;
    private final Layout layout;
    private final Style style;
    private final Sequences sequences;
    private final BodyWriter bodies;
    private final List<RegoError> problems = new ArrayList<>();
    private boolean bracketNext;
    private boolean commentsEndTerms;
    private boolean wroteIn;

    TermWriter(Page page, Margin margin, Layout layout, Style style, BodyWriter bodies) {
        this.page = page;
        this.margin = margin;
        this.layout = layout;
        this.style = style;
        this.sequences = new Sequences(page, margin);
        this.bodies = bodies;
    }

    /** The next term comes in brackets. */
    void bracketNext() {
        bracketNext = true;
    }

    /** Whether a comment beside the last row of what stays as written belongs to it. */
    void commentsEndTerms(boolean yes) {
        commentsEndTerms = yes;
    }

    /** On a crowded line the term is written all the same, as its author did. */
    void term(Term term) throws CrowdedLineException {
        if (margin.isEmpty()) {
            operand(term, false);
            return;
        }
        Page.Mark mark = page.mark();
        List<Comment> comments = margin.left();
        try {
            operand(term, false);
        } catch (CrowdedLineException crowded) {
            page.rewind(mark);
            Extent extent = layout.of(term);
            Comment waiting = page.waiting();
            if (waiting != null && waiting.row() >= extent.row() && waiting.row() <= extent.endRow()) {
                page.forgetWaiting();
            }
            asWritten(extent, comments);
            throw crowded;
        }
    }

    /** The author's text; comments within it, and above it, are let go. */
    void asWritten(Extent extent, List<Comment> comments) {
        page.write(extent.text());
        int lastRow = extent.endRow();
        List<Comment> left = new ArrayList<>();
        for (Comment comment : comments) {
            if (commentsEndTerms && comment.row() == lastRow) {
                page.write(" " + asTyped(comment, extent));
            } else if (comment.row() >= lastRow) {
                left.add(comment);
            }
        }
        margin.putBack(left);
    }

    /** With the white space at its end; the comment stands in the extent's last row, behind it. */
    private static String asTyped(Comment comment, Extent extent) {
        String source = extent.source();
        int start = source.lastIndexOf('\n', extent.end() - 1) + comment.column();
        int end = source.indexOf('\n', start);
        return source.substring(start, end < 0 ? source.length() : end);
    }

    /** A term as part of a greater one; {@code parens} asks for brackets where it is written with an operator. */
    void operand(Term term, boolean parens) throws CrowdedLineException {
        boolean brackets = parens || bracketNext;
        bracketNext = false;
        margin.losing(() -> {
            margin.upTo(layout.of(term).row());
            page.startLineIfNone();
            write(term, brackets);
            page.startLineIfNone();
        });
    }

    private void write(Term term, boolean brackets) throws CrowdedLineException {
        switch (term) {
            case Term.Const constant -> page.write(constant(constant));
            case Term.Var variable -> page.write(variable.name());
            case Term.Ref ref -> reference(ref.head(), ref.path());
            case Term.ArrayOf array -> {
                Extent extent = layout.of(array);
                enclosed(
                        "[",
                        "]",
                        () -> sequences.write(
                                members(array.items(), true), extent, Layout.closingRow(extent, '[', ']')));
            }
            case Term.SetOf set -> set(set);
            case Term.ObjectOf object -> object(object);
            case Term.Comprehension comprehension -> {
                boolean array = comprehension.shape() == Term.Shape.ARRAY;
                enclosed(
                        array ? "[" : "{",
                        array ? "]" : "}",
                        () -> comprehension(comprehension, array ? '[' : '{', array ? ']' : '}'));
            }
            case Term.Call call -> call(call, brackets);
            case Term.Template template -> template(template);
        }
    }

    private String constant(Term.Const constant) {
        if (!(constant.value() instanceof Str text)) {
            return constant.value().toJson();
        }
        Extent extent = layout.written(constant);
        String written = extent == null ? "" : extent.text();
        boolean whole = written.startsWith("\"") || written.startsWith("`");
        return whole ? written : Plain.quoted(text.value());
    }

    /** A name and its keys. */
    void reference(Term head, List<Term> path) throws CrowdedLineException {
        operand(head, head instanceof Term.Call && layout.of(head).startsWith('('));
        for (Term key : path) {
            key(key);
        }
    }

    private void key(Term key) throws CrowdedLineException {
        if (key instanceof Term.Const(Str text, Location _)) {
            boolean dotted = style.dotted(text.value(), layout.of(key).startsWith('"'));
            page.write(dotted ? "." + text.value() : "[" + Plain.quoted(text.value()) + "]");
        } else if (key instanceof Term.Var variable) {
            page.write("[" + variable.name() + "]");
        } else {
            page.write("[");
            try {
                term(key);
            } catch (CrowdedLineException written) {
                // the bracket must not become part of a comment
                page.write("\n");
            }
            page.write("]");
        }
    }

    /** Arguments or members; {@code parens}: a union among them stands in brackets always, not only where it did. */
    List<Sequences.Item> members(List<Term> terms, boolean parens) {
        List<Sequences.Item> items = new ArrayList<>();
        for (Term term : terms) {
            items.add(new Sequences.Item(layout.of(term), () -> {
                boolean brackets =
                        Operators.isUnion(term) && (parens || layout.of(term).startsWith('('));
                inBrackets(term, brackets);
            }));
        }
        return items;
    }

    private void inBrackets(Term term, boolean brackets) throws CrowdedLineException {
        enclosed(brackets ? "(" : "", brackets ? ")" : "", () -> term(term));
    }

    /** The closing bracket comes in any case: what is between is written even on a crowded line. */
    private void enclosed(String open, String close, Sequences.Writing inner) throws CrowdedLineException {
        page.write(open);
        try {
            inner.write();
        } finally {
            page.write(close);
        }
    }

    private void set(Term.SetOf set) throws CrowdedLineException {
        Extent extent = layout.of(set);
        if (set.items().isEmpty()) {
            page.write("set()");
            margin.upTo(Layout.closingRow(extent, '(', ')'));
            return;
        }
        List<Term> distinct = Plain.distinct(set.items());
        int closing = Layout.closingRow(extent, '{', '}');
        enclosed("{", "}", () -> sequences.write(members(distinct, true), extent, closing));
    }

    private void object(Term.ObjectOf object) throws CrowdedLineException {
        Extent extent = layout.of(object);
        List<Sequences.Item> items = new ArrayList<>();
        for (Term.Entry entry : object.entries()) {
            items.add(new Sequences.Item(layout.of(entry.key()), () -> {
                inBrackets(entry.key(), Operators.isUnion(entry.key()));
                page.write(": ");
                inBrackets(entry.value(), Operators.isUnion(entry.value()));
            }));
        }
        enclosed("{", "}", () -> sequences.write(items, extent, Layout.closingRow(extent, '{', '}')));
    }

    private void comprehension(Term.Comprehension comprehension, char open, char close) throws CrowdedLineException {
        Extent extent = layout.of(comprehension);
        Term value = comprehension.value();
        Term key = comprehension.key();
        if (key != null) {
            // the value follows its key on the row
            Extent own = layout.of(value);
            layout.move(value, new Extent(own.source(), extent.row(), own.column(), own.start(), own.end()));
            inBrackets(key, Operators.isUnion(key));
            page.write(": ");
        }
        Extent first = layout.of(value);
        if (first.row() > extent.row()) {
            page.newLine();
        }
        operand(value, value instanceof Term.Call && (Operators.isUnion(value) || first.startsWith('(')));
        page.write(" |");
        bodies.inner(comprehension.body(), first.row(), extent, open, close);
    }

    private void call(Term.Call call, boolean brackets) throws CrowdedLineException {
        String sign = Operators.sign(call);
        if (Operators.isMember(call)) {
            membership(call, true);
        } else if (sign == null) {
            plainCall(call);
        } else if (hasOperands(call, Operators.OPERANDS)) {
            page.write(brackets ? "(" : "");
            operand(call.args().getFirst(), true);
            page.write(" " + sign + " ");
            operand(call.args().getLast(), true);
            page.write(brackets ? ")" : "");
        }
    }

    /** The function's name and its arguments. */
    void plainCall(Term.Call call) throws CrowdedLineException {
        List<Comment> comments = margin.left();
        reference(
                call.function() instanceof Term.Ref ref ? ref.head() : call.function(),
                call.function() instanceof Term.Ref ref ? ref.path() : List.of());
        margin.putBack(comments);
        Extent extent = layout.of(call.function());
        int closing = Layout.closingRow(extent, '(', ')');
        margin.losing(() -> enclosed("(", ")", () -> sequences.write(members(call.args(), false), extent, closing)));
    }

    /** As below. */
    void membership(Term.Call call, boolean part) throws CrowdedLineException {
        wroteIn = true;
        int keys = Operators.name(call).equals(Operators.MEMBER_WITH_KEY) ? 1 : 0;
        if (hasOperands(call, Operators.OPERANDS + keys)) {
            membership(call.args(), part);
        }
    }

    /** {@code v in xs}, {@code k, v in xs}; the latter in brackets where it is part of a term. */
    void membership(List<Term> operands, boolean part) throws CrowdedLineException {
        boolean brackets = part && operands.size() > Operators.OPERANDS;
        page.write(brackets ? "(" : "");
        String separator = "";
        for (Term left : operands.subList(0, operands.size() - 1)) {
            page.write(separator);
            operand(left, true);
            separator = ", ";
        }
        page.write(" in ");
        operand(operands.getLast(), true);
        page.write(brackets ? ")" : "");
    }

    /** An {@code in} was written, perhaps for a call of the function it stands for. */
    boolean wroteIn() {
        return wroteIn;
    }

    /** What cannot be written, found so far. */
    List<RegoError> problems() {
        return problems;
    }

    /** False where an operator has too few operands or too many; that is noted. */
    boolean hasOperands(Term.Call call, int count) {
        boolean fits = call.args().size() == count;
        if (!fits) {
            Location at = call.at();
            String message = Operators.name(call) + ": arity mismatch";
            problems.add(new RegoError(RegoError.TYPE, message, at.file(), at.row(), at.column(), Optional.empty()));
        }
        return fits;
    }

    private void template(Term.Template template) throws CrowdedLineException {
        String quote = template.raw() ? "`" : "\"";
        page.write("$" + quote);
        List<Expr> parts = template.parts();
        for (int i = 0; i < parts.size(); i++) {
            Expr part = parts.get(i);
            if (hasComment(part)) {
                interpolated(part, i + 1 < parts.size() ? parts.get(i + 1) : null);
            } else if (part.form() instanceof Expr.Holds(Term.Const(Str text, Location _))) {
                page.write(escaped(text.value(), template.raw()));
            } else if (part.form() instanceof Expr.Holds(Term.Const constant) && isShown(constant)) {
                page.write(constant.value().toJson());
            } else {
                interpolated(part, i + 1 < parts.size() ? parts.get(i + 1) : null);
            }
        }
        page.write(quote);
    }

    /** Between the brace and the expression; without one a constant becomes part of the text. Text begins behind a quote or a brace. */
    private boolean hasComment(Expr part) {
        Extent extent = layout.of(part);
        String before = extent.source().substring(0, extent.start());
        boolean text = before.endsWith("\"") || before.endsWith("`") || before.endsWith("}");
        return !text && !before.stripTrailing().endsWith("{");
    }

    private static boolean isShown(Term.Const constant) {
        return constant.value() instanceof Num || constant.value() instanceof Bool || constant.value() instanceof Null;
    }

    private static String escaped(String text, boolean raw) {
        String content = text;
        if (!raw) {
            String quoted = Plain.quoted(text);
            content = quoted.substring(1, quoted.length() - 1);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < content.length(); i++) {
            boolean opens = content.charAt(i) == '{' && (i == 0 || content.charAt(i - 1) != '\\');
            out.append(opens ? "\\" : "").append(content.charAt(i));
        }
        return out.toString();
    }

    private void interpolated(Expr part, @Nullable Expr next) throws CrowdedLineException {
        page.write("{");
        page.indent();
        if (page.waiting() != null) {
            page.newLine();
        } else {
            List<Comment> above = margin.before(layout.of(part).row());
            if (!above.isEmpty()) {
                page.write(" ");
                page.stayInLine();
                margin.write(above);
                margin.drop(above);
            }
        }
        bodies.expression(part);
        if (next != null) {
            List<Comment> below = margin.before(layout.of(next).row());
            if (!below.isEmpty()) {
                page.endLine();
                margin.write(below);
                margin.drop(below);
                page.startLine();
            }
        }
        page.write("}");
        page.dedent();
    }

    Sequences sequences() {
        return sequences;
    }
}
