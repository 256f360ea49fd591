package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;

/** {@code graphql.*}. */
final class Graphql {
    private static final Arr UNVERIFIED = Arr.of(Bool.FALSE, Obj.EMPTY, Obj.EMPTY);

    private Graphql() {}

    static void register(Registry registry) {
        registry.unary(
                "graphql.parse_query",
                (context, a) -> GraphqlParser.query(text(context, a)).root());
        registry.unary(
                "graphql.parse_schema",
                (context, a) ->
                        GraphqlSchemaParser.parse(text(context, a), false).root());
        registry.unary(
                "graphql.schema_is_valid",
                (context, a) -> Value.of(holds(() -> {
                    GraphqlSchema.of(schema(context, 0, a));
                })));
        registry.binary("graphql.is_valid", (context, a, b) -> Value.of(holds(() -> parse(context, a, b))));
        registry.binary("graphql.parse", Graphql::parse);
        registry.binary("graphql.parse_and_verify", (context, a, b) -> {
            try {
                Arr parsed = parse(context, a, b);
                return Arr.of(Bool.TRUE, parsed.at(0), parsed.at(1));
            } catch (BuiltinException invalid) {
                return UNVERIFIED;
            }
        });
    }

    private static boolean holds(Runnable check) {
        try {
            check.run();
            return true;
        } catch (BuiltinException invalid) {
            return false;
        }
    }

    private static String text(Context context, Value value) {
        String text = Operands.string(1, value);
        context.work(1 + text.length() / 4L);
        context.reserve(text.length());
        return text;
    }

    private static GraphqlTree query(Context context, Value value) {
        return switch (value) {
            case Str _ -> GraphqlParser.query(text(context, value));
            case Obj tree -> GraphqlTree.given(tree);
            default -> throw BuiltinException.operandOf(0, "string, object", value);
        };
    }

    private static GraphqlTree schema(Context context, int position, Value value) {
        return switch (value) {
            case Str _ -> GraphqlSchemaParser.parse(text(context, value), false);
            case Obj tree -> GraphqlTree.given(tree);
            default -> throw BuiltinException.operandOf(position, "string, object", value);
        };
    }

    private static Arr parse(Context context, Value query, Value schema) {
        GraphqlTree document = query(context, query);
        GraphqlTree system = schema(context, 1, schema);
        GraphqlWalk.validate(context, GraphqlSchema.of(system), document);
        return Arr.of(document.root(), system.root());
    }
}
