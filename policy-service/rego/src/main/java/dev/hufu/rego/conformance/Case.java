package dev.hufu.rego.conformance;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Null;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Source;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One case: modules, data, input and a query, with the wanted result or error.
 *
 * @param category the file it stands in, without its ending
 * @param note its name
 * @param v0 its modules are Rego v0
 */
public record Case(String category, String note, boolean v0, Obj fields) {

    /** Empty where the case holds, else what differs. */
    public Optional<String> run() {
        try {
            return judge();
        } catch (EvaluationException error) {
            return judge(error.code(), String.valueOf(error.getMessage()));
        } catch (RegoCompileException error) {
            return judge(error.errors().getFirst().code(), String.valueOf(error.getMessage()));
        }
    }

    private Optional<String> judge() throws RegoCompileException {
        boolean strict = Bool.TRUE.equals(fields.get("strict_error"));
        Policy policy = Policy.compile(
                sources(), CompileOptions.defaults().withStrict(strict).withV0(v0));
        List<Obj> rows = policy.prepareBindings(text("query"))
                .evaluate(input(), fields.get("data") instanceof Obj data ? data : Obj.EMPTY, Budget.DEFAULT);
        if (wantsError()) {
            return Optional.of("wanted an error, got " + rows);
        }
        if (!(fields.get("want_result") instanceof Arr wanted)) {
            return Optional.empty();
        }
        boolean sort = Bool.TRUE.equals(fields.get("sort_bindings"));
        List<Value> got = new ArrayList<>();
        for (Obj row : rows) {
            ObjBuilder shown = new ObjBuilder();
            row.forEach((name, value) -> shown.put(name, sorted(Value.fromJson(value.toJson()), sort)));
            got.add(shown.build());
        }
        List<Value> expected = new ArrayList<>();
        wanted.forEach(row -> expected.add(row));
        SetValue gotRows = SetValue.of(got);
        SetValue wantedRows = SetValue.of(expected);
        return gotRows.equals(wantedRows) ? Optional.empty() : Optional.of("wanted " + wantedRows + ", got " + gotRows);
    }

    private static Value sorted(Value value, boolean sort) {
        if (sort && value instanceof Arr array) {
            List<Value> items = new ArrayList<>(array.asList());
            items.sort(null);
            return Arr.of(items);
        }
        return value;
    }

    private boolean wantsError() {
        return fields.get("want_error") != null || fields.get("want_error_code") != null;
    }

    private Optional<String> judge(String code, String message) {
        if (!wantsError()) {
            return Optional.of("unexpected " + message);
        }
        String wantedCode = text("want_error_code");
        String wanted = text("want_error");
        if (!wantedCode.isEmpty() && !wantedCode.equals(code)) {
            return Optional.of("wanted " + wantedCode + ", got " + message);
        }
        return message.contains(wanted) ? Optional.empty() : Optional.of("wanted \"" + wanted + "\", got " + message);
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        if (fields.get("modules") instanceof Arr modules) {
            for (Value module : modules) {
                String text = module instanceof Str string ? string.value() : "";
                sources.add(new Source("test-" + sources.size() + ".rego", text));
            }
        }
        return sources;
    }

    /** {@code input} is JSON; {@code input_term} is a term, which JSON could not write. */
    private @Nullable Value input() throws RegoCompileException {
        Value input = fields.get("input");
        if (fields.get("input_term") instanceof Str term) {
            return Policy.compile(List.of(), CompileOptions.defaults())
                    .prepare(term.value())
                    .evaluate(null, null, Budget.DEFAULT)
                    .orElse(Null.NULL);
        }
        return input;
    }

    private String text(String name) {
        return fields.get(name) instanceof Str text ? text.value() : "";
    }
}
