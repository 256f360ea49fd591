package dev.hufu.rego.builtin;

import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code uri.*}. */
final class Uris {
    private Uris() {}

    static void register(Registry registry) {
        registry.unary("uri.parse", (_, a) -> parts(Uri.parse(Operands.string(1, a))));
        registry.unary("uri.is_valid", (_, a) -> Value.of(a instanceof Str text && isValid(text.value())));
    }

    private static boolean isValid(String text) {
        if (text.isEmpty()) {
            return false;
        }
        try {
            Uri.parse(text);
            return true;
        } catch (BuiltinException invalid) {
            return false;
        }
    }

    private static Obj parts(Uri uri) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("scheme", uri.scheme());
        parts.put("hostname", uri.hostname());
        parts.put("port", uri.port());
        parts.put("path", uri.path());
        parts.put("raw_path", uri.rawPath().isEmpty() ? uri.path() : uri.rawPath());
        parts.put("raw_query", uri.rawQuery());
        parts.put("fragment", uri.fragment());
        ObjBuilder shown = new ObjBuilder();
        parts.forEach((name, part) -> {
            if (!part.isEmpty()) {
                shown.put(name, new Str(part));
            }
        });
        return shown.build();
    }
}
