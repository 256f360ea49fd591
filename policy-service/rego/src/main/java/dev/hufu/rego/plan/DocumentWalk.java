package dev.hufu.rego.plan;

import dev.hufu.rego.Value;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Follows a path through rules and data together where some key is only known when it is evaluated, or not at all. */
final class DocumentWalk extends Step {
    /** A key that is known, or the slot that takes each one there is. */
    record Key(@Nullable Eval known, int slot) {}

    private final DocumentNode node;
    private final Key[] keys;
    private final int resultSlot;

    DocumentWalk(DocumentNode node, List<Key> keys, int resultSlot) {
        this.node = node;
        this.keys = keys.toArray(Key[]::new);
        this.resultSlot = resultSlot;
    }

    @Override
    boolean run(Frame frame) {
        return inTree(frame, node, frame.run.world.base(node.path()), 0);
    }

    private boolean inTree(Frame frame, DocumentNode at, @Nullable Value base, int depth) {
        if (frame.run.world.isReplaced(at.path())) {
            return base != null && inValue(frame, base, depth);
        }
        if (at.group() instanceof FunctionGroup) {
            return false;
        }
        if (depth == keys.length || at.group() != null) {
            return inGroup(frame, at, base, depth);
        }
        Key key = keys[depth];
        if (key.known != null) {
            Value value = key.known.eval(frame);
            return value != null && under(frame, at, base, value, depth);
        }
        TreeSet<Value> found = new TreeSet<>(at.keys());
        for (int i = 0; i < Steps.sizeOf(base); i++) {
            Value one = Steps.keyAt(base, i);
            if (one != null) {
                found.add(one);
            }
        }
        for (Value one : found) {
            frame.run.meter.step();
            frame.slots[key.slot] = one;
            if (under(frame, at, base, one, depth)) {
                return true;
            }
        }
        return false;
    }

    private boolean under(Frame frame, DocumentNode at, @Nullable Value base, Value key, int depth) {
        DocumentNode child = at.child(key);
        Value below = base == null ? null : base.get(key);
        if (child != null) {
            return inTree(frame, child, below, depth + 1);
        }
        return below != null && inValue(frame, below, depth + 1);
    }

    private boolean inGroup(Frame frame, DocumentNode at, @Nullable Value base, int depth) {
        Group group = at.group();
        if (group instanceof DocumentGroup && depth < keys.length && keys[depth].known != null) {
            Value key = keys[depth].known.eval(frame);
            Value value = key == null ? null : group.value(frame.run, key);
            return value != null && inValue(frame, value, depth + 1);
        }
        Value value = at.value(frame.run, base);
        return value != null && inValue(frame, value, depth);
    }

    private boolean inValue(Frame frame, Value value, int depth) {
        if (depth == keys.length) {
            frame.slots[resultSlot] = value;
            return next.run(frame);
        }
        Key key = keys[depth];
        if (key.known != null) {
            Value at = key.known.eval(frame);
            Value below = at == null ? null : value.get(at);
            return below != null && inValue(frame, below, depth + 1);
        }
        for (int i = 0; i < Steps.sizeOf(value); i++) {
            frame.run.meter.step();
            frame.slots[key.slot] = Steps.keyAt(value, i);
            Value below = Steps.valueAt(value, i);
            if (below != null && inValue(frame, below, depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
