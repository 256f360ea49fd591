package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document of GraphQL as the object that policies see, in the shape that OPA gives it, and where its nodes stand in the
 * text; a tree that a policy gives has no places.
 */
record GraphqlTree(Obj root, IdentityHashMap<Obj, Place> places) {
    /** Kinds of values, as the tree numbers them. */
    static final int VARIABLE = 0;

    static final int INT = 1;
    static final int FLOAT = 2;
    static final int STRING = 3;
    static final int BLOCK = 4;
    static final int BOOLEAN = 5;
    static final int NULL = 6;
    static final int ENUM = 7;
    static final int LIST = 8;
    static final int OBJECT = 9;

    /** From 1. */
    record Place(int row, int column) {}

    static GraphqlTree given(Obj root) {
        return new GraphqlTree(root, new IdentityHashMap<>());
    }

    static String text(Obj node, String field) {
        return node.get(field) instanceof Str text ? text.value() : "";
    }

    static boolean flag(Obj node, String field) {
        return Bool.TRUE.equals(node.get(field));
    }

    static List<Obj> list(Obj node, String field) {
        List<Obj> found = new ArrayList<>();
        if (node.get(field) instanceof Arr array) {
            array.forEach(item -> {
                if (item instanceof Obj object) {
                    found.add(object);
                }
            });
        }
        return found;
    }

    static List<String> texts(Obj node, String field) {
        List<String> found = new ArrayList<>();
        if (node.get(field) instanceof Arr array) {
            array.forEach(item -> found.add(item instanceof Str text ? text.value() : ""));
        }
        return found;
    }

    static @Nullable Obj child(Obj node, String field) {
        return node.get(field) instanceof Obj object ? object : null;
    }

    static Obj childOrNone(Obj node, String field) {
        Obj child = child(node, field);
        return child == null ? Obj.EMPTY : child;
    }

    static int kind(Obj value) {
        return value.get("Kind") instanceof Num number && number.isLong() ? (int) number.asLong() : NULL;
    }

    static @Nullable Obj named(List<Obj> nodes, String field, String name) {
        return nodes.stream()
                .filter(node -> text(node, field).equals(name))
                .findFirst()
                .orElse(null);
    }

    static @Nullable Obj named(List<Obj> nodes, String name) {
        return named(nodes, "Name", name);
    }

    /** The name of a type, or of what it is a list of. */
    static String typeName(Obj type) {
        Obj element = child(type, "Elem");
        return element != null && text(type, "NamedType").isEmpty() ? typeName(element) : text(type, "NamedType");
    }

    static String typeText(Obj type) {
        String name = text(type, "NamedType");
        String shown = name.isEmpty() ? "[" + typeText(childOrNone(type, "Elem")) + "]" : name;
        return flag(type, "NonNull") ? shown + "!" : shown;
    }

    /** A node's members, without those that are empty. */
    static final class Node {
        private final ObjBuilder members = new ObjBuilder();

        Node text(String field, String value) {
            members.put(field, new Str(value));
            return this;
        }

        Node flag(String field, boolean value) {
            members.put(field, Value.of(value));
            return this;
        }

        Node number(String field, int value) {
            members.put(field, Num.of(value));
            return this;
        }

        Node list(String field, List<? extends Value> items) {
            if (!items.isEmpty()) {
                members.put(field, Arr.of(items));
            }
            return this;
        }

        Node child(String field, @Nullable Obj value) {
            if (value != null) {
                members.put(field, value);
            }
            return this;
        }

        Obj build() {
            return members.build();
        }
    }
}
