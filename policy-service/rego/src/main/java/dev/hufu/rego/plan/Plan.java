package dev.hufu.rego.plan;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Budget;
import dev.hufu.rego.BudgetExceededException;
import dev.hufu.rego.Coverage;
import dev.hufu.rego.Obj;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.check.Program;
import dev.hufu.rego.check.Signatures;
import dev.hufu.rego.syntax.Expr;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A program ready to run. Immutable; any number of threads evaluate its queries at once. */
public final class Plan {
    private final Program program;
    private final Linker linker;
    private final Clock clock;

    public Plan(Program program, Signatures signatures, boolean strict, Clock clock, @Nullable Coverage coverage) {
        this(program, signatures, strict, clock, coverage, false);
    }

    private Plan(
            Program program,
            Signatures signatures,
            boolean strict,
            Clock clock,
            @Nullable Coverage coverage,
            boolean traced) {
        this.program = program;
        this.linker = new Linker(program.root(), signatures, strict, coverage, traced);
        this.clock = clock;
    }

    /** A plan whose evaluations tell a {@link Tracer}; slower, and of the same results. */
    public static Plan traced(Program program, Signatures signatures, boolean strict, Clock clock) {
        return new Plan(program, signatures, strict, clock, null, true);
    }

    /** A query with one value. */
    public final class Single {
        private final Definition definition;
        private final Code.Size size;
        private final int places = linker.places();

        private Single(Definition definition) {
            this.definition = definition;
            this.size = definition.size();
        }

        public Optional<Value> evaluate(@Nullable Value input, @Nullable Value data, Budget budget) {
            return evaluate(start(input, data, budget, places), budget);
        }

        /** Tells the tracer, on this thread; of a plan made for it only. */
        public Optional<Value> trace(@Nullable Value input, @Nullable Value data, Budget budget, Tracer tracer) {
            return evaluate(new Probes.Run(World.of(input, data, places), budget, clock, tracer), budget);
        }

        private Optional<Value> evaluate(Evaluation run, Budget budget) {
            try {
                return Optional.ofNullable(run.meter.result(definition.eval(size.frame(run))));
            } catch (StackOverflowError deep) {
                throw tooDeep(budget);
            }
        }
    }

    /** A query with rows of variables. */
    public final class Rows {
        private final Code code;
        private final Eval rows;
        private final int places = linker.places();

        private Rows(Code code, Eval rows) {
            this.code = code;
            this.rows = rows;
        }

        public List<Obj> evaluate(@Nullable Value input, @Nullable Value data, Budget budget) {
            Value found;
            try {
                Evaluation run = start(input, data, budget, places);
                found = run.meter.result(rows.eval(code.size().frame(run)));
            } catch (StackOverflowError deep) {
                throw tooDeep(budget);
            }
            List<Obj> result = new ArrayList<>();
            if (found instanceof Arr array) {
                array.forEach(row -> result.add((Obj) row));
            }
            return result;
        }
    }

    /** An evaluation owns all that it changes, so one that outgrew the thread's stack leaves nothing half done. */
    private static BudgetExceededException tooDeep(Budget budget) {
        return new BudgetExceededException(BudgetExceededException.Limit.DEPTH, budget.depth());
    }

    private Evaluation start(@Nullable Value input, @Nullable Value data, Budget budget, int places) {
        return new Evaluation(World.of(input, data, places), budget, clock);
    }

    public synchronized Single single(String text) throws RegoCompileException {
        Program.Query query = program.query(text);
        Slots slots = new Slots();
        BodyPlanner planner = new BodyPlanner(linker, slots, Set.of());
        List<Expr> before = query.body().subList(0, query.body().size() - 1);
        planner.plan(before);
        Expr last = query.body().getLast();
        Eval value;
        if (last.form() instanceof Expr.Holds holds
                && !last.negated()
                && last.withs().isEmpty()) {
            value = linker.traced()
                    ? Probes.value(planner, last, holds.term())
                    : planner.terms().eval(holds.term());
        } else {
            planner.plan(last);
            value = new Evals.Constant(Value.of(true));
        }
        Step entry = planner.link(new Yields.First(value));
        return new Single(new Definition(slots.code(entry), null, null, "query"));
    }

    public synchronized Rows rows(String text) throws RegoCompileException {
        Program.Query query = program.query(text);
        Slots slots = new Slots();
        BodyPlanner planner = new BodyPlanner(linker, slots, Set.of());
        planner.plan(query.body());
        List<Eval> names = new ArrayList<>();
        List<Eval> values = new ArrayList<>();
        for (Map.Entry<String, String> shown : query.shown().entrySet()) {
            if (planner.isBound(shown.getKey())) {
                names.add(new Evals.Constant(new Str(shown.getValue())));
                values.add(new Evals.Slot(slots.of(shown.getKey())));
            }
        }
        int cell = slots.cell();
        Step entry = planner.link(Yields.item(cell, Evals.object(names, values)));
        return new Rows(slots.code(entry), new Yields.ArrayOf(entry, cell));
    }
}
