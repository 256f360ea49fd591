package dev.hufu.service.gate;

import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.bundle.Bundle;
import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.bundle.BundleLimits;
import dev.hufu.rego.bundle.BundleReader;
import dev.hufu.rego.bundle.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code opa build -t wasm -e hufu/decision} makes: the module, and the sources it was compiled from. The sources are not the
 * files as they were: OPA leaves comments out, formats anew, and of the entry point keeps an import in place of the rules. So they
 * are compared as syntax trees, and the entry point is held by the cases alone.
 */
final class WasmBundle {
    /** How to make one of the policy in use. */
    static final String BUILD =
            "Build it anew from the policy files in use: opa build -t wasm -e hufu/decision -o policy.tar.gz house lawpacks";

    private static final String ENTRY_PACKAGE = "hufu";
    private static final String ENTRY_RULE = "decision";

    private final byte[] module;
    private final List<Source> sources;

    private WasmBundle(byte[] module, List<Source> sources) {
        this.module = module;
        this.sources = sources;
    }

    /** @throws EngineException when the file is no whole bundle with a module and its sources */
    static WasmBundle read(Path file) throws EngineException {
        Bundle bundle;
        try {
            bundle = new BundleReader(BundleLimits.DEFAULT, Verification.skipped()).read(file);
        } catch (BundleException | IOException damaged) {
            throw new EngineException(
                    "HUFU_POLICY_WASM names a file that is no whole bundle (" + damaged.getMessage() + ").",
                    BUILD + ". A bare .wasm file does not do: nothing says of which policy it is.",
                    damaged);
        }
        byte[] module = bundle.opaque().stream()
                .filter(one -> one.path().equals("policy.wasm"))
                .findFirst()
                .orElseThrow(
                        () -> new EngineException("HUFU_POLICY_WASM names a bundle without policy.wasm.", BUILD + "."))
                .bytes();
        return new WasmBundle(module, bundle.sources());
    }

    /** The module's bytes; not to be changed. */
    byte[] module() {
        return module;
    }

    /** @throws EngineException when a source of the policy is not what the module was compiled from, or the other way about */
    void requireSourcesOf(PolicyBundle policy) throws EngineException {
        Map<String, JsonNode> wanted = trees(policy.modules().entrySet().stream()
                .map(module -> new Source(module.getKey(), module.getValue()))
                .toList());
        Map<String, JsonNode> compiled = trees(sources);
        List<JsonNode> unmatched = new ArrayList<>(compiled.values());
        List<String> differing = wanted.entrySet().stream()
                .filter(source -> !unmatched.remove(source.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (differing.isEmpty() && unmatched.isEmpty()) {
            return;
        }
        throw new EngineException(
                "HUFU_POLICY_WASM names a bundle that was compiled from another policy: "
                        + (differing.isEmpty()
                                ? unmatched.size() + " of its sources are not in use here"
                                : "it has no source like " + String.join(", ", differing))
                        + ".",
                BUILD + " (without -O, which rewrites the rules).");
    }

    private static Map<String, JsonNode> trees(List<Source> sources) throws EngineException {
        var trees = new TreeMap<String, JsonNode>();
        for (Source source : sources) {
            try {
                trees.put(source.file(), tree(source));
            } catch (RegoCompileException broken) {
                throw new EngineException(
                        "HUFU_POLICY_WASM names a bundle with a source that does not parse: " + source.file() + ".",
                        BUILD + ".",
                        broken);
            }
        }
        return trees;
    }

    /** Package, imports and rules; without comments, and without the entry point. */
    private static JsonNode tree(Source source) throws RegoCompileException {
        JsonNode module = Policy.parse(source, false).toJsonNode();
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        String name = path(module.at("/package/path"));
        tree.put("package", name);
        ArrayNode imports = tree.putArray("imports");
        elements(module.get("imports"))
                .filter(one -> !isEntry(path(one.at("/path/value"))))
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .forEach(imports::add);
        ArrayNode rules = tree.putArray("rules");
        elements(module.get("rules"))
                .filter(rule -> !isEntry(name + "." + ruleName(rule)))
                .forEach(rules::add);
        return tree;
    }

    private static Stream<JsonNode> elements(@Nullable JsonNode list) {
        return list == null ? Stream.empty() : list.valueStream();
    }

    private static boolean isEntry(String path) {
        return path.equals("data." + ENTRY_PACKAGE + "." + ENTRY_RULE) || path.startsWith("rego.");
    }

    private static String ruleName(JsonNode rule) {
        return rule.at("/head/ref/0/value").asString(rule.at("/head/name").asString(""));
    }

    /** Joined by dots, for example {@code data.law.cn}. */
    private static String path(JsonNode terms) {
        List<String> names =
                terms.valueStream().map(term -> term.path("value").asString("")).toList();
        return String.join(".", names);
    }
}
