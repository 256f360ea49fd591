package dev.hufu.rego.plan;

import dev.hufu.rego.Budget;
import dev.hufu.rego.Value;
import dev.hufu.rego.check.TermWalk;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Steps that a plan made for a {@link Tracer} has between the others. An ordinary plan has none of them. */
final class Probes {
    private static final Set<String> NOTES = Set.of("internal.template_string", "trace");

    private Probes() {}

    /** An evaluation that is listened to. */
    static final class Run extends Evaluation {
        private final Tracer tracer;

        Run(World world, Budget budget, Clock clock, Tracer tracer) {
            super(world, budget, clock);
            this.tracer = tracer;
        }
    }

    /** The listener, which every evaluation of a traced plan has. */
    private static Tracer tracer(Frame frame) {
        return ((Run) frame.run).tracer;
    }

    static void around(BodyPlanner planner, Expr expr, Runnable planning) {
        planner.emit(new Reach(expr, watched(planner, expr)));
        planning.run();
        planner.emit(new Hold(expr));
    }

    /** The value of a query's last expression. */
    static Eval value(BodyPlanner planner, Expr expr, Term term) {
        List<Term.Var> kept = new ArrayList<>();
        around(planner, expr, () -> kept.add(planner.keep(planner.terms().eval(term), expr.at())));
        return planner.terms().eval(kept.getFirst());
    }

    /** A statement that only says something: {@code print}, rewritten to the text that it makes, and {@code trace}. */
    static boolean isNote(Expr expr) {
        return expr.form() instanceof Expr.Holds holds
                && holds.term() instanceof Term.Call call
                && call.function() instanceof Term.Var function
                && NOTES.contains(function.name());
    }

    static Term noted(Expr expr) {
        Term.Call call = (Term.Call) ((Expr.Holds) expr.form()).term();
        boolean trace = ((Term.Var) call.function()).name().equals("trace");
        return trace ? call.args().getFirst() : call;
    }

    /** Variables and references to documents from outside: nothing whose evaluation would be told itself. */
    private static Map<Term, Eval> watched(BodyPlanner planner, Expr expr) {
        Map<Term, Eval> watched = new LinkedHashMap<>();
        TermWalk.direct(expr, term -> {
            boolean shown = term instanceof Term.Ref || (term instanceof Term.Var && !TermPlanner.isRoot(term));
            if (!shown || !planner.isGround(term) || watched.containsKey(term)) {
                return;
            }
            BodyPlanner aside = planner.aside();
            Eval eval = aside.terms().eval(term);
            if (aside.isEmpty() && isPeek(eval)) {
                watched.put(term, eval);
            }
        });
        return watched;
    }

    private static boolean isPeek(Eval eval) {
        return switch (eval) {
            case Evals.Base _, Evals.Input _, Evals.Slot _, Evals.Constant _ -> true;
            case Evals.Field field -> isPeek(field.of());
            case Evals.Element element -> isPeek(element.of()) && isPeek(element.key());
            default -> false;
        };
    }

    static final class Enter extends Step {
        private final Rule rule;
        private final String path;
        private final int args;

        Enter(Rule rule, String path, int args) {
            this.rule = rule;
            this.path = path;
            this.args = args;
        }

        @Override
        boolean run(Frame frame) {
            List<Value> given = new ArrayList<>();
            for (int i = 0; i < args; i++) {
                Value arg = frame.slots[i];
                if (arg != null) {
                    given.add(arg);
                }
            }
            Tracer tracer = tracer(frame);
            tracer.entered(rule, path, frame.run.world, given);
            boolean stop = next.run(frame);
            tracer.left();
            return stop;
        }
    }

    static final class Reach extends Step {
        private final Expr expr;
        private final Map<Term, Eval> watched;

        Reach(Expr expr, Map<Term, Eval> watched) {
            this.expr = expr;
            this.watched = watched;
        }

        @Override
        boolean run(Frame frame) {
            Tracer tracer = tracer(frame);
            tracer.reached(expr, frame.run.world);
            boolean stop = next.run(frame);
            tracer.exhausted(expr, () -> known(frame));
            return stop;
        }

        private Map<Term, Value> known(Frame frame) {
            Map<Term, Value> known = new LinkedHashMap<>();
            watched.forEach((term, eval) -> {
                Value value = eval.eval(frame);
                if (value != null) {
                    known.put(term, value);
                }
            });
            return known;
        }
    }

    static final class Hold extends Step {
        private final Expr expr;

        Hold(Expr expr) {
            this.expr = expr;
        }

        @Override
        boolean run(Frame frame) {
            Tracer tracer = tracer(frame);
            tracer.held();
            boolean stop = next.run(frame);
            tracer.resumed(expr);
            return stop;
        }
    }

    /** Says something and goes on, whatever it is. */
    static final class Note extends Step {
        private final Location at;
        private final Eval text;

        Note(Location at, Eval text) {
            this.at = at;
            this.text = text;
        }

        @Override
        boolean run(Frame frame) {
            Value said = text.eval(frame);
            if (said != null) {
                tracer(frame).note(at, said);
            }
            return next.run(frame);
        }
    }

    /** A key or value of a head. */
    record Seen(Eval of, boolean key) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value value = of.eval(frame);
            if (value != null) {
                if (key) {
                    tracer(frame).key(value);
                } else {
                    tracer(frame).gave(value);
                }
            }
            return value;
        }

        @Override
        public @Nullable Value constant() {
            return of.constant();
        }
    }
}
