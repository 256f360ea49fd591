package dev.hufu.rego.plan;

import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code with}: another world for one expression, the old one for what follows it. */
final class With {
    private With() {}

    /** What is replaced. */
    sealed interface Target {}

    record InputAt(List<Value> path, Eval value) implements Target {}

    record DataAt(List<Value> path, Eval value) implements Target {}

    record FunctionBy(Object identity, Callable by) implements Target {}

    record FunctionValue(Object identity, Eval value) implements Target {}

    static final class Begin extends Step {
        private final List<Target> targets;
        private final String where;

        Begin(List<Target> targets, String where) {
            this.targets = List.copyOf(targets);
            this.where = where;
        }

        @Override
        boolean run(Frame frame) {
            World outside = frame.run.world;
            World inside = derive(frame, outside);
            if (inside == null) {
                return false;
            }
            frame.run.world = inside;
            boolean stop = next.run(frame);
            frame.run.world = outside;
            return stop;
        }

        private @Nullable World derive(Frame frame, World outside) {
            Value input = outside.input();
            Value data = outside.data();
            List<List<Value>> replaced = outside.replaced();
            Map<Object, World.Mock> mocks = outside.mocks();
            for (Target target : targets) {
                switch (target) {
                    case InputAt at -> {
                        Value value = at.value.eval(frame);
                        if (value == null) {
                            return null;
                        }
                        input = put(input, at.path, 0, value);
                    }
                    case DataAt at -> {
                        Value value = at.value.eval(frame);
                        if (value == null) {
                            return null;
                        }
                        data = put(data, at.path, 0, value);
                        replaced = new ArrayList<>(replaced);
                        replaced.add(at.path);
                    }
                    case FunctionBy by -> {
                        mocks = new HashMap<>(mocks);
                        mocks.put(by.identity, new World.ByFunction(by.by));
                    }
                    case FunctionValue by -> {
                        Value value = by.value.eval(frame);
                        if (value == null) {
                            return null;
                        }
                        mocks = new HashMap<>(mocks);
                        mocks.put(by.identity, new World.ByValue(value));
                    }
                }
            }
            return new World(input, data, replaced, mocks, new Object[outside.cache().length], outside);
        }

        /** The document with the value at the path; what stands in the way and is no object is an error. */
        private Value put(@Nullable Value document, List<Value> path, int at, Value value) {
            if (at == path.size()) {
                return value;
            }
            Value key = path.get(at);
            if (document == null) {
                return Obj.of(key, put(null, path, at + 1, value));
            }
            if (!(document instanceof Obj object)) {
                if (at > 0) {
                    return put(null, path, at, value);
                }
                throw new EvaluationException(
                        EvaluationException.WITH_MERGE, where, "real and replacement data could not be merged");
            }
            return new ObjBuilder()
                    .putAll(object)
                    .put(key, put(object.get(key), path, at + 1, value))
                    .build();
        }
    }

    static final class End extends Step {
        @Override
        boolean run(Frame frame) {
            World inside = frame.run.world;
            frame.run.world = Objects.requireNonNull(inside.outer());
            boolean stop = next.run(frame);
            frame.run.world = inside;
            return stop;
        }
    }
}
