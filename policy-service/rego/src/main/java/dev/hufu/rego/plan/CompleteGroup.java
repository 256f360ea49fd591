package dev.hufu.rego.plan;

import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule with one value. */
final class CompleteGroup extends Group {
    private Definition[] definitions = {};
    private @Nullable Definition fallback;
    private RuleIndex index = RuleIndex.NONE;
    private Code.Size size = Code.Size.NOTHING;
    private boolean sameConstant;

    CompleteGroup(int id, List<Value> path, String name) {
        super(id, path, name);
    }

    void define(List<Definition> all, RuleIndex ruleIndex, @Nullable Definition defaultDefinition) {
        definitions = all.toArray(Definition[]::new);
        index = ruleIndex;
        fallback = defaultDefinition;
        size = Definition.size(definitions, fallback);
        sameConstant = all.stream()
                .allMatch(one -> one.orElse() == null
                        && one.constant() != null
                        && one.constant().equals(all.getFirst().constant()));
    }

    @Override
    @Nullable
    Value value(Evaluation run) {
        World world = run.world;
        Object known = world.cache()[id];
        if (known != null) {
            return known instanceof Value value ? value : null;
        }
        Value value = world.isReplaced(path) ? base(run) : compute(run);
        world.cache()[id] = value == null ? UNDEFINED : value;
        return value;
    }

    @Override
    @Nullable
    Value value(Evaluation run, Value key) {
        Value value = value(run);
        return value == null ? null : value.get(key);
    }

    private @Nullable Value compute(Evaluation run) {
        run.meter.enter();
        Frame frame = size.frame(run);
        Value result = null;
        int[] candidates = index.candidates(frame);
        int count = candidates == null ? definitions.length : candidates.length;
        for (int i = 0; i < count; i++) {
            Definition definition = definitions[candidates == null ? i : candidates[i]];
            Value value = definition.eval(frame);
            if (value == null) {
                continue;
            }
            if (result != null && !result.equals(value)) {
                throw conflict(definition.where());
            }
            result = value;
            if (sameConstant) {
                break;
            }
        }
        Definition otherwise = fallback;
        if (result == null && otherwise != null) {
            result = otherwise.eval(frame);
        }
        run.meter.leave();
        return result;
    }

    @Override
    EvaluationException conflict(String where) {
        String text = "complete rules must not produce multiple outputs: rule " + name + " produced conflicting values";
        return new EvaluationException(EvaluationException.CONFLICT, where, text);
    }
}
