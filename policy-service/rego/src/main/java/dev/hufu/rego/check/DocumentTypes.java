package dev.hufu.rego.check;

import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Types of what lies below {@code input} and {@code data}: a layer of what a schema or a {@code with} says, over the layers
 * of what is known else. What no layer knows may be anything.
 *
 * @param tree places beginning with the root's own name
 */
record DocumentTypes(TypeTree tree, @Nullable DocumentTypes below) {
    /** A layer that says nothing yet. */
    DocumentTypes layered() {
        return new DocumentTypes(new TypeTree(), this);
    }

    @Nullable
    TypeTree root(String name) {
        return tree.child(new Str(name));
    }

    /** The type of a reference: its root's name and its keys. */
    Type of(String root, List<Term> path) {
        TypeTree node = root(root);
        return node == null ? deeper(root, path) : within(node, root, path, 0);
    }

    private Type deeper(String root, List<Term> path) {
        return below == null ? Type.ANY : below.of(root, path);
    }

    private Type within(TypeTree node, String root, List<Term> path, int at) {
        if (at == path.size()) {
            return node.extent();
        }
        TypeTree child = path.get(at) instanceof Term.Const key ? node.child(key.value()) : null;
        Type type = node.type();
        if (child != null) {
            return within(child, root, path, at + 1);
        }
        if (type != null) {
            return select(type, path, at);
        }
        return path.get(at) instanceof Term.Const ? deeper(root, path) : select(node.extent(), path, at);
    }

    /** The type of what the keys from a place on lead to. */
    static Type select(Type type, List<Term> path, int at) {
        Type found = type;
        for (int i = at; i < path.size() && !found.equals(Type.UNKNOWN); i++) {
            if (path.get(i) instanceof Term.Const key) {
                found = Type.select(found, key.value());
            } else if (Type.isEmpty(found)) {
                return Type.ANY;
            } else {
                found = Type.values(found);
            }
        }
        return found;
    }

    /** Says, in this layer, what stands at a path that begins with the root's name. */
    void put(List<Value> path, Type type) {
        tree.descend(path).type(type);
    }
}
