package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.List;

/** {@code json.verify_schema} and {@code json.match_schema}. */
final class JsonSchemas {
    private JsonSchemas() {}

    static void register(Registry registry) {
        registry.unary("json.verify_schema", (context, a) -> {
            try {
                context.work(1 + a.weight() / 16L);
                JsonSchemaParser.parse(document(context, a), true);
                return Arr.of(Bool.TRUE, Null.NULL);
            } catch (BuiltinException invalid) {
                return Arr.of(Bool.FALSE, new Str("jsonschema: " + invalid.getMessage()));
            }
        });
        registry.binary("json.match_schema", (context, a, b) -> {
            Value document = document(context, a);
            JsonSchema schema = JsonSchemaParser.parse(document(context, b), true);
            List<Value> errors = JsonSchemaCheck.errors(context, schema, document);
            return Arr.of(Value.of(errors.isEmpty()), Arr.of(errors));
        });
    }

    /** JSON text, or the object or array itself as JSON can say it. */
    private static Value document(Context context, Value value) {
        String json;
        if (value instanceof Obj || value instanceof Arr) {
            context.room(value.weight());
            json = value.toEscapedJson(context::spend);
        } else if (value instanceof Str text) {
            json = text.value();
        } else {
            throw BuiltinException.failed("wrong type, expected string or object");
        }
        try {
            return Value.fromJson(new PacedReader(context, json));
        } catch (IllegalArgumentException malformed) {
            throw BuiltinException.failed("invalid JSON string");
        }
    }
}
