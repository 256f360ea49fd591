package dev.hufu.auditlog.receipt;

import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.NoteKey;
import dev.hufu.auditlog.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Reads the members of a receipt: exactly those of its level, each in the one form it has. Checks no signature. */
final class ReceiptFile {
    private static final int MAX_PATH = 64;
    private static final int MAX_KEYS = 16;
    private static final int MAX_ENTRY = 65_535;
    private static final Set<String> MEMBERS = Set.of("entry", "format", "id", "leafHash", "level", "promise", "vkey");

    private ReceiptFile() {}

    /**
     * Reads a receipt.
     *
     * @throws IllegalArgumentException naming the member that is not as it must be
     */
    static LogReceipt read(JsonNode json) {
        boolean included = json.has("inclusion");
        Set<String> members = new TreeSet<>(MEMBERS);
        if (included) {
            members.add("inclusion");
        }
        requireMembers(json, members, "the receipt");
        require(text(json, "format").equals(LogReceipt.FORMAT), "format", "is not " + LogReceipt.FORMAT);
        VerifierKey key = named("vkey", () -> VerifierKey.parse(text(json, "vkey")));
        EntryId id = named("id", () -> EntryId.parse(text(json, "id")));
        byte[] entry = named("entry", () -> StrictBase64.decode(text(json, "entry")));
        require(entry.length <= MAX_ENTRY, "entry", "has more than 65535 bytes");
        JsonNode promised = json.required("promise");
        requireMembers(promised, Set.of("note", "path", "position"), "promise");
        long position = number(promised, "position");
        require(position <= Integer.MAX_VALUE, "position", "is out of bounds");
        LogReceipt receipt = new LogReceipt(
                key,
                id,
                entry,
                new LogReceipt.Promised(text(promised, "note"), (int) position, path(promised)),
                included ? Optional.of(included(json.required("inclusion"))) : Optional.empty());
        require(text(json, "level").equals(receipt.level().name()), "level", "is not what the receipt shows");
        require(text(json, "leafHash").equals(receipt.leafHash().hex()), "leafHash", "is not that of the entry");
        return receipt;
    }

    private static LogReceipt.Included included(JsonNode json) {
        Set<String> members = new TreeSet<>(Set.of("checkpoint", "index", "path"));
        if (json.has("keys")) {
            members.add("keys");
        }
        requireMembers(json, members, "inclusion");
        return new LogReceipt.Included(text(json, "checkpoint"), number(json, "index"), path(json), keys(json));
    }

    private static List<NoteKey> keys(JsonNode parent) {
        List<NoteKey> keys = new ArrayList<>();
        if (parent.has("keys")) {
            JsonNode json = parent.required("keys");
            require(
                    json.isArray() && !json.isEmpty() && json.size() <= MAX_KEYS,
                    "keys",
                    "is not an array of 1 to 16 verifier keys");
            for (JsonNode key : json) {
                require(key.isString(), "keys", "holds what is no verifier key");
                keys.add(named("keys", () -> NoteKey.parse(key.stringValue())));
            }
        }
        return keys;
    }

    private static List<Hash> path(JsonNode parent) {
        JsonNode json = parent.required("path");
        require(json.isArray() && json.size() <= MAX_PATH, "path", "is not an array of at most 64 hashes");
        List<Hash> path = new ArrayList<>();
        for (JsonNode hash : json) {
            require(hash.isString(), "path", "holds what is no hash");
            path.add(named("path", () -> Hash.ofHex(hash.stringValue())));
        }
        return path;
    }

    private static void requireMembers(JsonNode json, Set<String> wanted, String what) {
        if (!json.isObject()) {
            throw new IllegalArgumentException(what + " is not an object");
        }
        Set<String> present = new TreeSet<>(json.propertyNames());
        if (!present.equals(new TreeSet<>(wanted))) {
            throw new IllegalArgumentException(what + " has the members " + present + ", not " + new TreeSet<>(wanted));
        }
    }

    private static String text(JsonNode parent, String name) {
        JsonNode json = parent.required(name);
        require(json.isString(), name, "is not a text");
        return json.stringValue();
    }

    private static long number(JsonNode parent, String name) {
        JsonNode json = parent.required(name);
        require(
                json.isIntegralNumber() && json.canConvertToLong() && json.longValue() >= 0,
                name,
                "is not a number from 0");
        return json.longValue();
    }

    private static void require(boolean holds, String name, String what) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + what);
        }
    }

    private static <T> T named(String name, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
