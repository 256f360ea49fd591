package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Distinct;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reachability over an adjacency object. */
final class Graphs {
    private Graphs() {}

    static void register(Registry registry) {
        registry.binary("graph.reachable", (context, a, b) -> reachable(context, Operands.object(1, a), initial(b)));
        registry.binary("graph.reachable_paths", (context, a, b) -> paths(context, Operands.object(1, a), initial(b)));
    }

    private static List<Value> initial(Value value) {
        return Operands.elements(2, value);
    }

    private static List<Value> edges(Value value) {
        return value instanceof Arr || value instanceof SetValue ? Operands.elements(1, value) : List.of();
    }

    private static Value reachable(Context context, Obj graph, List<Value> initial) {
        Deque<Value> open = new ArrayDeque<>(initial);
        Distinct reached = new Distinct();
        while (!open.isEmpty()) {
            Value node = open.removeFirst();
            Value edges = graph.get(node);
            if (edges != null && reached.add(node)) {
                context.work(edges(edges).size());
                open.addAll(edges(edges));
            }
        }
        return SetValue.of(reached, context.order());
    }

    private static Value paths(Context context, Obj graph, List<Value> initial) {
        Distinct found = new Distinct();
        for (Value node : initial) {
            Value edges = graph.get(node);
            if (edges == null) {
                continue;
            }
            if (edges(edges).isEmpty()) {
                found.add(Arr.of(node));
            }
            for (Value next : edges(edges)) {
                follow(context, graph, next, new ArrayList<>(List.of(node)), found);
            }
        }
        return SetValue.of(found, context.order());
    }

    private static void follow(Context context, Obj graph, Value node, List<Value> path, Distinct found) {
        context.work(1);
        context.spend(path.size());
        context.reserve(path.size());
        Value edges = graph.get(node);
        if (edges == null || path.contains(node)) {
            found.add(Arr.of(path));
            return;
        }
        path.add(node);
        List<Value> next = edges(edges);
        if (next.isEmpty()) {
            found.add(Arr.of(path));
        }
        for (Value one : next) {
            follow(context, graph, one, path, found);
        }
        path.removeLast();
    }
}
