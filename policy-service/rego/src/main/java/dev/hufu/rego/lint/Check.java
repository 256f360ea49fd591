package dev.hufu.rego.lint;

/** Looks at one module and adds what it finds. */
@FunctionalInterface
interface Check {
    void look(Linted module, Report report);
}
