package dev.hufu.rego.format;

import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.check.NamesOfV1;
import dev.hufu.rego.syntax.Dialect;
import dev.hufu.rego.syntax.Extents;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.ModuleParser;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays a module out as {@code opa fmt} 1.22 does, byte for byte. A pure function from text to text: the meaning stays, comments stay, and
 * what is laid out already does not change. Safe for any number of threads.
 */
public final class Formatter {
    /** The language of the text and of the result. */
    public enum Language {
        /** From v1 to v1. */
        V1,
        /** From v0 to v0. */
        V0,
        /** From v0 to what is both v0 and v1: it imports {@code rego.v1}. */
        V0_TO_V1
    }

    private Formatter() {}

    /** As {@link #format(Source, Language)}, within one language. */
    public static String format(Source source, boolean v0) throws RegoCompileException {
        return format(source, v0 ? Language.V0 : Language.V1);
    }

    /** The text laid out. Throws RegoCompileException, with places, where the text is no module of the language. */
    public static String format(Source source, Language language) throws RegoCompileException {
        Extents extents = new Extents(source.text());
        Module module = parse(source, language, extents);
        List<RegoError> problems = language == Language.V0 ? List.of() : NamesOfV1.problems(module);
        if (!problems.isEmpty()) {
            throw new RegoCompileException(problems);
        }
        String text = new ModuleWriter(source, module, extents, language, false).text();
        return saysTheSame(text, module, language)
                ? text
                : new ModuleWriter(source, module, extents, language, true).text();
    }

    private static Module parse(Source source, Language language, Extents extents) throws RegoCompileException {
        List<RegoError> errors = new ArrayList<>();
        Dialect dialect = language == Language.V1 ? Dialect.v1() : Dialect.v0();
        return ModuleParser.parse(source, dialect, errors, extents)
                .filter(_ -> errors.isEmpty())
                .orElseThrow(() -> new RegoCompileException(errors));
    }

    /** A comment in an odd place can make the layout one that does not parse, or loses code; {@code opa fmt} does not mind. */
    private static boolean saysTheSame(String text, Module module, Language language) {
        try {
            Module again = parse(new Source(module.file(), text), language, new Extents(text));
            return Meaning.of(again).equals(Meaning.of(module));
        } catch (RegoCompileException broken) {
            return false;
        }
    }
}
