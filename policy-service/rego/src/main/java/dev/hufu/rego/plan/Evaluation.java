package dev.hufu.rego.plan;

import dev.hufu.rego.Budget;
import dev.hufu.rego.Value;
import dev.hufu.rego.builtin.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run of a query: its world, its budget, its instant. Belongs to one thread. */
class Evaluation implements Context {
    final Meter meter;
    World world;
    private final Clock clock;
    private @Nullable Instant now;
    private @Nullable Comparator<Value> order;
    private @Nullable Map<String, Long> seeds;

    Evaluation(World world, Budget budget, Clock clock) {
        this.world = world;
        this.meter = new Meter(budget);
        this.clock = clock;
    }

    @Override
    public Instant now() {
        Instant instant = now;
        if (instant == null) {
            instant = clock.instant();
            now = instant;
        }
        return instant;
    }

    @Override
    public void reserve(long size) {
        meter.size(size);
    }

    @Override
    public void room(long size) {
        meter.room(size);
    }

    @Override
    public void work(long steps) {
        meter.steps(steps);
    }

    @Override
    public void spend(long units) {
        meter.spend(units);
    }

    @Override
    public Comparator<Value> order() {
        Comparator<Value> known = order;
        if (known == null) {
            known = (a, b) -> {
                meter.spend(a.isScalar() && b.isScalar() ? 2 + (Math.min(a.weight(), b.weight()) >> 5) : 8);
                return a.compareTo(b);
            };
            order = known;
        }
        return known;
    }

    @Override
    public long seed(String key) {
        Map<String, Long> known = seeds;
        if (known == null) {
            known = new HashMap<>();
            seeds = known;
        }
        long start = now().hashCode();
        return known.computeIfAbsent(key, text -> new SplittableRandom(start ^ text.hashCode()).nextLong());
    }
}
