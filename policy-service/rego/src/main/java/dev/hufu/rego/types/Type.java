package dev.hufu.rego.types;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which values a term may have. Printed as OPA prints types. */
public sealed interface Type {
    /** Of everything. */
    Type ANY = new Any(List.of());
    /** Of what nothing is known yet, and of an element that no value has: OPA makes no difference either. */
    Type UNKNOWN = Unknown.UNKNOWN;

    Type BOOLEAN = Scalar.BOOLEAN;
    Type NUMBER = Scalar.NUMBER;
    Type STRING = Scalar.STRING;

    enum Unknown implements Type {
        UNKNOWN;

        @Override
        public String toString() {
            return "???";
        }
    }

    enum Scalar implements Type {
        NULL,
        BOOLEAN,
        NUMBER,
        STRING;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The first elements' types, and that of any behind them, unknown where there are none. */
    record ArrayOf(List<Type> first, Type rest) implements Type {
        public ArrayOf {
            first = List.copyOf(first);
        }

        Type at(long index) {
            return index >= 0 && index < first.size() ? first.get((int) index) : index < 0 ? UNKNOWN : rest;
        }

        @Override
        public String toString() {
            return "array" + listed(first) + (rest.equals(UNKNOWN) ? "" : "[" + rest + "]");
        }
    }

    /** A set of values of a type, unknown for the empty set. */
    record SetOf(Type of) implements Type {
        @Override
        public String toString() {
            return "set[" + of + "]";
        }
    }

    /** A key that is there. */
    record Property(Value key, Type value) {
        @Override
        public String toString() {
            return (key instanceof Str text ? text.value() : key.toString()) + ": " + value;
        }
    }

    /** Keys that may be there. */
    record Dynamic(Type key, Type value) {
        @Override
        public String toString() {
            return key + ": " + value;
        }
    }

    record ObjectOf(List<Property> properties, @Nullable Dynamic dynamic) implements Type {
        public ObjectOf {
            properties = properties.stream()
                    .sorted(Comparator.comparing(Property::key))
                    .toList();
        }

        Type property(Value key) {
            for (Property property : properties) {
                if (property.key.equals(key)) {
                    return property.value;
                }
            }
            return dynamic != null && contains(dynamic.key, of(key)) ? dynamic.value : UNKNOWN;
        }

        @Override
        public String toString() {
            return "object" + listed(properties) + (dynamic == null ? "" : "[" + dynamic + "]");
        }
    }

    /** One of several types; of none, any. */
    record Any(List<Type> of) implements Type {
        public Any {
            of = of.stream()
                    .distinct()
                    .sorted(Comparator.comparingInt(Type::rank).thenComparing(Type::toString))
                    .toList();
        }

        @Override
        public String toString() {
            return "any" + listed(of);
        }
    }

    /** A parameter, with its name where it has one. */
    record Parameter(String name, Type type) {
        @Override
        public String toString() {
            return name.isEmpty() ? type.toString() : name + ": " + type;
        }
    }

    /** A function; {@code more} is the type of any further parameters. */
    record Function(List<Parameter> parameters, @Nullable Type more, Parameter result) implements Type {
        public Function {
            parameters = List.copyOf(parameters);
        }

        public int arity() {
            return parameters.size();
        }

        /** {@code (x: number, y: number, z: number)}: parameters and result. */
        public String want() {
            List<String> all =
                    new ArrayList<>(parameters.stream().map(Parameter::toString).toList());
            if (more != null) {
                all.add(more + "...");
            }
            if (!result.type.equals(UNKNOWN)) {
                all.add(result.toString());
            }
            return "(" + String.join(", ", all) + ")";
        }

        @Override
        public String toString() {
            String args = parameters.stream().map(one -> one.type.toString()).collect(Collectors.joining(", "));
            return "(" + args + ") => " + result.type;
        }
    }

    /** A type that holds itself, as a schema may say; known once its definition has been read. */
    final class Recursive implements Type {
        private Type definition = ANY;

        public void define(Type known) {
            definition = known;
        }

        @Override
        public String toString() {
            return "recursive";
        }
    }

    private static int rank(Type type) {
        return switch (type) {
            case Scalar scalar ->
                scalar == Scalar.STRING ? 3 : scalar == Scalar.NUMBER ? 2 : scalar == Scalar.BOOLEAN ? 1 : 0;
            case ArrayOf _ -> 4;
            case ObjectOf _ -> 5;
            case SetOf _ -> 6;
            case Any _ -> 7;
            case Function _ -> 8;
            case Recursive _ -> 9;
            case Unknown _ -> 10;
        };
    }

