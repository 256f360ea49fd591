package dev.hufu.rego.plan;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Lookup;
import dev.hufu.rego.Num;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Shape;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Terms that are no calls. */
@SuppressWarnings("ArrayRecordComponent") // parts: made here, never compared, never changed
final class Evals {
    private Evals() {}

    record Constant(Value value) implements Eval {
        @Override
        public Value eval(Frame frame) {
            return value;
        }

        @Override
        public Value constant() {
            return value;
        }
    }

    record Slot(int index) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            return frame.slots[index];
        }
    }

    record Input() implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            return frame.run.world.input();
        }
    }

    /** A path into the base documents that no rule shares. */
    record Base(List<Value> path) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value at = frame.run.world.data();
            for (int i = 0; i < path.size() && at != null; i++) {
                Value key = path.get(i);
                Value below = at.get(key);
                // base documents have text for keys: data[2] finds "2"
                at = below == null && key instanceof Num ? at.get(new Str(key.toString())) : below;
            }
            return at;
        }
    }

    record Document(DocumentNode node) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            return node.value(frame.run, frame.run.world.base(node.path()));
        }
    }

    record RuleValue(Group group) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            return group.value(frame.run);
        }
    }

    record RuleValueAt(Group group, Eval key) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value at = key.eval(frame);
            return at == null ? null : group.value(frame.run, at);
        }
    }

    record Field(Eval of, Lookup key) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value value = of.eval(frame);
            return value == null ? null : key.in(value);
        }
    }

    record Element(Eval of, Eval key) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value value = of.eval(frame);
            if (value == null) {
                return null;
            }
            Value at = key.eval(frame);
            return at == null ? null : value.get(at);
        }
    }

    record Undefined() implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            return null;
        }
    }

    /** Evaluates all; null where one is undefined. */
    private static Value @Nullable [] all(Eval[] items, Frame frame) {
        Value[] values = new Value[items.length];
        for (int i = 0; i < items.length; i++) {
            Value value = items[i].eval(frame);
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return values;
    }

    static Eval array(List<Eval> items) {
        Eval[] parts = items.toArray(Eval[]::new);
        return folded(items, new ArrayTerm(parts));
    }

    static Eval set(List<Eval> items) {
        return folded(items, new SetTerm(items.toArray(Eval[]::new)));
    }

    /** Keys that are known, and each once, need neither be sorted nor looked for. */
    static Eval object(List<Eval> keys, List<Eval> values) {
        List<Value> names =
                keys.stream().map(Eval::constant).filter(Objects::nonNull).toList();
        if (names.size() < keys.size() || Set.copyOf(names).size() < names.size()) {
            return new ObjectTerm(keys.toArray(Eval[]::new), values.toArray(Eval[]::new));
        }
        return folded(values, new ShapedObject(Shape.of(names), values.toArray(Eval[]::new)));
    }

    /** A collection of constants is made once. */
    private static Eval folded(List<Eval> parts, Eval made) {
        if (parts.stream().anyMatch(part -> part.constant() == null)) {
            return made;
        }
        Value value = made instanceof Folding folding ? folding.fold() : null;
        return value == null ? made : new Constant(value);
    }

    private interface Folding {
        @Nullable
        Value fold();
    }

    private static Value[] constants(Eval[] parts) {
        return Arrays.stream(parts).map(Eval::constant).toArray(Value[]::new);
    }

    private record ArrayTerm(Eval[] items) implements Eval, Folding {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value[] values = all(items, frame);
            return values == null ? null : Arr.wrap(values);
        }

        @Override
        public Value fold() {
            return Arr.of(constants(items));
        }
    }

    private record SetTerm(Eval[] items) implements Eval, Folding {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value[] values = all(items, frame);
            return values == null ? null : SetValue.of(values);
        }

        @Override
        public Value fold() {
            return SetValue.of(constants(items));
        }
    }

    private record ShapedObject(Shape shape, Eval[] values) implements Eval, Folding {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value[] members = all(values, frame);
            return members == null ? null : shape.with(members);
        }

        @Override
        public Value fold() {
            return shape.with(constants(values));
        }
    }

    private record ObjectTerm(Eval[] keys, Eval[] values) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value[] names = all(keys, frame);
            Value[] members = names == null ? null : all(values, frame);
            if (names == null || members == null) {
                return null;
            }
            ObjBuilder builder = new ObjBuilder();
            for (int i = 0; i < names.length; i++) {
                builder.put(names[i], members[i]);
            }
            return builder.build();
        }
    }
}
