package dev.hufu.rego.explain;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.check.Program;
import dev.hufu.rego.explain.Recorded.BodyNode;
import dev.hufu.rego.explain.Recorded.Called;
import dev.hufu.rego.explain.Recorded.DocumentNode;
import dev.hufu.rego.explain.Recorded.LineNode;
import dev.hufu.rego.plan.Tracer;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Statements.Statement;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Trace} of what an evaluation tells: what happens again and again is counted, not repeated. One evaluation, one
 * thread.
 */
final class Recorder implements Tracer {
    private static final int MAX_KNOWN = 4;
    private static final int MAX_MEMBERS = 16;
    private static final int MAX_NOTES = 1000;
    private static final int MAX_REUSED = 8;

    private final Explained program;
    private final String queryText;
    private final TraceOptions options;
    private final TermText terms = new TermText();
    private final IdentityHashMap<Object, Integer> worlds = new IdentityHashMap<>();
    private final Map<Called, DocumentNode> byCall = new HashMap<>();
    private final Map<Named, List<DocumentNode>> byName = new HashMap<>();
    private final List<DocumentNode> documents = new ArrayList<>();
    private final List<Trace.Note> notes = new ArrayList<>();
    /** What is being evaluated, outermost first. A place without a node is one that did not fit. */
    private final Deque<Open> open = new ArrayDeque<>();

    /** Lines that have held, while what stands behind them is tried. */
    private final Deque<Open> held = new ArrayDeque<>();

    private final BodyNode query;
    private int nodes;
    private boolean cut;

    private record Named(int world, String path) {}

    /** A body or a line that is being evaluated. */
    private static final class Open {
        final @Nullable BodyNode body;
        final @Nullable LineNode line;
        final int world;
        /** Its operands follow. */
        final boolean logic;
        /** A body that the compiler made, as of a template's part: whether it holds says nothing of the statement. */
        final boolean aside;

        boolean held;

        Open(@Nullable BodyNode body, int world) {
            this(body, null, world, false, false);
        }

        Open(@Nullable BodyNode body, @Nullable LineNode line, int world, boolean logic, boolean aside) {
            this.body = body;
            this.line = line;
            this.world = world;
            this.logic = logic;
            this.aside = aside;
        }
    }

    Recorder(Explained program, String queryText, TraceOptions options) {
        this.program = program;
        this.queryText = queryText;
        this.options = options;
        this.query = new BodyNode(null);
        open.addLast(new Open(query, 0));
    }

    private boolean fits() {
        cut |= nodes >= options.nodes();
        return nodes++ < options.nodes();
    }

    @Override
    public void entered(Rule rule, String path, Object world, List<Value> args) {
        int number = worlds.computeIfAbsent(world, _ -> worlds.size());
        Called call = new Called(number, path, args);
        DocumentNode document = byCall.get(call);
        if (document == null && fits()) {
            document = new DocumentNode(documents.size(), call);
            documents.add(document);
            byCall.put(call, document);
            byName.computeIfAbsent(new Named(number, path), _ -> new ArrayList<>())
                    .add(document);
        }
        BodyNode body = document == null ? null : document.bodies.get(rule);
        if (document != null && body == null && fits()) {
            body = new BodyNode(rule);
            document.bodies.put(rule, body);
            document.order.add(body);
        }
        LineNode line = open.getLast().line;
        if (line != null && document != null) {
            line.documents.add(document.id);
        }
        open.addLast(new Open(body, number));
    }

    @Override
    public void key(Value key) {
        BodyNode body = open.getLast().body;
        if (body != null) {
            body.keys.add(key);
        }
    }

    @Override
    public void gave(Value value) {
        BodyNode body = open.getLast().body;
        if (body == null) {
            return;
        }
        body.held++;
        Value shown = value;
        if (!body.keys.isEmpty()) {
            body.keys.add(value);
            shown = Arr.of(body.keys);
            body.keys.clear();
        }
        if (body.given.size() < MAX_MEMBERS) {
            body.given.add(shown);
        }
    }

