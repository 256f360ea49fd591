package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why a query has its value, or none: from its lines to the rules that made them hold or fail, and from those to the documents
 * from outside that they read. Of a rule that holds the bodies that held are told; of one that does not, what failed first in
 * each.
 *
 * @param cut whether something was left out, here or in the trace
 */
public record Explanation(
        Optional<Value> value, Optional<String> error, List<Step> query, List<Trace.Note> notes, boolean cut) {
    private static final int MAX_DEPTH = 60;
    private static final int MAX_REASONS = 5_000;

    public Explanation {
        query = List.copyOf(query);
        notes = List.copyOf(notes);
    }

    /**
     * A line that held, or the one that failed.
     *
     * @param line without its documents and inner lines, which are {@code because} and {@code inner}
     * @param because rules that decided it: those that have a value where that is what held or, behind {@code not}, what failed
     * @param inner lines of bodies inside it
     */
    public record Step(Trace.Line line, List<Reason> because, List<Step> inner) {
        public Step {
            because = List.copyOf(because);
            inner = List.copyOf(inner);
        }
    }

    /**
     * A rule, or a call of a function.
     *
     * @param document without its bodies
     * @param told it is explained elsewhere in the tree, and here only named
     */
    public record Reason(Trace.Document document, boolean told, List<Clause> clauses) {
        public Reason {
            clauses = List.copyOf(clauses);
        }
    }

    /**
     * A body that held, or that could have.
     *
     * @param body without its lines
     * @param steps all where it held; else those up to the one that failed, of which only that is explained
     */
    public record Clause(Trace.Body body, List<Step> steps) {
        public Clause {
            steps = List.copyOf(steps);
        }
    }

    public static Explanation of(Trace trace) {
        Telling telling = new Telling(trace);
        List<Step> query = telling.query(trace.query());
        return new Explanation(trace.value(), trace.error(), query, trace.notes(), trace.cut() || telling.cut);
    }

    /** Tells each document once. */
    private static final class Telling {
        private final Trace trace;
        private final Set<Integer> told = new HashSet<>();
        private boolean cut;

        Telling(Trace trace) {
            this.trace = trace;
        }

        /** Whatever a query asks for is wanted. */
        List<Step> query(List<Trace.Line> lines) {
            return lines.stream()
                    .map(line -> new Step(
                            bare(line),
                            line.documents().stream()
                                    .map(id -> reason(trace.documents().get(id), 1))
                                    .toList(),
                            steps(line.inner(), true, 1)))
                    .toList();
        }

        List<Step> steps(List<Trace.Line> lines, boolean explained, int depth) {
            List<Step> steps = new ArrayList<>();
            for (Trace.Line line : lines) {
                steps.add(explained || !line.held() ? step(line, depth) : new Step(bare(line), List.of(), List.of()));
                if (!line.held()) {
                    break;
                }
            }
            return steps;
        }

        private Step step(Trace.Line line, int depth) {
            boolean wanted = line.held() != line.negated();
            List<Trace.Document> asked = line.documents().stream()
                    .map(trace.documents()::get)
                    .filter(one -> !isConstant(one))
                    .toList();
            List<Trace.Document> decided =
                    asked.stream().filter(one -> holds(one) == wanted).toList();
            List<Reason> because = new ArrayList<>();
            for (Trace.Document one : decided.isEmpty() && !line.held() ? asked : decided) {
                because.add(reason(one, depth + 1));
            }
            return new Step(bare(line), because, depth > MAX_DEPTH ? List.of() : inner(line, wanted, depth + 1));
        }

        /** Of what holds that which did; of what does not the first that did not; of operands each that was tried. */
        private List<Step> inner(Trace.Line line, boolean wanted, int depth) {
            if (line.joined()) {
                return line.inner().stream().map(one -> step(one, depth)).toList();
            }
            return steps(wanted ? line.inner().stream().filter(Trace.Line::held).toList() : line.inner(), true, depth);
        }

        /** A rule that always has the same value explains nothing. */
        private static boolean isConstant(Trace.Document document) {
            return holds(document)
                    && document.bodies().size() == 1
                    && document.bodies().getFirst().lines().isEmpty();
        }

        private static boolean holds(Trace.Document document) {
            return document.state() == Trace.State.HELD;
        }

        private Reason reason(Trace.Document document, int depth) {
            Trace.Document bare = new Trace.Document(
                    document.id(),
                    document.path(),
                    document.args(),
                    document.state(),
                    document.byDefault(),
                    document.value(),
                    List.of());
            if (told.size() >= MAX_REASONS || depth > MAX_DEPTH) {
                cut = true;
                return new Reason(bare, true, List.of());
            }
            if (!told.add(document.id())) {
                return new Reason(bare, true, List.of());
            }
            boolean decided = document.state() != Trace.State.UNDEFINED && !document.byDefault();
            List<Clause> clauses = new ArrayList<>();
            for (Trace.Body body : document.bodies()) {
                if (decided == body.held() > 0 && body.kind() != Trace.Kind.DEFAULT) {
                    Trace.Body head = new Trace.Body(body.at(), body.head(), body.kind(), body.held(), List.of());
                    clauses.add(new Clause(head, steps(body.lines(), decided, depth)));
                }
            }
            return new Reason(bare, false, clauses);
        }

        private static Trace.Line bare(Trace.Line line) {
            return new Trace.Line(
                    line.at(),
                    line.text(),
                    line.negated(),
                    line.joined(),
                    line.held(),
                    line.reached(),
                    line.failed(),
                    line.known(),
                    line.reads(),
                    List.of(),
                    List.of());
        }
    }

    /** Values by name, of the first time; for those who print. */
    static Map<String, Value> known(Step step) {
        return step.line().known().isEmpty() ? Map.of() : step.line().known().getFirst();
    }
}
