package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import org.jspecify.annotations.Nullable;

/** The locals of one rule's body, and what it has yielded. Which slots hold a value at a step is known when it is planned. */
final class Frame {
    final Evaluation run;
    final @Nullable Value[] slots;
    /** Collectors of the comprehensions that are being evaluated. */
    final @Nullable Object[] cells;

    @Nullable
    Value result;

    @Nullable
    DocumentBuilder document;

    Frame(Evaluation run, int slots, int cells) {
        this.run = run;
        this.slots = slots == 0 ? NO_VALUES : new Value[slots];
        this.cells = cells == 0 ? NONE : new Object[cells];
    }

    private static final @Nullable Object[] NONE = new Object[0];
    private static final @Nullable Value[] NO_VALUES = new Value[0];
}