    @Override
    public void left() {
        Open ended = open.removeLast();
        if (ended.body != null) {
            ended.body.keys.clear();
        }
    }

    @Override
    public void reached(Expr expr, Object world) {
        terms.learn(expr);
        int number = worlds.computeIfAbsent(world, _ -> worlds.size());
        Open around = open.getLast();
        Statement statement = statement(expr, around);
        LineNode line = null;
        boolean aside = false;
        if (around.body != null) {
            line = line(around.body.lines, statement);
        } else if (around.line != null) {
            // a body inside the expression; what else the compiler made of the same statement belongs to it
            aside = around.line.statement.equals(statement);
            line = aside ? around.line : line(around.line.inner, statement);
        }
        if (line != null && !aside) {
            line.reached += line.order.isEmpty() || isSame(expr, line.order.getFirst()) ? 1 : 0;
            if (line.parts.putIfAbsent(expr, false) == null) {
                line.order.add(expr);
                line.reads.addAll(program.reads(expr).documents());
            }
        }
        open.addLast(new Open(null, line, number, expr.form() instanceof Expr.Logic, aside));
    }

    /** The statement that it belongs to; operators among another's operands are part of the other. */
    private Statement statement(Expr expr, Open around) {
        if (expr.at().file().equals(Program.QUERY)) {
            return new Statement(expr.at(), queryText, 0, queryText.length());
        }
        return around.logic && around.line != null && Explained.joins(expr)
                ? around.line.statement
                : program.statement(expr);
    }

    @SuppressWarnings("ReferenceEquality") // each expression is told as the same object
    private static boolean isSame(Expr one, Expr other) {
        return one == other;
    }

    private @Nullable LineNode line(Map<Statement, LineNode> lines, Statement statement) {
        LineNode known = lines.get(statement);
        if (known == null && fits()) {
            known = new LineNode(statement);
            lines.put(statement, known);
        }
        return known;
    }

    @Override
    public void held() {
        Open line = open.removeLast();
        line.held = true;
        held.addLast(line);
    }

    @Override
    public void resumed(Expr expr) {
        open.addLast(held.removeLast());
    }

    @Override
    public void exhausted(Expr expr, Supplier<Map<Term, Value>> known) {
        Open ended = open.removeLast();
        LineNode line = ended.line;
        if (line == null) {
            return;
        }
        if (ended.aside) {
            line.reads.addAll(program.reads(expr).documents());
            reuse(line, expr, ended.world);
            return;
        }
        if (ended.held) {
            line.parts.put(expr, true);
        } else {
            line.failed++;
        }
        reuse(line, expr, ended.world);
        List<Map<String, Value>> kept = ended.held ? line.successes : line.failures;
        if (options.values() && kept.size() < MAX_KNOWN) {
            Map<String, Value> shown = new LinkedHashMap<>();
            known.get().forEach((term, value) -> shown.put(bounded(terms.of(term)), bounded(value)));
            if (!shown.isEmpty() && !kept.contains(shown)) {
                kept.add(shown);
            }
        }
    }

    /** What it asked for and another expression had made known before. */
    private void reuse(LineNode line, Expr expr, int world) {
        if (!expr.withs().isEmpty()) {
            return;
        }
        for (Reads.Asked asked : program.reads(expr).rules()) {
            List<DocumentNode> all = byName.getOrDefault(new Named(world, asked.rule()), List.of());
            boolean known = all.stream().anyMatch(one -> line.documents.contains(one.id));
            if (!known) {
                all.stream()
                        .filter(one -> one.call.args().isEmpty()
                                || asked.key() == null
                                || one.call.args().contains(asked.key()))
                        .limit(MAX_REUSED)
                        .forEach(one -> line.documents.add(one.id));
            }
        }
    }

    @Override
    public void note(Location at, Value text) {
        if (notes.size() < MAX_NOTES) {
            String said = text instanceof Str plain ? plain.value() : text.toString();
            notes.add(new Trace.Note(place(at), bounded(said)));
        } else {
            cut = true;
        }
    }