    private static String listed(List<?> items) {
        return items.isEmpty() ? "" : items.stream().map(String::valueOf).collect(Collectors.joining(", ", "<", ">"));
    }

    /** The type of exactly this value's kind. */
    static Type of(Value value) {
        return switch (value) {
            case Null _ -> Scalar.NULL;
            case Bool _ -> BOOLEAN;
            case Num _ -> NUMBER;
            case Str _ -> STRING;
            case Arr array -> new ArrayOf(array.asList().stream().map(Type::of).toList(), UNKNOWN);
            case SetValue set -> {
                Type of = UNKNOWN;
                for (Value member : set) {
                    of = or(of, of(member));
                }
                yield new SetOf(of);
            }
            case Obj object -> {
                List<Property> properties = new ArrayList<>();
                object.forEach((key, member) -> properties.add(new Property(key, of(member))));
                yield new ObjectOf(properties, null);
            }
        };
    }

    static boolean isAny(Type type) {
        return type instanceof Any any && any.of.isEmpty();
    }

    /** Whether the first holds every value of the other, as far as their forms tell. */
    static boolean contains(Type a, Type b) {
        return a instanceof Any any ? any.of.isEmpty() || any.of.contains(b) : a.equals(b);
    }

    static Type or(Type a, Type b) {
        if (a.equals(UNKNOWN) || a.equals(b)) {
            return b;
        }
        if (b.equals(UNKNOWN)) {
            return a;
        }
        if (a instanceof Function || b instanceof Function) {
            return a instanceof Function x && b instanceof Function y ? union(x, y) : UNKNOWN;
        }
        if (isAny(a) || isAny(b)) {
            return ANY;
        }
        List<Type> all = new ArrayList<>();
        all.addAll(a instanceof Any any ? any.of : List.of(a));
        all.addAll(b instanceof Any any ? any.of : List.of(b));
        return new Any(all);
    }

    private static Type union(Function a, Function b) {
        if (a.arity() != b.arity()) {
            return a;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < a.arity(); i++) {
            parameters.add(
                    new Parameter(a.parameters.get(i).name, or(a.parameters.get(i).type, b.parameters.get(i).type)));
        }
        return new Function(parameters, a.more, new Parameter(a.result.name, or(a.result.type, b.result.type)));
    }

    /** The type under a constant key, unknown where there is none. */
    static Type select(Type type, Value key) {
        return switch (type) {
            case ArrayOf array -> key instanceof Num index && index.isLong() ? array.at(index.asLong()) : UNKNOWN;
            case ObjectOf object -> object.property(key);
            case SetOf set -> {
                Type own = of(key);
                yield set.of.equals(own) ? own : set.of instanceof Any any && contains(any, own) ? own : UNKNOWN;
            }
            case Any any -> {
                Type found = isAny(any) ? ANY : UNKNOWN;
                for (Type one : any.of) {
                    found = or(select(one, key), found);
                }
                yield found;
            }
            case Recursive recursive -> select(recursive.definition, key);
            case Scalar _, Unknown _, Function _ -> UNKNOWN;
        };
    }

    /** The type of what may be looked up, unknown for what holds nothing. */
    static Type keys(Type type) {
        return switch (type) {
            case ArrayOf _ -> NUMBER;
            case ObjectOf object -> {
                Type keys = UNKNOWN;
                for (Property property : object.properties) {
                    keys = or(keys, of(property.key));
                }
                yield object.dynamic == null ? keys : or(keys, object.dynamic.key);
            }
            case SetOf set -> set.of;
            case Any any -> {
                Type keys = isAny(any) ? ANY : UNKNOWN;
                for (Type one : any.of) {
                    keys = or(keys(one), keys);
                }
                yield keys;
            }
            case Recursive recursive -> keys(recursive.definition);
            case Scalar _, Unknown _, Function _ -> UNKNOWN;
        };
    }

