package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import dev.hufu.rego.plan.Tracer;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Collects the paths below {@code input} that an evaluation may have read: all that its expressions name. */
final class ReadListener implements Tracer {
    private final Explained program;
    private final IdentityHashMap<Expr, Boolean> seen = new IdentityHashMap<>();
    private final Set<List<Value>> paths = new HashSet<>();

    ReadListener(Explained program) {
        this.program = program;
    }

    Set<List<Value>> paths() {
        return paths;
    }

    @Override
    public void reached(Expr expr, Object world) {
        if (seen.put(expr, true) == null) {
            paths.addAll(program.reads(expr).paths());
        }
    }

    @Override
    public void entered(Rule rule, String path, Object world, List<Value> args) {}

    @Override
    public void key(Value key) {}

    @Override
    public void gave(Value value) {}

    @Override
    public void left() {}

    @Override
    public void held() {}

    @Override
    public void resumed(Expr expr) {}

    @Override
    public void exhausted(Expr expr, Supplier<Map<Term, Value>> known) {}

    @Override
    public void note(Location at, Value text) {}
}
