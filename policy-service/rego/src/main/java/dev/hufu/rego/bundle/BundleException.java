package dev.hufu.rego.bundle;

import dev.hufu.rego.RegoCompileException;
import org.jspecify.annotations.Nullable;

/** A bundle that is not taken, or cannot be made: what is wrong, with which file, and what to do. */
public final class BundleException extends Exception {
    private static final int SHOWN = 120;

    /** What can be wrong. */
    public enum Code {
        /** Not a gzipped tarball, cut short, altered on the way, or a file inside is no JSON, YAML or UTF-8. */
        MALFORMED("bundle_malformed"),
        /** A name that leads out of the bundle or that not every system can hold. */
        PATH("bundle_path"),
        /** A link, a device, a sparse file: something else than a file or directory. */
        ENTRY("bundle_entry"),
        /** One name twice. */
        DUPLICATE("bundle_duplicate"),
        /** Beyond a bound of {@link BundleLimits}. */
        TOO_LARGE("bundle_too_large"),
        /** The manifest is not one. */
        MANIFEST("bundle_manifest"),
        /** Something stands outside the manifest's roots, or roots overlap. */
        ROOTS("bundle_roots"),
        /** Two files, or a rule and data, say different things of one path. */
        CONFLICT("bundle_conflict"),
        /** A module does not parse or the modules do not compile; the cause carries the compiler's findings. */
        MODULE("bundle_module"),
        /** Unsigned, signed by another, or altered since. */
        SIGNATURE("bundle_signature"),
        /** A key that cannot be used. */
        KEY("bundle_key"),
        /** No such entrypoint. */
        ENTRYPOINT("bundle_entrypoint"),
        /** OPA has it and this engine does not. */
        UNSUPPORTED("bundle_unsupported");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        /** As errors and JSON show it. */
        public String text() {
            return text;
        }
    }

    private final Code code;
    private final String file;
    private final String problem;

    BundleException(Code code, String file, String problem) {
        this(code, file, problem, null);
    }

    BundleException(Code code, String file, String problem, @Nullable Throwable cause) {
        this(code, file, problem, code.text + ": " + (file.isEmpty() ? "" : shown(file) + ": ") + problem, cause);
    }

    private BundleException(Code code, String file, String problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.file = shown(file);
        this.problem = problem;
    }

    public Code code() {
        return code;
    }

    /** Modules that do not parse or compile; the findings name their files themselves. */
    static BundleException of(RegoCompileException cause) {
        String found = String.valueOf(cause.getMessage());
        return new BundleException(
                Code.MODULE, cause.errors().getFirst().file(), found, Code.MODULE.text + ": " + found, cause);
    }

    /** The same of a bundle among others, or of one that has no file to name. */
    BundleException in(String bundle, boolean amongOthers) {
        boolean named = getCause() instanceof RegoCompileException || (!amongOthers && !file.isEmpty());
        if (named || bundle.isEmpty()) {
            return this;
        }
        return new BundleException(code, file.isEmpty() ? bundle : bundle + "/" + file, problem, getCause());
    }

    /** The file at fault by its name in the bundle, fit for a terminal; empty where it is the whole. */
    public String file() {
        return file;
    }

    /** What is wrong and what to do, without code and file. */
    public String problem() {
        return problem;
    }

    /** A name from outside without what a terminal would obey, and not endless. */
    static String shown(String name) {
        StringBuilder out = new StringBuilder();
        name.codePoints()
                .limit(SHOWN)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(out::appendCodePoint);
        return name.codePointCount(0, name.length()) > SHOWN ? out.append('…').toString() : out.toString();
    }
}