    private String bounded(String text) {
        return text.codePointCount(0, text.length()) <= options.textLength()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, options.textLength())) + "…";
    }

    /** A value that is too long says only what it is; half of one would say something else. */
    private Value bounded(Value value) {
        if (value instanceof Str text) {
            return new Str(bounded(text.value()));
        }
        return value.toString().length() <= options.textLength() ? value : new Str("(" + value.typeName() + ")");
    }

    private static Trace.Place place(Location at) {
        return new Trace.Place(at.file(), at.row(), at.column());
    }

    Trace trace(Optional<Value> value, @Nullable String error) {
        return new Trace(
                options.values() ? value : Optional.empty(),
                Optional.ofNullable(error),
                lines(query.lines),
                documents.stream().map(this::document).toList(),
                notes,
                cut);
    }

    private Trace.Document document(DocumentNode node) {
        boolean partial = node.order.stream().anyMatch(body -> body.rule != null && program.isPartial(body.rule));
        Set<Value> given = new LinkedHashSet<>();
        boolean byDefault = false;
        for (BodyNode body : node.order) {
            given.addAll(body.given);
            byDefault |= body.rule != null && body.rule.isDefault() && body.held > 0;
        }
        Trace.State state = Trace.State.HELD;
        if (given.isEmpty()) {
            state = Trace.State.UNDEFINED;
        } else if (!partial && given.contains(Bool.FALSE)) {
            state = Trace.State.FALSE;
        }
        Value whole = partial
                ? Arr.of(List.copyOf(given))
                : given.stream().findFirst().orElse(null);
        return new Trace.Document(
                node.id,
                node.call.path(),
                options.values() ? node.call.args().stream().map(this::bounded).toList() : List.of(),
                state,
                byDefault,
                options.values() ? Optional.ofNullable(whole).map(this::bounded) : Optional.empty(),
                node.order.stream()
                        .map(body -> body(body, node.call.args().isEmpty()))
                        .toList());
    }

    private Trace.Body body(BodyNode node, boolean constant) {
        Rule rule = java.util.Objects.requireNonNull(node.rule);
        Trace.Kind kind =
                rule.isDefault() ? Trace.Kind.DEFAULT : program.isElse(rule) ? Trace.Kind.ELSE : Trace.Kind.BODY;
        Statement head = program.statement(rule.at());
        List<Trace.Line> lines = lines(node.lines);
        if (constant) {
            lines = lines.stream().filter(line -> !isConstant(line, rule.at())).toList();
        }
        return new Trace.Body(place(rule.at()), bounded(head.text()), kind, node.held, lines);
    }

    /** What the compiler made of a head that is a value as written. */
    private static boolean isConstant(Trace.Line line, Location head) {
        return line.held()
                && line.at().equals(place(head))
                && line.reads().isEmpty()
                && line.documents().isEmpty()
                && line.inner().isEmpty();
    }

    private List<Trace.Line> lines(Map<Statement, LineNode> nodes) {
        return nodes.values().stream().map(node -> line(node, false)).toList();
    }

    private static boolean isNegated(Expr expr) {
        return expr.negated() || (expr.form() instanceof Expr.Logic logic && logic.operator() == Expr.Operator.NOT);
    }

    /** @param always it has to hold each time, as in {@code every}; else once is enough */
    private Trace.Line line(LineNode node, boolean always) {
        Expr failing = node.order.stream()
                .filter(part -> !java.util.Objects.requireNonNullElse(node.parts.get(part), false))
                .findFirst()
                .orElse(null);
        boolean held = failing == null && !(always && node.failed > 0);
        boolean fails = failing != null && failing.form() instanceof Expr.Every;
        return new Trace.Line(
                place(node.statement.at()),
                bounded(node.statement.text()),
                node.order.stream().anyMatch(Recorder::isNegated),
                node.order.stream().anyMatch(Explained::joins),
                held,
                node.reached,
                failing == null || fails || node.order.size() == 1 ? "" : bounded(terms.of(failing)),
                held ? node.successes : node.failures,
                List.copyOf(node.reads),
                List.copyOf(node.documents),
                node.inner.values().stream().map(inner -> line(inner, fails)).toList());
    }
}
