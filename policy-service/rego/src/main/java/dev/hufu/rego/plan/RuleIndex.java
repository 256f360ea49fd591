package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Picks, by the value of one reference that many of a name's bodies compare with constants, the bodies worth a try. */
final class RuleIndex {
    static final RuleIndex NONE = new RuleIndex(null, Map.of(), new int[0]);

    private final @Nullable Eval key;
    private final Map<Value, int[]> byValue;
    /** Those that do not depend on the reference. */
    private final int[] others;

    private RuleIndex(@Nullable Eval key, Map<Value, int[]> byValue, int[] others) {
        this.key = key;
        this.byValue = byValue;
        this.others = others;
    }

    /** @param wanted for each body the value that it needs, null where it needs none */
    static RuleIndex of(Eval key, @Nullable Value[] wanted) {
        Map<Value, int[]> byValue = new HashMap<>();
        for (Value value : wanted) {
            if (value != null) {
                byValue.computeIfAbsent(value, one -> positions(wanted, one));
            }
        }
        return new RuleIndex(key, byValue, positions(wanted, null));
    }

    private static int[] positions(@Nullable Value[] wanted, @Nullable Value value) {
        int[] found = new int[wanted.length];
        int count = 0;
        for (int i = 0; i < wanted.length; i++) {
            Value needed = wanted[i];
            if (needed == null || needed.equals(value)) {
                found[count++] = i;
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    /** Positions of bodies in order; null for all. */
    int @Nullable [] candidates(Evaluation run) {
        Eval reference = key;
        if (reference == null) {
            return null;
        }
        Value value = reference.eval(new Frame(run, 0, 0));
        return value == null ? others : byValue.getOrDefault(value, others);
    }
}
