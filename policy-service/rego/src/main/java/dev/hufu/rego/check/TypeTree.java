package dev.hufu.rego.check;

import dev.hufu.rego.Value;
import dev.hufu.rego.types.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types of the virtual documents that were checked so far, by their place below {@code data}. */
final class TypeTree {
    private final Map<Value, TypeTree> children = new LinkedHashMap<>();
    private @Nullable Type type;

    @Nullable
    TypeTree child(Value key) {
        return children.get(key);
    }

    Collection<TypeTree> children() {
        return children.values();
    }

    /** What the rules here give; null where there is no rule. */
    @Nullable
    Type type() {
        return type;
    }

    void type(Type known) {
        type = known;
    }

    TypeTree descend(List<Value> path) {
        TypeTree node = this;
        for (Value key : path) {
            node = node.children.computeIfAbsent(key, _ -> new TypeTree());
        }
        return node;
    }

    /** The type of the document here. */
    Type extent() {
        if (type != null) {
            return type;
        }
        List<Type.Property> properties = new ArrayList<>();
        children.forEach((key, child) -> properties.add(new Type.Property(key, child.extent())));
        return new Type.ObjectOf(properties, new Type.Dynamic(Type.STRING, Type.ANY));
    }

    /** Adds what one rule gives; documents of rules below and above each other may be anything. */
    void insert(List<Value> path, Type added) {
        TypeTree node = this;
        for (Value key : path) {
            if (node.type != null) {
                node.type = Type.ANY;
            }
            node = node.children.computeIfAbsent(key, _ -> new TypeTree());
        }
        Type before = node.type;
        node.type = before == null ? added : merge(before, added);
        if (!node.children.isEmpty()) {
            node.type = Type.ANY;
        }
    }

    private static Type merge(Type a, Type b) {
        if (a instanceof Type.SetOf x && b instanceof Type.SetOf y) {
            return new Type.SetOf(Type.or(x.of(), y.of()));
        }
        boolean plain = a instanceof Type.ObjectOf x
                && b instanceof Type.ObjectOf y
                && x.properties().isEmpty()
                && y.properties().isEmpty();
        if (plain && a instanceof Type.ObjectOf x && b instanceof Type.ObjectOf y) {
            Type.Dynamic one = x.dynamic();
            Type.Dynamic other = y.dynamic();
            if (one == null || other == null) {
                return one == null ? b : a;
            }
            Type key = Type.or(one.key(), other.key());
            return new Type.ObjectOf(List.of(), new Type.Dynamic(key, merge(one.value(), other.value())));
        }
        return Type.or(a, b);
    }
}
