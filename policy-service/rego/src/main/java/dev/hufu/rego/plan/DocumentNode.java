package dev.hufu.rego.plan;

import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in the tree of virtual documents: a group of rules, or what holds them. */
final class DocumentNode {
    private final List<Value> path;
    private final Map<Value, DocumentNode> children = new LinkedHashMap<>();
    private @Nullable Group group;

    DocumentNode(List<Value> path) {
        this.path = path;
    }

    List<Value> path() {
        return path;
    }

    @Nullable
    Group group() {
        return group;
    }

    void group(Group made) {
        group = made;
    }

    void add(Value key, DocumentNode child) {
        children.put(key, child);
    }

    @Nullable
    DocumentNode child(Value key) {
        return children.get(key);
    }

    Collection<DocumentNode> children() {
        return children.values();
    }

    Collection<Value> keys() {
        return children.keySet();
    }

    /** The document here: rules and data together, where data wins if both give a value that is no object. */
    @Nullable
    Value value(Evaluation run, @Nullable Value base) {
        Group rules = group;
        if (rules != null) {
            return rules instanceof FunctionGroup ? base : rules.value(run);
        }
        if (run.world.isReplaced(path)) {
            return base;
        }
        if (children.isEmpty() && base != null) {
            return base;
        }
        if (base != null && !(base instanceof Obj)) {
            return base;
        }
        ObjBuilder members = new ObjBuilder();
        if (base instanceof Obj object) {
            members.putAll(object);
        }
        children.forEach((key, child) -> {
            Value below = base == null ? null : base.get(key);
            Value value = child.value(run, below);
            boolean hidden = below != null && !(below instanceof Obj);
            if (value != null && !hidden) {
                members.put(key, value);
            }
        });
        run.meter.size(members.size());
        return members.build();
    }

    /** Adds the document here, below a dynamic one, at its path without the first {@code skip} keys. */
    void collect(Evaluation run, DocumentBuilder builder, int skip) {
        Value[] place = path.subList(skip, path.size()).toArray(Value[]::new);
        switch (group) {
            case CompleteGroup complete -> {
                Value value = complete.value(run);
                if (value != null) {
                    builder.put(place, value);
                }
            }
            case DocumentGroup document -> {
                Value value = document.value(run);
                if (value instanceof SetValue set && set.size() > 0) {
                    set.forEach(member -> builder.add(place, member));
                } else if (value instanceof Obj object && object.size() > 0) {
                    object.forEach((key, member) -> builder.put(below(place, key), member));
                } else if (value != null) {
                    builder.put(place, value);
                }
            }
            case FunctionGroup _ -> {}
            case null -> children.values().forEach(child -> child.collect(run, builder, skip));
        }
    }

    private static Value[] below(Value[] place, Value key) {
        Value[] longer = java.util.Arrays.copyOf(place, place.length + 1);
        longer[place.length] = key;
        return longer;
    }
}
