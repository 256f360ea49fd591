package dev.hufu.rego.plan;

import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function. */
final class FunctionGroup extends Group implements Callable {
    private Definition[] definitions = {};
    private @Nullable Definition fallback;
    private RuleIndex index = RuleIndex.NONE;
    private Code.Size size = Code.Size.NOTHING;

    FunctionGroup(int id, List<Value> path, String name) {
        super(id, path, name);
    }

    void define(List<Definition> all, RuleIndex ruleIndex, @Nullable Definition defaultDefinition) {
        definitions = all.toArray(Definition[]::new);
        index = ruleIndex;
        fallback = defaultDefinition;
        size = Definition.size(definitions, fallback);
    }

    @Override
    @Nullable
    Value value(Evaluation run) {
        return null;
    }

    @Override
    @Nullable
    Value value(Evaluation run, Value key) {
        return null;
    }

    @Override
    public Object identity() {
        return this;
    }

    @Override
    public @Nullable Value invoke(Evaluation run, Value[] args, String where) {
        run.meter.enter();
        Frame frame = size.frame(run);
        System.arraycopy(args, 0, frame.slots, 0, args.length);
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
        String text = "functions must not produce multiple outputs for same inputs: function " + name
                + " produced conflicting values for the same inputs";
        return new EvaluationException(EvaluationException.CONFLICT, where, text);
    }
}
