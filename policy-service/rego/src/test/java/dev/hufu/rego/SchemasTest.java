package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON Schemas, in metadata and given, tell the types of documents. */
class SchemasTest {
    private static List<String> errors(Schemas schemas, String... texts) {
        List<Source> sources =
                Arrays.stream(texts).map(text -> new Source("m.rego", text)).toList();
        try {
            Policy.compile(sources, CompileOptions.defaults().withSchemas(schemas));
            return List.of();
        } catch (RegoCompileException failed) {
            return failed.errors().stream()
                    .map(error -> error.row() + ": " + error.message())
                    .toList();
        }
    }

    private static String annotated(String schemas, String rule) {
        return "package m\n\n# METADATA\n# schemas:\n# " + schemas + "\n" + rule + "\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "- input: {type: object, properties: {a: {type: string}}} ~ p if input.b ~ 6: undefined ref: input.b",
                "- input: {properties: {a: {type: integer}}} ~ p if input.a == \"x\" ~ 6: match error",
                "- input.a: {type: string} ~ p if input.a == 1 ~ 6: match error",
                "- input: {type: array, items: {type: string}} ~ p if input[_] == 1 ~ 6: match error",
                "- input: {type: array, items: [{type: string}, {type: number}]} ~ p if input[1] == \"x\" ~ 6: match error",
                "- input: {type: array, items: [{type: string}]} ~ p if input[1] ~ 6: undefined ref: input[1]",
                "- data.x: {type: boolean} ~ p if data.x == 1 ~ 6: match error",
                "- input: {anyOf: [{type: string}, {type: number}]} ~ p if input == true ~ 6: match error",
                "- input: {anyOf: [{type: string}, {type: number}]} ~ p if input == 1 ~ ",
                "- input: {allOf: [{properties: {a: {type: string}}}, {properties: {b: {type: number}}}]} ~ p if input.c ~ 6: undefined ref: input.c",
                "- input: {allOf: [{type: string}, {type: number}]} ~ p if input ~ 6: unable to merge these schemas: type mismatch: string and number",
                "- input: {definitions: {n: {properties: {next: {$ref: \"#/definitions/n\"}}}}, $ref: \"#/definitions/n\"} ~ p if input.next.next.nex ~ 6: undefined ref: input.next.next.nex",
                "- input: {type: 7} ~ p if input ~ 6: unable to compile the schema: Invalid type. Expected: type, given: string/Array Of Strings",
                "- input: {type: object} ~ p if input.anything ~ ",
                "- input: schema.x ~ p if input.anything ~ ",
                "- input: nothing.x ~ p if input.anything ~ 3: metadata: invalid schema reference",
                "- 7: {type: string} ~ p if true ~ 3: metadata: invalid document reference",
            })
    void compile_schemaInMetadata_refusesWhatCannotHold(String schemas, String rule, String error) {
        List<String> found = errors(Schemas.none(), annotated(schemas, rule));
        assertThat(found).isEqualTo(error == null ? List.of() : List.of(error));
    }

    @Test
    void compile_scopes_innerOverridesOuter() {
        String outer =
                "# METADATA\n# scope: subpackages\n# schemas:\n# - input: {properties: {a: {type: string}}}\npackage m\n";
        String inner = "# METADATA\n# schemas:\n# - input.a: {type: number}\npackage m.n\n"
                + "p if input.a == \"x\"\n# METADATA\n# scope: document\n# schemas:\n# - input.a: {type: boolean}\n"
                + "q if input.a == \"x\"\nq if input.a == 1\nr if input.a == 1\nr if input.b\n";
        assertThat(errors(Schemas.none(), outer, inner))
                .containsExactly("5: match error", "10: match error", "11: match error", "13: undefined ref: input.b");
    }

    @Test
    void compile_givenSchemas_areFoundByName() {
        Schemas given = Schemas.named(
                Map.of("hr/person", Value.fromJson("{\"properties\": {\"name\": {\"type\": \"string\"}}}")));
        assertThat(errors(given, annotated("- input: schema.hr.person", "p if input.nam")))
                .containsExactly("6: undefined ref: input.nam");
        assertThat(errors(given, annotated("- input: schema.hr.none", "p if input.nam")))
                .containsExactly("6: undefined schema: schema.hr.none");
    }

    @Test
    void compile_schemaOfInput_holdsEverywhere() throws Exception {
        CompileOptions options = CompileOptions.defaults()
                .withSchemas(Schemas.ofInput(Value.fromJson("{\"properties\": {\"name\": {\"type\": \"string\"}}}")));
        Policy policy = Policy.compile(List.of(new Source("m.rego", "package m\np if input.name == \"x\"")), options);
        assertThat(policy.prepare("data.m.p").evaluate(Value.fromJson("{\"name\": \"x\"}"), null, Budget.DEFAULT))
                .contains(Bool.TRUE);
        assertThat(errors(options.schemas(), "package m\np if input.name == 1")).containsExactly("2: match error");
    }

    @Test
    void compile_documentsReplaced_mayBeOfEitherType() {
        String rules = "package m\nt := \"x\"\nn := count(t)\nok if t.y with data.m.t as {\"y\": 1}\n"
                + "also if n.y with data.m.t as 1\nplain if t == 1 with data.m.t as 1\n";
        assertThat(errors(Schemas.none(), rules)).isEmpty();
        assertThat(errors(Schemas.none(), rules + "wrong if t.z with data.m.t as {\"y\": 1}\n"))
                .containsExactly("7: undefined ref: data.m.t.z");
        assertThat(errors(Schemas.none(), "package m\nf(x) := x + 1\ng(x, y) := x\np if f(1) with f as g\n"))
                .containsExactly("4: data.m.f: arity mismatch");
    }
}
