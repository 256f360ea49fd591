package dev.hufu.rego;

import dev.hufu.rego.builtin.Registry;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which builtins a policy may call; a call of any other does not compile. */
public record Capabilities(Set<String> builtins) {
    public Capabilities {
        builtins = Set.copyOf(builtins);
    }

    /** All that this engine has. */
    public static Capabilities all() {
        return new Capabilities(
                Registry.all().stream().map(Registry.Builtin::name).collect(Collectors.toSet()));
    }

    /** These without some. */
    public Capabilities without(String... names) {
        Set<String> left = new HashSet<>(builtins);
        left.removeAll(Set.of(names));
        return new Capabilities(left);
    }
}
