package dev.hufu.rego.check;

import org.jspecify.annotations.Nullable;

/** What the compiler must know of the builtins: their names, their arity, and whether they may be used. */
public interface Signatures {
    /** Parameters of the builtin, null where there is none of that name. */
    @Nullable
    Integer arity(String name);

    /** False for one that the capabilities leave out. */
    boolean allowed(String name);

    /** Whether one call may give several results, as {@code walk} does. */
    boolean isRelation(String name);

    /** {@code print} is evaluated; else it is left out, its arguments too. */
    boolean keepsPrints();
}
