package dev.hufu.rego.builtin;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Dialect;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.ModuleJson;
import dev.hufu.rego.syntax.ModuleParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code rego.parse_module}. */
final class ParseModule {
    private ParseModule() {}

    static void register(Registry registry) {
        registry.binary("rego.parse_module", (context, a, b) -> {
            Source source = new Source(Operands.string(1, a), Operands.string(1, b));
            context.work(1 + source.text().length());
            context.reserve(source.text().length());
            return parse(source);
        });
    }

    private static Value parse(Source source) {
        List<RegoError> errors = new ArrayList<>();
        Optional<Module> module = ModuleParser.parse(source, Dialect.v1(), errors);
        return ModuleJson.of(module.orElseThrow(() -> {
            String count = errors.size() == 1 ? "1 error occurred: " : errors.size() + " errors occurred: ";
            return BuiltinException.failed(count
                    + String.join("\n", errors.stream().map(ParseModule::shown).toList()));
        }));
    }

    private static String shown(RegoError error) {
        return error.file() + ":" + error.row() + ": " + error.code() + ": " + error.message();
    }
}
