package dev.hufu.rego.check;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Schemas;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.builtin.JsonSchemaTypes;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code schemas} in metadata say of the documents that a rule sees: those of subpackages, outermost first, then of the
 * package, the document and the rule; later ones override.
 */
final class SchemaAnnotations {
    private static final String FIELD = "schemas";

    private final Schemas given;
    private final Map<RuleNode.Entry, List<Obj>> byEntry = new HashMap<>();
    private final Map<RuleNode.Entry, List<Obj>> ofRuleOnly = new HashMap<>();
    private final Map<Arr, Type> loaded = new HashMap<>();

    SchemaAnnotations(Schemas given, Map<Module, List<RuleNode.Entry>> entries) {
        this.given = given;
        boolean any = entries.keySet().stream().anyMatch(SchemaAnnotations::mentions);
        if (any) {
            entries.forEach((module, own) -> own.forEach(entry -> collect(entries, module, entry)));
        }
    }

    private static boolean mentions(Module module) {
        return module.annotations().stream().anyMatch(block -> block.get(FIELD) != null)
                || module.rules().stream()
                        .flatMap(rule -> rule.annotations().stream())
                        .anyMatch(block -> block.get(FIELD) != null);
    }

    private void collect(Map<Module, List<RuleNode.Entry>> entries, Module module, RuleNode.Entry entry) {
        List<Obj> blocks = new ArrayList<>();
        for (int length = 0; length <= module.pkg().size(); length++) {
            List<String> above = module.pkg().subList(0, length);
            entries.keySet().stream()
                    .filter(other -> other.pkg().equals(above))
                    .forEach(other -> add(blocks, other.annotations(), "subpackages"));
        }
        entries.keySet().stream()
                .filter(other -> other.pkg().equals(module.pkg()))
                .forEach(other -> add(blocks, other.annotations(), "package"));
        entries.forEach((other, siblings) -> {
            if (other.pkg().equals(module.pkg())) {
                siblings.stream()
                        .filter(sibling -> ground(sibling).equals(ground(entry)))
                        .forEach(sibling -> add(blocks, sibling.source().annotations(), "document"));
            }
        });
        List<Obj> own = new ArrayList<>();
        add(own, entry.source().annotations(), "rule");
        if (!blocks.isEmpty()) {
            byEntry.put(entry, blocks);
        }
        if (!own.isEmpty()) {
            ofRuleOnly.put(entry, own);
        }
    }

    private static void add(List<Obj> into, List<Obj> blocks, String scope) {
        blocks.stream()
                .filter(block -> block.get(FIELD) != null && new Str(scope).equals(block.get("scope")))
                .forEach(into::add);
    }

    /** The name without the keys that are known only when it is evaluated. */
    private static List<Term> ground(RuleNode.Entry entry) {
        List<Term> name = entry.source().name();
        return name.subList(0, name.size() - entry.suffix().size()).stream()
                .map(SchemaAnnotations::placeless)
                .toList();
    }

    private static Term placeless(Term key) {
        return switch (key) {
            case Term.Var variable -> new Term.Const(new Str(variable.name()), Term.NOWHERE);
            case Term.Const constant -> new Term.Const(constant.value(), Term.NOWHERE);
            case Term.Ref _, Term.ArrayOf _, Term.SetOf _, Term.ObjectOf _ -> key;
            case Term.Comprehension _, Term.Call _, Term.Template _ -> key;
        };
    }

    /** The type of {@code input} everywhere, where one schema was given for it. */
    Optional<Type> input(Findings findings) {
        Value schema = given.find(List.of(Schemas.ROOT)).orElse(null);
        return Optional.ofNullable(schema == null ? null : load(schema, Term.NOWHERE, findings));
    }

    /** The documents as a rule sees them; {@code first} unless it stands behind {@code else}. */
    DocumentTypes over(DocumentTypes documents, RuleNode.Entry entry, boolean first, Findings findings) {
        List<Obj> blocks = new ArrayList<>(byEntry.getOrDefault(entry, List.of()));
        if (first) {
            blocks.addAll(ofRuleOnly.getOrDefault(entry, List.of()));
        }
        if (blocks.isEmpty()) {
            return documents;
        }
        DocumentTypes layer = documents.layered();
        for (Obj block : blocks) {
            if (block.get(FIELD) instanceof Arr schemas) {
                for (Value one : schemas) {
                    if (one instanceof Obj schema && schema.get("path") instanceof Arr path) {
                        declare(layer, path.asList(), schema, entry, findings);
                    }
                }
            }
        }
        return layer;
    }

    private void declare(DocumentTypes layer, List<Value> path, Obj schema, RuleNode.Entry entry, Findings findings) {
        Type type = resolve(schema, entry, findings);
        if (type == null) {
            return;
        }
        if (path.size() == 1) {
            layer.put(path, type);
            return;
        }
        String root = path.getFirst() instanceof Str name ? name.value() : "";
        Type before = layer.of(root, List.of());
        layer.put(path.subList(0, 1), override(before, path.subList(1, path.size()), type));
    }

    private @Nullable Type resolve(Obj schema, RuleNode.Entry entry, Findings findings) {
        Location at = entry.source().at();
        Value definition = schema.get("definition");
        if (definition != null) {
            return load(definition, at, findings);
        }
        if (given.isEmpty() || !(schema.get("schema") instanceof Arr path)) {
            return null;
        }
        Type known = loaded.get(path);
        if (known != null) {
            return known;
        }
        Value found = given.find(path.asList()).orElse(null);
        if (found == null) {
            String name = path.asList().stream()
                    .map(key -> key instanceof Str text ? text.value() : key.toString())
                    .collect(Collectors.joining("."));
            findings.add(RegoError.TYPE, at, "undefined schema: " + name);
            return null;
        }
        Type type = load(found, at, findings);
        if (type != null) {
            loaded.put(path, type);
        }
        return type;
    }

    private static @Nullable Type load(Value schema, Location at, Findings findings) {
        try {
            return JsonSchemaTypes.of(schema);
        } catch (IllegalArgumentException unusable) {
            findings.add(RegoError.TYPE, at, String.valueOf(unusable.getMessage()));
            return null;
        }
    }

    /** The type with another one at a path below it. */
    private static Type override(Type type, List<Value> path, Type by) {
        if (!(Type.unwrapped(type) instanceof Type.ObjectOf object)) {
            return nested(path, by, new Type.Dynamic(Type.ANY, Type.ANY));
        }
        List<Type.Property> properties = new ArrayList<>();
        boolean found = false;
        for (Type.Property property : object.properties()) {
            boolean here = property.key().equals(path.getFirst());
            found |= here;
            Type value = property.value();
            if (here) {
                value = path.size() == 1 ? by : override(value, path.subList(1, path.size()), by);
            }
            properties.add(new Type.Property(property.key(), value));
        }
        if (!found) {
            properties.addAll(nested(path, by, object.dynamic()).properties());
        }
        return new Type.ObjectOf(properties, object.dynamic());
    }

    private static Type.ObjectOf nested(List<Value> path, Type type, Type.@Nullable Dynamic rest) {
        Type value = path.size() == 1 ? type : nested(path.subList(1, path.size()), type, rest);
        return new Type.ObjectOf(List.of(new Type.Property(path.getFirst(), value)), rest);
    }
}
