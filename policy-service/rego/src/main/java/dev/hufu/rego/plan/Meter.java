package dev.hufu.rego.plan;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Budget;
import dev.hufu.rego.BudgetExceededException;
import dev.hufu.rego.BudgetExceededException.Limit;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import org.jspecify.annotations.Nullable;

/** Holds one evaluation to its budget. */
final class Meter {
    private static final int CLOCK_EVERY = 256;
    private static final int COLLECTION = 32;
    /** Text up to here costs no more than the step. */
    private static final int SHORT = 64;

    private final Budget budget;
    private final long deadlineNanos;
    private long stepsLeft;
    private long sizeLeft;
    private int untilClock = CLOCK_EVERY;
    private int depth;

    Meter(Budget budget) {
        this.budget = budget;
        this.stepsLeft = budget.steps();
        this.sizeLeft = budget.size();
        this.deadlineNanos = System.nanoTime() + budget.time().toNanos();
    }

    void step() {
        if (--stepsLeft < 0) {
            throw new BudgetExceededException(Limit.STEPS, budget.steps());
        }
        if (--untilClock < 0) {
            checkTime();
        }
    }

    void steps(long count) {
        stepsLeft -= count;
        untilClock -= (int) Math.min(count, CLOCK_EVERY);
        step();
    }

    /** A builtin is about to run on a value: what is large, or may be deep, costs more than a step. */
    void operand(Value value) {
        if (value instanceof Str text && text.value().length() < SHORT) {
            return;
        }
        switch (value) {
            case Str text -> spend(text.value().length() >> 5);
            case Arr array -> spend(COLLECTION + array.size());
            case Obj object -> spend(COLLECTION + object.size());
            case SetValue set -> spend(COLLECTION + set.size());
            case Num number -> spend(number.isLong() ? 0 : number.weight());
            case Null _, Bool _ -> {}
        }
    }

    /** No steps, but a reason to look at the clock earlier. */
    void spend(long units) {
        untilClock -= (int) Math.min(units, CLOCK_EVERY);
        if (untilClock < 0) {
            checkTime();
        }
    }

    private void checkTime() {
        untilClock = CLOCK_EVERY;
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new BudgetExceededException(Limit.TIME, budget.time().toMillis());
        }
    }

    void size(long made) {
        sizeLeft -= made;
        spend(made >> 3);
        if (sizeLeft < 0 || made < 0) {
            throw new BudgetExceededException(Limit.SIZE, budget.size());
        }
    }

    void room(long wanted) {
        if (wanted > sizeLeft) {
            throw new BudgetExceededException(Limit.SIZE, budget.size());
        }
    }

    /** Whatever it is made of, what is handed out is no larger than the budget's size. */
    @Nullable
    Value result(@Nullable Value value) {
        if (value != null && value.weight() > budget.size()) {
            throw new BudgetExceededException(Limit.SIZE, budget.size());
        }
        return value;
    }

    void enter() {
        step();
        if (++depth > budget.depth()) {
            throw new BudgetExceededException(Limit.DEPTH, budget.depth());
        }
    }

    void leave() {
        depth--;
    }
}
