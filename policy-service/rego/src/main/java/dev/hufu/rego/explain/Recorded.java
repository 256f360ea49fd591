package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Statements.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link Recorder} counts, while it does. */
final class Recorded {
    private Recorded() {}

    record Called(int world, String path, List<Value> args) {}

    static final class DocumentNode {
        final int id;
        final Called call;
        final IdentityHashMap<Rule, BodyNode> bodies = new IdentityHashMap<>();
        final List<BodyNode> order = new ArrayList<>();

        DocumentNode(int id, Called call) {
            this.id = id;
            this.call = call;
        }
    }

    static final class BodyNode {
        final @Nullable Rule rule;
        final Map<Statement, LineNode> lines = new LinkedHashMap<>();
        final Set<Value> given = new LinkedHashSet<>();
        final List<Value> keys = new ArrayList<>();
        int held;

        BodyNode(@Nullable Rule rule) {
            this.rule = rule;
        }
    }

    static final class LineNode {
        final Statement statement;
        final IdentityHashMap<Expr, Boolean> parts = new IdentityHashMap<>();
        final List<Expr> order = new ArrayList<>();
        final Map<Statement, LineNode> inner = new LinkedHashMap<>();
        final Set<Integer> documents = new LinkedHashSet<>();
        final Set<String> reads = new LinkedHashSet<>();
        final List<Map<String, Value>> failures = new ArrayList<>();
        final List<Map<String, Value>> successes = new ArrayList<>();
        int reached;
        /** How often some part of it was tried and held in no way. */
        int failed;

        LineNode(Statement statement) {
            this.statement = statement;
        }
    }
}
