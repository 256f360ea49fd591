package dev.hufu.rego.fuzzing;

import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.format.Formatter;
import dev.hufu.rego.lint.LintOptions;
import dev.hufu.rego.lint.Linter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any text: the compiler, the formatter and the linter answer, or throw the compiler's own exception. */
public final class CompilerFuzz {
    private CompilerFuzz() {}

    /** Loads most classes, which takes long while they are instrumented, before anything is timed. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput(
                "package a\n\nb := [x | some x in input.c; not x.d == upper(\"e\")]".getBytes(StandardCharsets.UTF_8));
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Source source = new Source("fuzz.rego", new String(bytes, StandardCharsets.UTF_8));
        Linter.lint(List.of(source), LintOptions.defaults());
        for (boolean v0 : new boolean[] {false, true}) {
            try {
                Policy.compile(List.of(source), CompileOptions.defaults().withV0(v0));
            } catch (RegoCompileException refused) {
                require(!refused.errors().isEmpty(), "errors without one");
            }
            try {
                String once = Formatter.format(source, v0);
                require(!once.isEmpty(), "a module became nothing");
            } catch (RegoCompileException refused) {
                require(!refused.errors().isEmpty(), "errors without one");
            }
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
