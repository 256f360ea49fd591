package dev.hufu.rego.syntax;

import java.util.Set;

/** The language's words. */
public final class Words {
    private static final Set<String> RESERVED = Set.of(
            "as",
            "contains",
            "default",
            "else",
            "every",
            "false",
            "if",
            "import",
            "in",
            "not",
            "null",
            "package",
            "some",
            "true",
            "with");
    private static final Set<String> LOGIC = Set.of("and", "or");
    private static final Set<String> SINCE_V1 = Set.of("contains", "every", "if", "in");

    private Words() {}

    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    public static Set<String> all() {
        return RESERVED;
    }

    public static boolean isOfV0(String name) {
        return RESERVED.contains(name) && !SINCE_V1.contains(name);
    }

    public static Set<String> logic() {
        return LOGIC;
    }

    /** Words that are keywords only where they are imported. */
    static boolean isLogic(String name) {
        return LOGIC.contains(name);
    }

    static boolean isSinceV1(String name) {
        return SINCE_V1.contains(name);
    }
}
