package dev.hufu.service.gate;

import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.request.Action;

/** One bundle, ready to be judged by, on whatever engine. Thread-safe. */
@FunctionalInterface
interface Evaluator {
    /** The verdict on an input. Never throws for trouble with policy, facts or engine: that is a {@link Failure}. */
    Verdict judge(Value input, FactsSnapshot facts, Action action);
}
