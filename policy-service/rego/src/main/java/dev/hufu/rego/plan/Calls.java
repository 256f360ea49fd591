package dev.hufu.rego.plan;

import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.builtin.BuiltinException;
import dev.hufu.rego.builtin.Fn;
import dev.hufu.rego.builtin.Registry;
import org.jspecify.annotations.Nullable;

/** Calls of builtins and function rules. */
@SuppressWarnings("ArrayRecordComponent") // operands: made here, never compared, never changed
final class Calls {
    private static final int SHORT = 1_024;

    private Calls() {}

    /** A builtin as something that a mock can be. */
    record BuiltinCall(Registry.Builtin builtin, boolean strict) implements Callable {
        @Override
        public @Nullable Value invoke(Evaluation run, Value[] args, String where) {
            run.meter.step();
            for (Value arg : args) {
                run.meter.operand(arg);
            }
            try {
                return made(run, builtin.function().call(run, args));
            } catch (BuiltinException error) {
                return failed(builtin.name(), where, strict, error);
            }
        }

        @Override
        public Object identity() {
            return builtin.name();
        }
    }

    /** Text that a builtin made counts as much as what rules make. */
    private static @Nullable Value made(Evaluation run, @Nullable Value result) {
        if (result instanceof Str text && text.value().length() > SHORT) {
            run.meter.size(text.value().length());
        }
        return result;
    }

    static @Nullable Value failed(String name, String where, boolean strict, BuiltinException error) {
        if (strict) {
            throw new EvaluationException(error.code(), where, name + ": " + error.getMessage());
        }
        return null;
    }

    static Eval builtin(Registry.Builtin builtin, Eval[] args, boolean strict, String where) {
        return switch (builtin.function()) {
            case Fn.Unary function -> new Unary(builtin, function, args[0], strict, where);
            case Fn.Binary function -> new Binary(builtin, function, args[0], args[1], strict, where);
            default -> new General(new BuiltinCall(builtin, strict), args, where);
        };
    }

    private static @Nullable Value mocked(Evaluation run, Object identity, Value... args) {
        World.Mock mock = run.world.mocks().get(identity);
        return switch (mock) {
            case World.ByValue constant -> constant.value();
            case World.ByFunction function -> {
                World outside = run.world;
                run.world = outside.withoutMocks();
                Value value = function.function().invoke(run, args, "");
                run.world = outside;
                yield value;
            }
            case null -> null;
        };
    }

    private static boolean isMocked(Evaluation run, Object identity) {
        return !run.world.mocks().isEmpty() && run.world.mocks().containsKey(identity);
    }

    private record Unary(Registry.Builtin builtin, Fn.Unary function, Eval arg, boolean strict, String where)
            implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value a = arg.eval(frame);
            if (a == null) {
                return null;
            }
            Evaluation run = frame.run;
            if (isMocked(run, builtin.name())) {
                return mocked(run, builtin.name(), a);
            }
            run.meter.step();
            run.meter.operand(a);
            try {
                return made(run, function.call1(run, a));
            } catch (BuiltinException error) {
                return failed(builtin.name(), where, strict, error);
            }
        }
    }

    private record Binary(
            Registry.Builtin builtin, Fn.Binary function, Eval left, Eval right, boolean strict, String where)
            implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value a = left.eval(frame);
            Value b = a == null ? null : right.eval(frame);
            if (a == null || b == null) {
                return null;
            }
            Evaluation run = frame.run;
            if (isMocked(run, builtin.name())) {
                return mocked(run, builtin.name(), a, b);
            }
            run.meter.step();
            run.meter.operand(a);
            run.meter.operand(b);
            try {
                return made(run, function.call2(run, a, b));
            } catch (BuiltinException error) {
                return failed(builtin.name(), where, strict, error);
            }
        }
    }

    /** Any number of arguments, a builtin or a function rule. */
    record General(Callable function, Eval[] args, String where) implements Eval {
        @Override
        public @Nullable Value eval(Frame frame) {
            Value[] values = new Value[args.length];
            for (int i = 0; i < args.length; i++) {
                Value value = args[i].eval(frame);
                if (value == null) {
                    return null;
                }
                values[i] = value;
            }
            Evaluation run = frame.run;
            return isMocked(run, function.identity())
                    ? mocked(run, function.identity(), values)
                    : function.invoke(run, values, where);
        }
    }
}
