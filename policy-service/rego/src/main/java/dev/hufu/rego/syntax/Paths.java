package dev.hufu.rego.syntax;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** References without variables, such as metadata has: {@code data.a["b"]}. */
public final class Paths {
    private Paths() {}

    /** The head's name and the keys; empty where the text is something else. */
    public static Optional<List<Value>> parse(String text) {
        List<RegoError> errors = new ArrayList<>();
        List<Expr> body = ModuleParser.parseQuery(new Source("path", text), Dialect.v1(), errors);
        boolean plain = body.size() == 1
                && !body.getFirst().negated()
                && body.getFirst().withs().isEmpty();
        return plain && body.getFirst().form() instanceof Expr.Holds holds ? path(holds.term()) : Optional.empty();
    }

    private static Optional<List<Value>> path(Term term) {
        Term head = term instanceof Term.Ref ref ? ref.head() : term;
        if (!(head instanceof Term.Var variable)) {
            return Optional.empty();
        }
        List<Value> path = new ArrayList<>(List.of(new Str(variable.name())));
        if (term instanceof Term.Ref ref) {
            for (Term key : ref.path()) {
                if (!(key instanceof Term.Const constant)) {
                    return Optional.empty();
                }
                path.add(constant.value());
            }
        }
        return Optional.of(path);
    }
}
