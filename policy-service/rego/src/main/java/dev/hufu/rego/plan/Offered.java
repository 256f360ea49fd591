package dev.hufu.rego.plan;

import dev.hufu.rego.Capabilities;
import dev.hufu.rego.builtin.Registry;
import dev.hufu.rego.check.Signatures;
import org.jspecify.annotations.Nullable;

/**
 * The builtins that a policy may call.
 *
 * @param keepsPrints {@code print} is evaluated, for whoever listens
 */
public record Offered(Capabilities capabilities, boolean keepsPrints) implements Signatures {
    @Override
    public @Nullable Integer arity(String name) {
        Registry.Builtin builtin = Registry.find(name);
        return builtin == null ? null : Integer.valueOf(builtin.arity());
    }

    @Override
    public boolean allowed(String name) {
        return capabilities.builtins().contains(name);
    }

    @Override
    public boolean isRelation(String name) {
        return name.equals("walk");
    }
}
