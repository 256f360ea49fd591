package dev.hufu.rego.explain;

import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.check.Program;
import dev.hufu.rego.check.RuleNode;
import dev.hufu.rego.plan.Offered;
import dev.hufu.rego.plan.Plan;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Statements;
import dev.hufu.rego.syntax.Statements.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Modules compiled to be explained: the same results as {@link dev.hufu.rego.Policy}'s, slower, and {@code print} is
 * evaluated. Safe for any number of threads.
 */
public final class Explained {
    private final Program program;
    private final Plan traced;
    private final Plan plain;
    private final Map<String, Statements> statements = new HashMap<>();
    private final Set<Rule> elses = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Place, Reads> reads = new ConcurrentHashMap<>();

    /** An expression by identity. */
    @SuppressWarnings("ReferenceEquality")
    private record Place(Expr expr) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place && expr == place.expr;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(expr);
        }
    }

    private Explained(Program program, Plan traced, Plan plain, List<Source> sources) {
        this.program = program;
        this.traced = traced;
        this.plain = plain;
        Map<String, Source> byFile = new HashMap<>();
        sources.forEach(source -> byFile.put(source.file(), source));
        for (Module module : program.modules()) {
            Source source = byFile.get(module.file());
            if (source != null) {
                statements.put(module.file(), Statements.of(source, module));
            }
        }
        elses(program.root());
    }

    /** As {@link dev.hufu.rego.Policy#compile}; coverage in the options is not kept. */
    public static Explained compile(List<Source> sources, CompileOptions options) throws RegoCompileException {
        try {
            Offered offered = new Offered(options.capabilities(), true);
            Program program = Program.check(sources, offered, options.v0(), options.strictMode(), options.schemas());
            return new Explained(
                    program,
                    Plan.traced(program, offered, options.strict(), options.clock()),
                    new Plan(program, offered, options.strict(), options.clock(), null),
                    sources);
        } catch (StackOverflowError deep) {
            String message = "nested deeper than this thread's stack allows";
            throw new RegoCompileException(
                    List.of(new RegoError(RegoError.COMPILE, message, "", 0, 0, Optional.empty())));
        }
    }

    /** A query that can be traced, explained, and asked for what would change its value. */
    public ExplainedQuery prepare(String query) throws RegoCompileException {
        Comparisons comparisons =
                DomainFinder.find(program.root(), program.query(query).body());
        return new ExplainedQuery(this, query, traced.single(query), plain.single(query), comparisons);
    }

    Program program() {
        return program;
    }

    private void elses(RuleNode node) {
        for (RuleNode.Entry entry : node.entries()) {
            for (Rule next = entry.core().orElse(); next != null; next = next.orElse()) {
                elses.add(next);
            }
        }
        node.children().forEach(this::elses);
    }

    boolean isElse(Rule rule) {
        return elses.contains(rule);
    }

    boolean isPartial(Rule rule) {
        return rule.member() != null || !rule.name().isEmpty();
    }

    Reads reads(Expr expr) {
        return reads.computeIfAbsent(new Place(expr), place -> Reads.of(place.expr, program.root()));
    }

    /** The statement that an expression stands in; where none is known, the place alone. */
    Statement statement(Expr expr) {
        return statement(expr.at(), joins(expr));
    }

    Statement statement(Location at) {
        return statement(at, false);
    }

    /** {@code and} or {@code or}. */
    static boolean joins(Expr expr) {
        return expr.form() instanceof Expr.Logic logic && logic.operator() != Expr.Operator.NOT;
    }

    private Statement statement(Location at, boolean whole) {
        Statements known = statements.get(at.file());
        Statement found = known == null ? null : whole ? known.whole(at) : known.at(at);
        return found == null ? new Statement(at, "", 0, 0) : found;
    }
}
