package dev.hufu.rego.check;

import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Term;

/** Makes names that nothing else has. */
final class Fresh {
    private int count;

    /** A variable of the compiler's own. */
    Term.Var variable(Location at) {
        return new Term.Var(Term.Var.GENERATED + count++, at);
    }

    /** What a wildcard becomes. */
    Term.Var wildcard(Location at) {
        return new Term.Var(Term.Var.GENERATED + "_" + count++, at);
    }

    /** The unique form of a declared name. */
    String local(String name) {
        return name + Term.Var.GENERATED + count++;
    }
}
