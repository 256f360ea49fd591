package dev.hufu.rego.plan;

import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Partial rules: a set, or an object whose keys are only known when its rules are evaluated. */
final class DocumentGroup extends Group {
    /** One rule, planned twice: for all it yields, and for what it yields under a key given in slot 0. */
    record Partial(Code all, Code keyed) {}

    private static final class Cache {
        @Nullable
        Object whole;

        final Map<Value, Object> byKey = new HashMap<>();
    }

    private final boolean isSet;
    private final DocumentNode node;
    private Partial[] partials = {};
    private RuleIndex index = RuleIndex.NONE;
    private Code.Size size = Code.Size.NOTHING;

    DocumentGroup(int id, List<Value> path, String name, boolean isSet, DocumentNode node) {
        super(id, path, name);
        this.isSet = isSet;
        this.node = node;
    }

    void define(List<Partial> all, RuleIndex ruleIndex) {
        partials = all.toArray(Partial[]::new);
        index = ruleIndex;
        size = Code.Size.largest(all.stream().flatMap(one -> Stream.of(one.all.size(), one.keyed.size())));
    }

    private Cache cache(Evaluation run) {
        @Nullable Object[] cache = run.world.cache();
        if (cache[id] instanceof Cache known) {
            return known;
        }
        Cache made = new Cache();
        cache[id] = made;
        return made;
    }

    @Override
    @Nullable
    Value value(Evaluation run) {
        if (run.world.isReplaced(path)) {
            return base(run);
        }
        Cache cache = cache(run);
        if (cache.whole == null) {
            DocumentBuilder builder = new DocumentBuilder(name, run.order());
            collect(run, builder);
            Value built = builder.build();
            cache.whole = built != null ? built : isSet ? SetValue.EMPTY : Obj.EMPTY;
        }
        return (Value) cache.whole;
    }

    private void collect(Evaluation run, DocumentBuilder builder) {
        run.meter.enter();
        Frame frame = size.frame(run);
        frame.document = builder;
        int[] candidates = index.candidates(frame);
        int count = candidates == null ? partials.length : candidates.length;
        for (int i = 0; i < count; i++) {
            partials[candidates == null ? i : candidates[i]].all.entry().run(frame);
        }
        for (DocumentNode child : node.children()) {
            child.collect(run, builder, path.size());
        }
        run.meter.leave();
    }

    /** Evaluates only what can stand under the key. */
    @Override
    @Nullable
    Value value(Evaluation run, Value key) {
        if (run.world.isReplaced(path)) {
            Value base = base(run);
            return base == null ? null : base.get(key);
        }
        Cache cache = cache(run);
        if (cache.whole instanceof Value whole) {
            return whole.get(key);
        }
        Object known = cache.byKey.get(key);
        if (known == null) {
            Value found = compute(run, key);
            known = found == null ? UNDEFINED : found;
            cache.byKey.put(key, known);
        }
        return known instanceof Value value ? value : null;
    }

    private @Nullable Value compute(Evaluation run, Value key) {
        run.meter.enter();
        DocumentBuilder builder = new DocumentBuilder(name, run.order());
        Frame frame = size.frame(run);
        frame.document = builder;
        frame.slots[0] = key;
        int[] candidates = index.candidates(frame);
        int count = candidates == null ? partials.length : candidates.length;
        for (int i = 0; i < count; i++) {
            partials[candidates == null ? i : candidates[i]].keyed.entry().run(frame);
        }
        DocumentNode child = node.child(key);
        if (child != null) {
            child.collect(run, builder, path.size());
        }
        run.meter.leave();
        return builder.build(key);
    }
}
