package dev.hufu.rego.syntax;

import java.util.HashSet;
import java.util.Set;

/** Which words are keywords: all in v1, those that were imported in v0. */
public final class Dialect {
    private final boolean v1;
    private final Set<String> imported = new HashSet<>();

    private Dialect(boolean v1) {
        this.v1 = v1;
    }

    public static Dialect v1() {
        return new Dialect(true);
    }

    public static Dialect v0() {
        return new Dialect(false);
    }

    boolean isV1() {
        return v1 || imported.contains("rego.v1") || imported.contains("rego.v2");
    }

    /** {@code not} may stand before a body, and what is negated is one. */
    boolean hasNotBodies() {
        return imported.contains("not") || imported.contains("rego.v2");
    }

    /** {@code and} or {@code or} is a keyword. */
    boolean hasLogic() {
        return isKeyword("and") || isKeyword("or");
    }

    void importKeyword(String name) {
        imported.add(name);
        if (name.equals("every")) {
            imported.add("in");
        }
    }

    boolean hasIn() {
        return isKeyword("in");
    }

    boolean isKeyword(String name) {
        if (Words.isLogic(name)) {
            return imported.contains(name) || imported.contains("rego.v2");
        }
        return Words.isReserved(name) && (isV1() || !Words.isSinceV1(name) || imported.contains(name));
    }
}
