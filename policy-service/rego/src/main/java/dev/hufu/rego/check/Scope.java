package dev.hufu.rego.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables that a body declares, and those it used before it could. */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, String> declared = new HashMap<>();
    private final Set<String> assigned = new HashSet<>();
    private final Set<String> referenced = new HashSet<>();

    private final boolean parameters;

    Scope(@Nullable Scope outer) {
        this(outer, false);
    }

    private Scope(@Nullable Scope outer, boolean parameters) {
        this.outer = outer;
        this.parameters = parameters;
    }

    static Scope ofParameters() {
        return new Scope(null, true);
    }

    /** It is a parameter of the rule whose body this is. */
    boolean isParameter(String name) {
        return outer != null && outer.parameters && outer.declaresHere(name);
    }

    @Nullable
    Scope outer() {
        return outer;
    }

    /** The unique name behind a declared one, null where nothing declares it. */
    @Nullable
    String find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            String unique = scope.declared.get(name);
            if (unique != null) {
                return unique;
            }
        }
        return null;
    }

    void declare(String name, String unique) {
        declared.put(name, unique);
    }

    boolean declaresHere(String name) {
        return declared.containsKey(name);
    }

    /** Notes an assignment; false where the same body has assigned the name before. */
    boolean assign(String name) {
        return assigned.add(name);
    }

    void reference(String name) {
        referenced.add(name);
    }

    boolean hasReferenced(String name) {
        return referenced.contains(name);
    }

    Map<String, String> declared() {
        return declared;
    }
}