    /** The type of what is held. */
    static Type values(Type type) {
        return switch (type) {
            case ArrayOf array -> {
                Type values = array.rest;
                for (Type one : array.first) {
                    values = or(values, one);
                }
                yield values;
            }
            case ObjectOf object -> {
                Type values = object.dynamic == null ? UNKNOWN : object.dynamic.value;
                for (Property property : object.properties) {
                    values = or(values, property.value);
                }
                yield values;
            }
            case SetOf set -> set.of;
            case Any any -> {
                Type values = isAny(any) ? ANY : UNKNOWN;
                for (Type one : any.of) {
                    values = or(values(one), values);
                }
                yield values;
            }
            case Recursive recursive -> values(recursive.definition);
            case Scalar _, Unknown _, Function _ -> UNKNOWN;
        };
    }

    /** Whether something in it is not known. */
    static boolean isOpen(Type type) {
        return switch (type) {
            case Unknown _ -> true;
            case ArrayOf array ->
                array.first.stream().anyMatch(Type::isOpen) || (!array.rest.equals(UNKNOWN) && isOpen(array.rest));
            case ObjectOf object ->
                object.properties.stream().anyMatch(property -> isOpen(property.value))
                        || (object.dynamic != null && (isOpen(object.dynamic.key) || isOpen(object.dynamic.value)));
            case SetOf set -> isOpen(set.of);
            case Function function ->
                function.parameters.stream().anyMatch(one -> isOpen(one.type)) || isOpen(function.result.type);
            case Scalar _, Any _, Recursive _ -> false;
        };
    }

    /** A collection that can hold nothing. */
    static boolean isEmpty(Type type) {
        return switch (type) {
            case ArrayOf array -> array.first.isEmpty() && array.rest.equals(UNKNOWN);
            case ObjectOf object -> object.properties.isEmpty() && object.dynamic == null;
            case SetOf set -> set.of.equals(UNKNOWN);
            case Recursive recursive -> isEmpty(recursive.definition);
            case Scalar _, Unknown _, Any _, Function _ -> false;
        };
    }

    /** Whether some value may be of both. */
    static boolean unifies(Type a, Type b) {
        if (a.equals(UNKNOWN) || b.equals(UNKNOWN)) {
            return false;
        }
        if (a instanceof Recursive || b instanceof Recursive) {
            // two that hold themselves are not followed without end
            return (a instanceof Recursive && b instanceof Recursive) || unifies(unwrapped(a), unwrapped(b));
        }
        if (a instanceof Any x && anyOf(x, b)) {
            return true;
        }
        if (b instanceof Any y && anyOf(y, a)) {
            return true;
        }
        return switch (a) {
            case Any _, Unknown _, Recursive _ -> false;
            case Scalar scalar -> scalar == b;
            case ArrayOf x -> b instanceof ArrayOf y && arrays(x, y);
            case ObjectOf x -> b instanceof ObjectOf y && objects(x, y);
            case SetOf x ->
                b instanceof SetOf y && (x.of.equals(UNKNOWN) || y.of.equals(UNKNOWN) || unifies(x.of, y.of));
            case Function x -> b instanceof Function y && functions(x, y);
        };
    }

    /** The definition of a type that holds itself; any other is its own. */
    static Type unwrapped(Type type) {
        return type instanceof Recursive recursive ? recursive.definition : type;
    }

    private static boolean anyOf(Any any, Type other) {
        return !(other instanceof Function)
                && (any.of.isEmpty() || any.of.stream().anyMatch(one -> unifies(one, other)));
    }

    private static boolean functions(Function a, Function b) {
        boolean same = a.arity() == b.arity();
        for (int i = 0; same && i < a.arity(); i++) {
            same = unifies(a.parameters.get(i).type, b.parameters.get(i).type);
        }
        return same;
    }

    private static boolean arrays(ArrayOf a, ArrayOf b) {
        for (int i = 0; i < Math.max(a.first.size(), b.first.size()); i++) {
            if (!unifies(a.at(i), b.at(i))) {
                return false;
            }
        }
        return a.rest.equals(UNKNOWN) || b.rest.equals(UNKNOWN) || unifies(a.rest, b.rest);
    }

    private static boolean objects(ObjectOf a, ObjectOf b) {
        boolean open = a.dynamic != null || b.dynamic != null;
        for (Property property : a.properties) {
            Type other = b.property(property.key);
            if (other.equals(UNKNOWN) ? !open : !unifies(property.value, other)) {
                return false;
            }
        }
        for (Property property : b.properties) {
            Type other = a.property(property.key);
            if (other.equals(UNKNOWN) ? !open : !unifies(property.value, other)) {
                return false;
            }
        }
        return a.dynamic == null || b.dynamic == null || unifies(a.dynamic.value, b.dynamic.value);
    }
}
