package dev.hufu.auditlog.receipt;

import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.NoteKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A receipt: the entry, the log's promise for its batch with the entry's path in the batch's tree and, from
 * {@link Level#D2} on, a signed checkpoint with the path in the log's tree. Format: compliance-docs/spec/receipt-format.md.
 * Immutable and thread-safe; made by the log, or read from a file by {@link ReceiptVerifier}, which checks it.
 */
public final class LogReceipt {
    static final String FORMAT = "hufu-receipt/v1";

    private final VerifierKey key;
    private final EntryId id;
    private final byte[] entry;
    private final Promised promise;
    private final Optional<Included> inclusion;

    /**
     * Where the entry stands in its batch.
     *
     * @param note the signed promise
     * @param position in the batch, from 0 on
     * @param path in the batch's tree
     */
    public record Promised(String note, int position, List<Hash> path) {
        /** Copies the path. */
        public Promised {
            path = List.copyOf(path);
        }
    }

    /**
     * Where the entry stands in the log.
     *
     * @param checkpoint the signed checkpoint
     * @param index in the log, from 0 on
     * @param path in the log's tree
     * @param keys whose lines the checkpoint carries behind that of the log's key, in their order; most often none
     */
    public record Included(String checkpoint, long index, List<Hash> path, List<NoteKey> keys) {
        /** Copies path and keys. */
        public Included {
            path = List.copyOf(path);
            keys = List.copyOf(keys);
        }

        /** Those of the keys that are witnesses'. */
        public List<WitnessKey> witnesses() {
            return keys.stream()
                    .flatMap(key -> key instanceof WitnessKey witness ? Stream.of(witness) : Stream.empty())
                    .toList();
        }
    }

    /** Puts a receipt together; nothing is verified here. The entry's bytes must not change afterwards. */
    public LogReceipt(VerifierKey key, EntryId id, byte[] entry, Promised promise, Optional<Included> inclusion) {
        this.key = key;
        this.id = id;
        this.entry = entry;
        this.promise = promise;
        this.inclusion = inclusion;
    }

    /** The same entry's receipt with its place in the log. */
    public LogReceipt with(Included place) {
        return new LogReceipt(key, id, entry, promise, Optional.of(place));
    }

    /** What it shows. */
    public Level level() {
        return inclusion
                .map(place -> place.witnesses().isEmpty() ? Level.D2 : Level.D3)
                .orElse(Level.D1);
    }

    /** The entry's id. */
    public EntryId id() {
        return id;
    }

    /** A copy of the entry. */
    public byte[] entry() {
        return entry.clone();
    }

    /** The entry's leaf hash in the log's tree. */
    public Hash leafHash() {
        return new TreeHasher().leaf(entry);
    }

    /** The log's public key. */
    public VerifierKey key() {
        return key;
    }

    /** Its batch's promise. */
    public Promised promise() {
        return promise;
    }

    /** Its place in the log; empty at {@link Level#D1}. */
    public Optional<Included> inclusion() {
        return inclusion;
    }

    /** The receipt as JSON, for embedding in an answer. */
    public ObjectNode json() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode json = nodes.objectNode();
        json.put("entry", StrictBase64.encode(entry));
        json.put("format", FORMAT);
        json.put("id", id.toString());
        inclusion.ifPresent(place -> {
            ObjectNode node = json.putObject("inclusion");
            node.put("checkpoint", place.checkpoint());
            node.put("index", place.index());
            if (!place.keys().isEmpty()) {
                ArrayNode keys = node.putArray("keys");
                place.keys().forEach(further -> keys.add(further.text()));
            }
            node.set("path", path(place.path()));
        });
        json.put("leafHash", leafHash().hex());
        json.put("level", level().name());
        ObjectNode node = json.putObject("promise");
        node.put("note", promise.note());
        node.set("path", path(promise.path()));
        node.put("position", promise.position());
        json.put("vkey", key.text());
        return json;
    }

    /** The receipt file: canonical JSON, without a line end. */
    public byte[] bytes() {
        return CanonicalJson.bytes(json());
    }

    private static ArrayNode path(List<Hash> hashes) {
        ArrayNode path = JsonNodeFactory.instance.arrayNode();
        hashes.forEach(hash -> path.add(hash.hex()));
        return path;
    }

    @Override
    public String toString() {
        return level() + " receipt of " + id;
    }
}
