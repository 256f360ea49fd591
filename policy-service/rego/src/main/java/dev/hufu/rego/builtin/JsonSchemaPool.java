package dev.hufu.rego.builtin;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the references of a schema may lead to: parts of itself and the drafts' own schemas; never the network. */
final class JsonSchemaPool {
    private static final String ABSOLUTE = "[A-Za-z][A-Za-z0-9+.-]*:.*";
    private static final Set<String> OF_SCHEMAS = Set.of("properties", "dependencies", "patternProperties");
    private static final Set<String> LITERAL = Set.of("const", "enum");
    private static final Map<String, Integer> DRAFTS = Map.of(
            "http://json-schema.org/draft-04/schema", 4,
            "http://json-schema.org/draft-06/schema", 6,
            "http://json-schema.org/draft-07/schema", 7);

    /** A schema's text, references made absolute; draft 0 where it names none. */
    record Document(Value content, int draft) {}

    private final Map<String, Document> documents = new HashMap<>();

    /** Adds a whole schema under its address, empty for the one asked about. */
    Document add(String address, Value content) {
        int draft = draft(content);
        Document document = new Document(absolute(content, address, draft), draft);
        documents.put(address, document);
        return document;
    }

    static int draft(Value content) {
        if (content instanceof dev.hufu.rego.Bool) {
            return 0;
        }
        if (!(content instanceof Obj object)) {
            throw BuiltinException.failed("schema is invalid");
        }
        Value named = object.get("$schema");
        if (named == null) {
            return 0;
        }
        if (!(named instanceof Str text)) {
            throw BuiltinException.failed("$schema must be of type string");
        }
        return DRAFTS.getOrDefault(withoutHash(text.value()), 0);
    }

    private static String withoutHash(String reference) {
        return reference.endsWith("#") ? reference.substring(0, reference.length() - 1) : reference;
    }

    private static String resolve(String base, String reference) {
        int hash = base.indexOf('#');
        String document = hash < 0 ? base : base.substring(0, hash);
        if (reference.startsWith("#") || reference.isEmpty()) {
            return withoutHash(document + reference);
        }
        if (document.isEmpty()) {
            boolean rooted = reference.startsWith("/") || reference.matches(ABSOLUTE);
            return withoutHash(rooted ? reference : "/" + reference);
        }
        try {
            return withoutHash(URI.create(document).resolve(reference).toString());
        } catch (IllegalArgumentException malformed) {
            return reference;
        }
    }

    private Value absolute(Value content, String base, int draft) {
        return switch (content) {
            case Arr array ->
                Arr.of(array.asList().stream()
                        .map(item -> absolute(item, base, draft))
                        .toList());
            case Obj object -> {
                Value id = object.get(object.get("id") == null ? "$id" : "id");
                String scope = id instanceof Str text ? resolve(base, text.value()) : base;
                if (id instanceof Str && documents.containsKey(scope)) {
                    throw BuiltinException.failed("Reference already exists: \"" + scope + "\"");
                }
                Obj changed = members(object, scope, draft);
                if (id instanceof Str) {
                    documents.put(scope, new Document(changed, draft));
                }
                yield changed;
            }
            default -> content;
        };
    }

    private Obj members(Obj object, String scope, int draft) {
        ObjBuilder changed = new ObjBuilder();
        object.forEach((key, member) -> {
            String name = Comparisons.text(key);
            if (name.equals("$ref") && member instanceof Str reference) {
                changed.put(key, new Str(resolve(scope, reference.value())));
            } else if (LITERAL.contains(name)) {
                changed.put(key, member);
            } else if (OF_SCHEMAS.contains(name) && member instanceof Obj schemas) {
                ObjBuilder each = new ObjBuilder();
                schemas.forEach((property, schema) -> each.put(property, absolute(schema, scope, draft)));
                changed.put(key, each.build());
            } else if (OF_SCHEMAS.contains(name)) {
                changed.put(key, member);
            } else {
                changed.put(key, absolute(member, scope, draft));
            }
        });
        return changed.build();
    }

    Document find(String reference) {
        Document known = documents.get(reference);
        if (known != null) {
            return known;
        }
        int hash = reference.indexOf('#');
        String address = hash < 0 ? reference : reference.substring(0, hash);
        Document whole = documents.get(address);
        if (whole == null) {
            whole = ofDraft(address, reference);
        }
        String pointer = hash < 0 ? "" : reference.substring(hash + 1);
        Document found = new Document(at(whole.content, pointer), whole.draft);
        documents.put(reference, found);
        return found;
    }

    private Document ofDraft(String address, String reference) {
        Integer draft = DRAFTS.get(address);
        if (draft == null) {
            throw BuiltinException.failed(
                    reference.matches(ABSOLUTE)
                            ? "Could not read schema from " + reference + ": nothing is fetched for a schema"
                            : "Reference " + reference + " must be canonical");
        }
        try (InputStream in = JsonSchemaPool.class.getResourceAsStream("json-schema-draft-0" + draft + ".json")) {
            byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
            Value content = Value.fromJson(new String(bytes, StandardCharsets.UTF_8));
            Document added = new Document(absolute(content, address, draft), draft);
            documents.put(address, added);
            return added;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** RFC 6901. */
    private static Value at(Value document, String pointer) {
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw BuiltinException.failed("Invalid JSON pointer, must be empty or start with a \"/\"");
        }
        Value at = document;
        List<String> tokens = new ArrayList<>(List.of(pointer.split("/", -1)));
        tokens.removeFirst();
        for (String token : tokens) {
            at = switch (at) {
                case Obj object -> {
                    String key = decoded(token).replace("~1", "/").replace("~0", "~");
                    yield found(object.get(key), "Object has no key '" + key + "'");
                }
                case Arr array -> {
                    boolean index = token.matches("\\d{1,9}");
                    String message = index
                            ? "Out of bound array[0," + array.size() + "] index '" + token + "'"
                            : "Invalid array index '" + token + "'";
                    yield found(index ? array.get(Value.of(Long.parseLong(token))) : null, message);
                }
                default -> throw BuiltinException.failed("Invalid token reference '" + token + "'");
            };
        }
        return at;
    }

    private static String decoded(String token) {
        try {
            return URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw BuiltinException.failed("parse \"" + token + "\": invalid URL escape");
        }
    }

    private static Value found(@Nullable Value value, String otherwise) {
        if (value == null) {
            throw BuiltinException.failed(otherwise);
        }
        return value;
    }
}
