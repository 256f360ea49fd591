package dev.hufu.rego.plan;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Coverage;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import org.jspecify.annotations.Nullable;

/** Expressions that are neither {@code with} nor a result. */
final class Steps {
    private Steps() {}

    /** Goes on where the term is defined and not false. */
    static final class Test extends Step {
        private final Eval term;

        Test(Eval term) {
            this.term = term;
        }

        @Override
        boolean run(Frame frame) {
            Value value = term.eval(frame);
            return value != null && !(value instanceof Bool bool && !bool.value()) && next.run(frame);
        }
    }

    /** Goes on where the term is defined, and keeps it. */
    static final class Bind extends Step {
        private final int slot;
        private final Eval term;

        Bind(int slot, Eval term) {
            this.slot = slot;
            this.term = term;
        }

        @Override
        boolean run(Frame frame) {
            Value value = term.eval(frame);
            if (value == null) {
                return false;
            }
            frame.slots[slot] = value;
            return next.run(frame);
        }
    }

    /** Notes that the row was reached. */
    static final class Cover extends Step {
        private final Coverage coverage;
        private final String file;
        private final int row;

        Cover(Coverage coverage, String file, int row) {
            this.coverage = coverage;
            this.file = file;
            this.row = row;
        }

        @Override
        boolean run(Frame frame) {
            coverage.reach(file, row);
            return next.run(frame);
        }
    }

    static final class Same extends Step {
        private final Eval left;
        private final Eval right;

        Same(Eval left, Eval right) {
            this.left = left;
            this.right = right;
        }

        @Override
        boolean run(Frame frame) {
            Value a = left.eval(frame);
            Value b = a == null ? null : right.eval(frame);
            return a != null && a.equals(b) && next.run(frame);
        }
    }

    /** Goes on where the value is an array of this length. */
    static final class IsArray extends Step {
        private final int slot;
        private final int length;

        IsArray(int slot, int length) {
            this.slot = slot;
            this.length = length;
        }

        @Override
        boolean run(Frame frame) {
            return frame.slots[slot] instanceof Arr array && array.size() == length && next.run(frame);
        }
    }

    /** Goes on where the value is an object of this size. */
    static final class IsObject extends Step {
        private final int slot;
        private final int size;

        IsObject(int slot, int size) {
            this.slot = slot;
            this.size = size;
        }

        @Override
        boolean run(Frame frame) {
            return frame.slots[slot] instanceof Obj object && object.size() == size && next.run(frame);
        }
    }

    /** Visits every element of a collection. */
    static final class Each extends Step {
        private final Eval domain;
        private final int keySlot;
        private final int valueSlot;

        Each(Eval domain, int keySlot, int valueSlot) {
            this.domain = domain;
            this.keySlot = keySlot;
            this.valueSlot = valueSlot;
        }

        @Override
        boolean run(Frame frame) {
            Value collection = domain.eval(frame);
            int size = sizeOf(collection);
            @Nullable Value[] slots = frame.slots;
            for (int i = 0; i < size; i++) {
                frame.run.meter.step();
                slots[keySlot] = keyAt(collection, i);
                slots[valueSlot] = valueAt(collection, i);
                if (next.run(frame)) {
                    return true;
                }
            }
            return false;
        }
    }

    static int sizeOf(@Nullable Value collection) {
        return switch (collection) {
            case Arr array -> array.size();
            case Obj object -> object.size();
            case SetValue set -> set.size();
            case null, default -> 0;
        };
    }

    static @Nullable Value keyAt(@Nullable Value collection, int at) {
        return switch (collection) {
            case Arr _ -> Num.of(at);
            case Obj object -> object.keyAt(at);
            case SetValue set -> set.at(at);
            case null, default -> null;
        };
    }

    static @Nullable Value valueAt(@Nullable Value collection, int at) {
        return switch (collection) {
            case Arr array -> array.at(at);
            case Obj object -> object.valueAt(at);
            case SetValue set -> set.at(at);
            case null, default -> null;
        };
    }

    static final class Not extends Step {
        private final Step inner;

        Not(Step inner) {
            this.inner = inner;
        }

        @Override
        boolean run(Frame frame) {
            return !inner.run(frame) && next.run(frame);
        }
    }

    /** Goes on, once, where both bodies hold. */
    static final class Both extends Step {
        private final Step left;
        private final Step right;

        Both(Step left, Step right) {
            this.left = left;
            this.right = right;
        }

        @Override
        boolean run(Frame frame) {
            return left.run(frame) && right.run(frame) && next.run(frame);
        }
    }

    /** Goes on, once, where one of the bodies holds. */
    static final class Either extends Step {
        private final Step left;
        private final Step right;

        Either(Step left, Step right) {
            this.left = left;
            this.right = right;
        }

        @Override
        boolean run(Frame frame) {
            return (left.run(frame) || right.run(frame)) && next.run(frame);
        }
    }

    /** Goes on where the body holds for every element of the collection. */
    static final class Every extends Step {
        private final Eval domain;
        private final int keySlot;
        private final int valueSlot;
        private final Step body;

        Every(Eval domain, int keySlot, int valueSlot, Step body) {
            this.domain = domain;
            this.keySlot = keySlot;
            this.valueSlot = valueSlot;
            this.body = body;
        }

        @Override
        boolean run(Frame frame) {
            Value collection = domain.eval(frame);
            boolean iterable = collection instanceof Arr || collection instanceof Obj || collection instanceof SetValue;
            if (!iterable) {
                return false;
            }
            int size = sizeOf(collection);
            for (int i = 0; i < size; i++) {
                frame.run.meter.step();
                frame.slots[keySlot] = keyAt(collection, i);
                frame.slots[valueSlot] = valueAt(collection, i);
                if (!body.run(frame)) {
                    return false;
                }
            }
            return next.run(frame);
        }
    }

    /** Every path and value inside a document, itself first. */
    static final class Walk extends Step {
        private final Eval document;
        private final int slot;

        Walk(Eval document, int slot) {
            this.document = document;
            this.slot = slot;
        }

        @Override
        boolean run(Frame frame) {
            Value value = document.eval(frame);
            return value != null && visit(frame, new Value[0], value);
        }

        private boolean visit(Frame frame, Value[] path, Value value) {
            frame.run.meter.step();
            frame.run.meter.size(path.length);
            frame.slots[slot] = Arr.of(Arr.wrap(path), value);
            if (next.run(frame)) {
                return true;
            }
            int size = sizeOf(value);
            for (int i = 0; i < size; i++) {
                Value key = keyAt(value, i);
                Value child = valueAt(value, i);
                if (key != null && child != null) {
                    Value[] below = java.util.Arrays.copyOf(path, path.length + 1);
                    below[path.length] = key;
                    if (visit(frame, below, child)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
