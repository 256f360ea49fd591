package dev.hufu.rego.bundle;

import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.RegoVersion;
import dev.hufu.rego.Source;
import dev.hufu.rego.Str;
import dev.hufu.rego.syntax.Dialect;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.ModuleParser;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A module of a bundle.
 *
 * @param version of the language it was parsed as
 */
record BundleModule(BundleFile file, RegoVersion version, Module parsed) {
    static BundleModule parse(BundleFile file, RegoVersion version) throws BundleException {
        List<RegoError> errors = new ArrayList<>();
        Source source = new Source(file.path(), file.text());
        Dialect dialect = version == RegoVersion.V0 ? Dialect.v0() : Dialect.v1();
        Optional<Module> module;
        try {
            module = ModuleParser.parse(source, dialect, errors);
        } catch (StackOverflowError deep) {
            throw new BundleException(
                    BundleException.Code.MODULE,
                    file.path(),
                    "nested deeper than this thread's stack allows; write it flatter");
        }
        if (module.isEmpty()) {
            throw BundleException.of(new RegoCompileException(errors));
        }
        return new BundleModule(file, version, module.get());
    }

    Source source() throws BundleException {
        return new Source(file.path(), file.text(), Optional.of(version));
    }

    BundleModule renamed(String path) {
        return new BundleModule(new BundleFile(path, file.content()), version, parsed);
    }

    String pkg() {
        return String.join("/", parsed.pkg());
    }

    /** Where the rules stand below {@code data}: the names up to the first variable. */
    List<List<String>> rules() {
        return parsed.rules().stream().map(this::path).toList();
    }

    private List<String> path(Rule rule) {
        List<String> path = new ArrayList<>(parsed.pkg());
        boolean first = true;
        for (Term key : rule.name()) {
            if (first && key instanceof Term.Var variable) {
                path.add(variable.name());
            } else if (key instanceof Term.Const constant && constant.value() instanceof Str text) {
                path.add(text.value());
            } else {
                break;
            }
            first = false;
        }
        return path;
    }
}
