package dev.hufu.service.gate;

import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A bundle as modules for OPA's Policy API. That takes one module at a time and refuses one that calls what is not there yet, so
 * that the files of a package become one module. Each states the bundle's digest as {@code hufu_bundle}, in the same text as its
 * rules and so never apart from them; the module {@code hufu_gate} gives all of these with each decision, and the digest of the facts.
 *
 * @param digest of the bundle
 * @param packages how many packages state the digest
 * @param modules text by id
 */
record OpaModules(String digest, int packages, Map<String, String> modules) {
    /** Under which all ids are; what else is there is not ours, and what is not in use any more is taken away. */
    static final String PREFIX = "hufu/";

    private static final Pattern HEADING = Pattern.compile("(?m)^[ \\t]*(package|import)[ \\t].*$");

    /** A file and its syntax tree. */
    private record Parsed(String file, String text, JsonNode tree) {
        List<JsonNode> imports() {
            return elements("imports").toList();
        }

        List<JsonNode> rules() {
            return elements("rules").toList();
        }

        /** For example {@code law.cn}. */
        String name() {
            return path().map(term -> term.path("value").asString("")).collect(Collectors.joining("."));
        }

        /** For example {@code data["law"]["cn"]}. */
        String reference() {
            return path().map(term -> "[" + term.path("value") + "]").collect(Collectors.joining("", "data", ""));
        }

        private Stream<JsonNode> path() {
            return tree.at("/package/path").valueStream().skip(1);
        }

        private Stream<JsonNode> elements(String name) {
            JsonNode list = tree.get(name);
            return list == null ? Stream.empty() : list.valueStream();
        }

        /** Whether a variable of that name occurs, wherever it is bound. */
        boolean mentions(String name) {
            return tree.path("rules").findParents("value").stream()
                    .anyMatch(term -> term.path("type").asString("").equals("var")
                            && term.path("value").asString("").equals(name));
        }
    }

    OpaModules {
        modules = Map.copyOf(modules);
    }

    /** @throws EngineException when the files of a package cannot be joined */
    static OpaModules of(PolicyBundle bundle) throws EngineException {
        var packages = new TreeMap<String, List<Parsed>>();
        for (Map.Entry<String, String> module : bundle.modules().entrySet()) {
            Parsed parsed = parse(module.getKey(), module.getValue());
            packages.computeIfAbsent(parsed.name(), _ -> new ArrayList<>()).add(parsed);
        }
        String digest = JsonNodeFactory.instance.stringNode(bundle.digest()).toString();
        var modules = new TreeMap<String, String>();
        for (Map.Entry<String, List<Parsed>> one : packages.entrySet()) {
            modules.put(PREFIX + one.getKey(), joined(one.getValue()) + "\nhufu_bundle := " + digest + "\n");
        }
        String stated = packages.values().stream()
                .map(files -> files.getFirst().reference() + "[\"hufu_bundle\"]")
                .collect(Collectors.joining(", "));
        modules.put(PREFIX + "hufu_gate", gate(digest, stated));
        return new OpaModules(bundle.digest(), packages.size(), modules);
    }

    private static String gate(String digest, String stated) {
        return """
                package hufu_gate

                basis := {
                	"bundle": %s,
                	"packages": [%s],
                	"facts": data.hufu_facts.digest,
                }

                answer := {
                	"basis": basis,
                	"decisions": [decision | decision := data.hufu.decision],
                }
                """.formatted(digest, stated);
    }

    /** Whether a basis that the server states is this bundle, whole and unmixed, with those facts. */
    boolean isBasis(JsonNode basis, String factsDigest) {
        JsonNode stated = basis.path("packages");
        return basis.path("bundle").asString("").equals(digest)
                && basis.path("facts").asString("").equals(factsDigest)
                && stated.size() == packages
                && stated.valueStream().allMatch(one -> one.asString("").equals(digest));
    }

    private static Parsed parse(String file, String text) {
        try {
            return new Parsed(
                    file, text, Policy.parse(new Source(file, text), false).toJsonNode());
        } catch (RegoCompileException broken) {
            throw new IllegalArgumentException(file + " does not parse", broken); // of a bundle that compiled, no file
        }
    }

    /** Headings first, each once, then the files without theirs; the syntax tree says whether that kept every rule. */
    private static String joined(List<Parsed> files) throws EngineException {
        if (files.size() == 1) {
            return files.getFirst().text();
        }
        Set<String> headings = new LinkedHashSet<>();
        StringBuilder bodies = new StringBuilder();
        for (Parsed file : files) {
            HEADING.matcher(file.text())
                    .results()
                    .forEach(line -> headings.add(line.group().strip()));
            bodies.append(HEADING.matcher(file.text()).replaceAll("")).append('\n');
        }
        String text =
                headings.stream().sorted((a, b) -> b.compareTo(a)).collect(Collectors.joining("\n")) + "\n" + bodies;
        Parsed joined;
        try {
            joined = parse("joined", text);
        } catch (IllegalArgumentException apart) {
            throw refused(files);
        }
        List<JsonNode> rules =
                files.stream().flatMap(file -> file.rules().stream()).toList();
        if (!joined.rules().equals(rules) || files.stream().anyMatch(file -> capturedBy(joined, file))) {
            throw refused(files);
        }
        return text;
    }

    /** Whether a name in a file would mean what another file imports under it. */
    private static boolean capturedBy(Parsed joined, Parsed file) {
        return joined.imports().stream()
                .filter(one -> !file.imports().contains(one))
                .map(OpaModules::alias)
                .anyMatch(file::mentions);
    }

    private static String alias(JsonNode imported) {
        JsonNode path = imported.at("/path/value");
        return imported.path("alias")
                .asString(path.path(path.size() - 1).path("value").asString(""));
    }

    private static EngineException refused(List<Parsed> files) {
        return new EngineException(
                "The files of a package cannot be put on the OPA server as one module: "
                        + files.stream().map(Parsed::file).collect(Collectors.joining(", ")) + ".",
                "Give them the same imports, each statement on lines of its own, or choose HUFU_POLICY_ENGINE=embedded.");
    }
}
