package dev.hufu.rego.builtin;

import dev.hufu.rego.Obj;

/** Names that the compiler answers itself: it turns them into iterations and constants. */
final class Compiled {
    private Compiled() {}

    static void register(Registry registry) {
        registry.unary("walk", (_, _) -> null);
        registry.nary("rego.metadata.rule", 0, (_, _) -> Obj.EMPTY);
        registry.nary("rego.metadata.chain", 0, (_, _) -> Obj.EMPTY);
    }
}
