package dev.hufu.rego.plan;

import dev.hufu.rego.Budget;
import dev.hufu.rego.BudgetExceededException;
import dev.hufu.rego.BudgetExceededException.Limit;

/** Holds one evaluation to its budget. */
final class Meter {
    private static final int CLOCK_EVERY = 512;

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

    private void checkTime() {
        untilClock = CLOCK_EVERY;
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new BudgetExceededException(Limit.TIME, budget.time().toMillis());
        }
    }

    void size(long made) {
        sizeLeft -= made;
        if (sizeLeft < 0 || made < 0) {
            throw new BudgetExceededException(Limit.SIZE, budget.size());
        }
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
