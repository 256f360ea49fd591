package dev.hufu.service.facts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What policy finds under {@code data.facts} at one moment. Equal content has an equal digest, whatever order it was read in.
 * Immutable as long as nobody changes the tree, which nobody may.
 */
public final class FactsSnapshot {
    private final JsonNode document;
    private final String digest;
    private final Instant time;

    private FactsSnapshot(JsonNode document, String digest, Instant time) {
        this.document = document;
        this.digest = digest;
        this.time = time;
    }

    /** Sorts the members and digests the content. */
    public static FactsSnapshot of(JsonNode content, Instant time) {
        JsonNode document = sorted(content);
        return new FactsSnapshot(document, digest(document.toString()), time);
    }

    /** The document, members in order of their names; not to be changed. */
    public JsonNode document() {
        return document;
    }

    /** {@code sha256:} and 64 hexadecimal digits over the document's JSON. */
    public String digest() {
        return digest;
    }

    /** When it was built. */
    public Instant time() {
        return time;
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(e -> members.put(e.getKey(), sorted(e.getValue())));
            ObjectNode out = JsonMapper.shared().createObjectNode();
            members.forEach(out::set);
            return out;
        }
        if (node.isArray()) {
            ArrayNode out = JsonMapper.shared().createArrayNode();
            node.forEach(item -> out.add(sorted(item)));
            return out;
        }
        return node;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
