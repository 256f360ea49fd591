package dev.hufu.rego.syntax;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Bool;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a metadata block may say, and the form in which it is kept: authors, resources and schemas become objects. Messages of
 * the exceptions are those of OPA where it has words of its own.
 */
final class MetadataFields {
    private enum Kind {
        TEXT,
        BOOLEAN,
        LIST,
        TEXTS,
        OBJECT
    }

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("scope", Kind.TEXT),
            Map.entry("title", Kind.TEXT),
            Map.entry("description", Kind.TEXT),
            Map.entry("entrypoint", Kind.BOOLEAN),
            Map.entry("authors", Kind.LIST),
            Map.entry("organizations", Kind.TEXTS),
            Map.entry("related_resources", Kind.LIST),
            Map.entry("schemas", Kind.LIST),
            Map.entry("custom", Kind.OBJECT),
            Map.entry("compile", Kind.OBJECT),
            Map.entry("labels", Kind.OBJECT));

    private MetadataFields() {}

    /** The block with its scope; throws IllegalArgumentException where a field is not what it must be. */
    static Obj of(Obj written, boolean onPackage) {
        written.forEach(MetadataFields::checkKind);
        String scope = scope(written, onPackage);
        ObjBuilder fields = new ObjBuilder().putAll(written).put("scope", new Str(scope));
        each(written, "authors", fields, MetadataFields::author);
        each(written, "related_resources", fields, MetadataFields::resource);
        each(written, "schemas", fields, MetadataFields::schema);
        return fields.build();
    }

    private static void checkKind(Value key, Value value) {
        Kind kind = key instanceof Str name ? KINDS.get(name.value()) : null;
        if (kind == null || value instanceof Null) {
            return;
        }
        boolean fits = switch (kind) {
            case TEXT -> isScalar(value);
            case BOOLEAN -> value instanceof Bool;
            case LIST -> value instanceof Arr;
            case TEXTS -> value instanceof Arr list && list.asList().stream().allMatch(MetadataFields::isScalar);
            case OBJECT -> value instanceof Obj;
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    "`" + ((Str) key).value() + "` must be " + words(kind) + ", not " + value.typeName());
        }
    }

    private static boolean isScalar(Value value) {
        return switch (value) {
            case Str _, Num _, Bool _ -> true;
            case Null _, Arr _, Obj _, SetValue _ -> false;
        };
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case BOOLEAN -> "true or false";
            case LIST -> "a list";
            case TEXTS -> "a list of texts";
            case OBJECT -> "a mapping";
        };
    }

    private static String scope(Obj written, boolean onPackage) {
        boolean entrypoint = Bool.TRUE.equals(written.get("entrypoint"));
        String scope = written.get("scope") instanceof Str text
                ? text.value()
                : onPackage ? "package" : entrypoint ? "document" : "rule";
        switch (scope) {
            case "rule", "document" -> attached(scope, "rule", !onPackage);
            case "package", "subpackages" -> attached(scope, "package", onPackage);
            default ->
                throw new IllegalArgumentException("invalid annotation scope '" + scope
                        + "'. Use one of 'rule', 'document', 'package', or 'subpackages'");
        }
        if (entrypoint && !scope.equals("document") && !scope.equals("package")) {
            throw new IllegalArgumentException(
                    "annotation entrypoint applied to non-document or package scope '" + scope + "'");
        }
        return scope;
    }

    private static void attached(String scope, String wanted, boolean fits) {
        if (!fits) {
            String have = wanted.equals("rule") ? "package" : "rule";
            throw new IllegalArgumentException(
                    "annotation scope '" + scope + "' must be applied to " + wanted + " (have " + have + ")");
        }
    }

    private static void each(Obj written, String name, ObjBuilder fields, UnaryOperator<Value> function) {
        if (written.get(name) instanceof Arr listed) {
            fields.put(name, Arr.of(listed.asList().stream().map(function).toList()));
        }
    }

    /** {@code Name of Words <address>}, or an object with both. */
    private static Value author(Value written) {
        if (written instanceof Obj object) {
            if (object.get("name") == null && object.get("email") == null) {
                throw new IllegalArgumentException(
                        "invalid author definition: 'name' and/or 'email' values required in object");
            }
            return object;
        }
        String name = written instanceof Str text ? text.value().strip() : "";
        if (name.isEmpty()) {
            throw new IllegalArgumentException("invalid author definition: author is an empty string");
        }
        ObjBuilder author = new ObjBuilder();
        int open = name.lastIndexOf('<');
        if (open >= 0 && name.endsWith(">")) {
            author.put("email", new Str(name.substring(open + 1, name.length() - 1)));
            name = name.substring(0, open).strip();
        }
        return name.isEmpty()
                ? author.build()
                : author.put("name", new Str(name)).build();
    }

    private static Value resource(Value written) {
        if (written instanceof Str text) {
            return Obj.of(new Str("ref"), text);
        }
        if (written instanceof Obj object && object.get("ref") != null) {
            return object;
        }
        throw new IllegalArgumentException("invalid related-resource definition: 'ref' value required in object");
    }

    /** {@code document: schema.name}, or the schema itself. */
    private static Value schema(Value written) {
        if (!(written instanceof Obj pair && pair.size() == 1)) {
            throw new IllegalArgumentException("invalid document reference");
        }
        Value key = pair.keyAt(0);
        @Nullable
        List<Value> path = key instanceof Str text ? Paths.parse(text.value()).orElse(null) : null;
        if (path == null) {
            throw new IllegalArgumentException("invalid document reference");
        }
        ObjBuilder schema = new ObjBuilder().put("path", Arr.of(path));
        return switch (pair.valueAt(0)) {
            case Str reference ->
                schema.put("schema", Arr.of(reference(reference.value()))).build();
            case Obj definition -> schema.put("definition", definition).build();
            case Null _, Bool _, Num _, Arr _, SetValue _ ->
                throw new IllegalArgumentException("invalid schema declaration for path " + key);
        };
    }

    private static List<Value> reference(String text) {
        List<Value> path = Paths.parse(text).orElse(new ArrayList<>());
        if (path.isEmpty() || !path.getFirst().equals(new Str("schema"))) {
            throw new IllegalArgumentException("invalid schema reference");
        }
        return path;
    }
}
