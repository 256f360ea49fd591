package dev.hufu.rego.builtin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every builtin by name. */
public final class Registry {
    private static final Registry ALL = new Registry();

    /** A builtin and how many operands it takes. */
    public record Builtin(String name, int arity, Fn function) {}

    private final Map<String, Builtin> byName = new LinkedHashMap<>();

    private Registry() {
        Comparisons.register(this);
        Arithmetic.register(this);
        Aggregates.register(this);
        ArraysAndSets.register(this);
        ObjectDocs.register(this);
        Strings.register(this);
        Templates.register(this);
        Types.register(this);
        Regexes.register(this);
        GlobIntersection.register(this);
        Globs.register(this);
        JsonDocs.register(this);
        JsonPatch.register(this);
        JsonSchemas.register(this);
        Times.register(this);
        Encodings.register(this);
        Hashes.register(this);
        X509.register(this);
        AwsSigning.register(this);
        Tokens.register(this);
        Graphql.register(this);
        Graphs.register(this);
        Units.register(this);
        Versions.register(this);
        Identifiers.register(this);
        Networks.register(this);
        Uris.register(this);
        ParseModule.register(this);
        Compiled.register(this);
    }

    public static @Nullable Builtin find(String name) {
        return ALL.byName.get(name);
    }

    public static Collection<Builtin> all() {
        return java.util.Collections.unmodifiableCollection(ALL.byName.values());
    }

    void unary(String name, Fn.Unary function) {
        byName.put(name, new Builtin(name, 1, function));
    }

    void binary(String name, Fn.Binary function) {
        byName.put(name, new Builtin(name, 2, function));
    }

    void nary(String name, int arity, Fn function) {
        byName.put(name, new Builtin(name, arity, function));
    }
}
