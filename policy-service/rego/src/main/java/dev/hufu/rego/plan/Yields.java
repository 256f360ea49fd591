package dev.hufu.rego.plan;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Distinct;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The last step of a body: what it yields, and where to. */
final class Yields {
    private Yields() {}

    /** A complete rule's or function's value. */
    static final class Result extends Step {
        private final Eval value;
        private final Group group;
        private final String where;

        Result(Eval value, Group group, String where) {
            this.value = value;
            this.group = group;
            this.where = where;
        }

        @Override
        boolean run(Frame frame) {
            Value found = value.eval(frame);
            if (found == null) {
                return false;
            }
            Value before = frame.result;
            if (before != null && !before.equals(found)) {
                throw group.conflict(where);
            }
            frame.result = found;
            return value.constant() != null;
        }
    }

    /** The first value of a query. */
    static final class First extends Step {
        private final Eval value;

        First(Eval value) {
            this.value = value;
        }

        @Override
        boolean run(Frame frame) {
            frame.result = value.eval(frame);
            return frame.result != null;
        }
    }

    /** A partial rule's entry: a value under keys, or a member of the set under keys. */
    static final class Entry extends Step {
        private final Eval[] keys;
        private final Eval value;
        private final boolean member;

        Entry(Eval[] keys, Eval value, boolean member) {
            this.keys = keys;
            this.value = value;
            this.member = member;
        }

        @Override
        boolean run(Frame frame) {
            Value[] path = new Value[keys.length];
            for (int i = 0; i < keys.length; i++) {
                Value key = keys[i].eval(frame);
                if (key == null) {
                    return false;
                }
                path[i] = key;
            }
            Value found = value.eval(frame);
            if (found == null) {
                return false;
            }
            frame.run.meter.size(path.length + 1);
            DocumentBuilder document = Objects.requireNonNull(frame.document);
            if (member) {
                document.add(path, found);
            } else {
                document.put(path, found);
            }
            return false;
        }
    }

    private static final class Item extends Step {
        private final int cell;
        private final Eval value;

        Item(int cell, Eval value) {
            this.cell = cell;
            this.value = value;
        }

        @Override
        @SuppressWarnings("unchecked")
        boolean run(Frame frame) {
            Value found = value.eval(frame);
            if (found != null) {
                frame.run.meter.size(1);
                ((java.util.Collection<Value>) Objects.requireNonNull(frame.cells[cell])).add(found);
            }
            return false;
        }
    }

    private static final class Member extends Step {
        private final int cell;
        private final Eval key;
        private final Eval value;
        private final String where;

        Member(int cell, Eval key, Eval value, String where) {
            this.cell = cell;
            this.key = key;
            this.value = value;
            this.where = where;
        }

        @Override
        boolean run(Frame frame) {
            Value at = key.eval(frame);
            Value found = at == null ? null : value.eval(frame);
            if (at == null || found == null) {
                return false;
            }
            frame.run.meter.size(1);
            ObjBuilder members = (ObjBuilder) Objects.requireNonNull(frame.cells[cell]);
            Value before = members.get(at);
            if (before != null && !before.equals(found)) {
                throw new EvaluationException(EvaluationException.CONFLICT, where, "object keys must be unique");
            }
            members.put(at, found);
            return false;
        }
    }

    static Step item(int cell, Eval value) {
        return new Item(cell, value);
    }

    static Step member(int cell, Eval key, Eval value, String where) {
        return new Member(cell, key, value, where);
    }

    record ArrayOf(Step body, int cell) implements Eval {
        @Override
        public Value eval(Frame frame) {
            List<Value> items = new ArrayList<>();
            frame.cells[cell] = items;
            body.run(frame);
            return Arr.of(items);
        }
    }

    record SetOf(Step body, int cell) implements Eval {
        @Override
        public Value eval(Frame frame) {
            Distinct members = new Distinct();
            frame.cells[cell] = members;
            body.run(frame);
            return SetValue.of(members, frame.run.order());
        }
    }

    record ObjectOf(Step body, int cell) implements Eval {
        @Override
        public Value eval(Frame frame) {
            ObjBuilder members = new ObjBuilder();
            frame.cells[cell] = members;
            body.run(frame);
            return members.build(frame.run.order());
        }
    }
}
