package dev.hufu.rego.plan;

import dev.hufu.rego.Distinct;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what partial rules yield: values under paths, and members of sets under paths. */
final class DocumentBuilder {
    private sealed interface Node {}

    private record Leaf(Value value) implements Node {}

    private record Members(Distinct members) implements Node {}

    private record Branch(Map<Value, Node> children) implements Node {}

    private final String where;
    private final Comparator<Value> order;
    private @Nullable Node root;

    DocumentBuilder(String where, Comparator<Value> order) {
        this.where = where;
        this.order = order;
    }

    void put(Value[] path, Value value) {
        if (path.length == 0) {
            throw conflict();
        }
        Map<Value, Node> children = branch(path);
        Value last = path[path.length - 1];
        Node before = children.putIfAbsent(last, new Leaf(value));
        if (before != null && !(before instanceof Leaf leaf && leaf.value.equals(value))) {
            throw conflict();
        }
    }

    void add(Value[] path, Value member) {
        Node node;
        if (path.length == 0) {
            if (root == null) {
                root = new Members(new Distinct());
            }
            node = root;
        } else {
            node = branch(path).computeIfAbsent(path[path.length - 1], _ -> new Members(new Distinct()));
        }
        if (!(node instanceof Members set)) {
            throw conflict();
        }
        set.members.add(member);
    }

    /** Makes sure that the path is an object, though it may stay empty. */
    void ensureBranch(Value[] path) {
        branch(java.util.Arrays.copyOf(path, path.length + 1));
    }

    private Map<Value, Node> branch(@Nullable Value[] path) {
        Node at = root;
        if (at == null) {
            at = new Branch(new HashMap<>());
            root = at;
        }
        for (int i = 0; i < path.length - 1; i++) {
            Value key = path[i];
            if (!(at instanceof Branch branch) || key == null) {
                throw conflict();
            }
            at = branch.children.computeIfAbsent(key, _ -> new Branch(new HashMap<>()));
        }
        if (!(at instanceof Branch branch)) {
            throw conflict();
        }
        return branch.children;
    }

    private EvaluationException conflict() {
        return new EvaluationException(EvaluationException.CONFLICT, where, "object keys must be unique");
    }

    /** The document, null where nothing was yielded. */
    @Nullable
    Value build() {
        return root == null ? null : build(root);
    }

    /** What stands under the first key, null where nothing does. */
    @Nullable
    Value build(Value key) {
        return switch (root) {
            case Branch branch -> {
                Node child = branch.children.get(key);
                yield child == null ? null : build(child);
            }
            case Members set -> set.members.contains(key) ? key : null;
            case Leaf leaf -> leaf.value.get(key);
            case null -> null;
        };
    }

    private Value build(Node node) {
        return switch (node) {
            case Leaf leaf -> leaf.value;
            case Members set -> SetValue.of(set.members, order);
            case Branch branch -> {
                if (branch.children.isEmpty()) {
                    yield Obj.EMPTY;
                }
                ObjBuilder members = new ObjBuilder();
                branch.children.forEach((key, child) -> members.put(key, build(child)));
                yield members.build(order);
            }
        };
    }
}
