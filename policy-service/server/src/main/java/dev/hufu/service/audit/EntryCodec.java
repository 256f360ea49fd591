package dev.hufu.service.audit;

import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.json.CanonicalJson.NotCanonicalException;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.service.keys.ActorKeys;
import dev.hufu.service.keys.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.SM3Digest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Entries as canonical JSON, and back. What identifies people becomes ciphertext here, and nowhere later. */
final class EntryCodec {
    /** Characters of free texts that are kept in all: at 3 bytes each, and in hexadecimal, three quarters of an entry. */
    private static final int MAX_TEXTS = 8192;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final HexFormat HEX = HexFormat.of();

    private final String origin;
    private final ActorKeys actors;

    EntryCodec(String origin, ActorKeys actors) {
        this.origin = origin;
        this.actors = actors;
    }

    /** The bytes to log for {@code entry} under {@code id}. */
    byte[] write(EntryId id, Instant time, Entry entry, Optional<CohortStore.Stored> cohort) {
        ObjectNode json = NODES.objectNode();
        json.put("specversion", "1.0");
        json.put("id", id.toString());
        json.put("source", origin);
        json.put("type", entry.type().wire());
        json.put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
        json.put("datacontenttype", "application/json");
        ObjectNode data = json.putObject("data");
        data.put("action", entry.action());
        data.put("outcome", entry.outcome());
        entry.stage().ifPresent(stage -> data.put("stage", stage.wire()));
        entry.dataset().ifPresent(value -> data.put("dataset", value));
        putAll(data, "fields", entry.fields());
        entry.purpose().ifPresent(value -> data.put("purpose", value));
        entry.legalBasis().ifPresent(value -> data.put("legalBasis", value));
        putAll(data, "reasons", entry.reasons());
        if (!entry.obligations().isEmpty()) {
            entry.obligations().forEach(data.putArray("obligations")::add);
        }
        entry.policy()
                .ifPresent(policy -> data.putObject("policy")
                        .put("version", policy.policyVersion())
                        .put("lawPack", policy.lawPackVersion())
                        .put("facts", policy.factsDigest()));
        entry.commitment().ifPresent(value -> data.put("commitment", value.hex()));
        cohort.ifPresent(stored -> data.putObject("cohort")
                .put("id", stored.id())
                .put("digest", stored.digest().hex())
                .put("kind", stored.kind().wire())
                .put("sizeClass", stored.sizeClass()));
        entry.actor().ifPresent(actor -> data.set("actor", seal(id, actor)));
        if (!entry.details().isEmpty()) {
            ObjectNode details = data.putObject("details");
            entry.details().forEach(details::put);
        }
        return CanonicalJson.bytes(json);
    }

    private static void putAll(ObjectNode parent, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = parent.putArray(name);
            values.forEach(array::add);
        }
    }

    /** The actor under their own key, bound to this entry; in hexadecimal, so that no word can appear by chance. */
    private ObjectNode seal(EntryId id, Actor actor) {
        byte[] context = context(id);
        ObjectNode plain = NODES.objectNode();
        plain.put("account", actor.account());
        putAll(plain, "roles", actor.roles());
        actor.unit().ifPresent(unit -> plain.put("unit", unit));
        if (!actor.texts().isEmpty()) {
            ObjectNode texts = plain.putObject("texts");
            int most = MAX_TEXTS / Math.max(2, actor.texts().size());
            actor.texts().forEach((name, text) -> put(texts, name, text, most));
        }
        byte[] reference = actors.reference(actor.account(), context);
        byte[] ciphertext = actors.seal(actor.account(), CanonicalJson.bytes(plain), context);
        return NODES.objectNode()
                .put("ref", HEX.formatHex(reference))
                .put("ciphertext", HEX.formatHex(ciphertext))
                .put("sm3", HEX.formatHex(sm3(ciphertext)));
    }

    /** Of a text that is too long, its beginning, and a digest that says what the whole was. */
    private static void put(ObjectNode texts, String name, String text, int most) {
        // Through UTF-8 and back: a lone surrogate has no canonical form.
        String sound = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        if (sound.length() <= most) {
            texts.put(name, sound);
            return;
        }
        texts.put(name, sound.substring(0, Character.isHighSurrogate(sound.charAt(most - 1)) ? most - 1 : most));
        byte[] digest = TreeHasher.sha256().digest(sound.getBytes(StandardCharsets.UTF_8));
        texts.put(name + "Sha256", HEX.formatHex(digest));
    }

    private static byte[] sm3(byte[] ciphertext) {
        SM3Digest digest = new SM3Digest();
        digest.update(ciphertext, 0, ciphertext.length);
        byte[] value = new byte[digest.getDigestSize()];
        digest.doFinal(value, 0);
        return value;
    }

    private static byte[] context(EntryId id) {
        return id.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The account that acted; empty if none did, or nobody can tell any more. */
    Optional<String> account(EntryId id, JsonNode entry) {
        JsonNode actor = entry.path("data").path("actor");
        if (!actor.isObject()) {
            return Optional.empty();
        }
        try {
            return Optional.of(actors.account(bytes(actor, "ref"), context(id)));
        } catch (UnreadableException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The acting person; empty if none acted, or the key is gone. */
    Optional<Actor> actor(EntryId id, JsonNode entry) {
        JsonNode actor = entry.path("data").path("actor");
        if (!actor.isObject()) {
            return Optional.empty();
        }
        try {
            JsonNode plain =
                    CanonicalJson.parse(actors.open(bytes(actor, "ref"), bytes(actor, "ciphertext"), context(id)));
            JsonNode texts = plain.path("texts");
            var byName = new TreeMap<String, String>();
            texts.propertyNames()
                    .forEach(name -> byName.put(name, texts.path(name).asString()));
            return Optional.of(new Actor(
                    plain.path("account").asString(),
                    plain.path("roles").valueStream().map(JsonNode::asString).toList(),
                    plain.path("unit").isString()
                            ? Optional.of(plain.path("unit").stringValue())
                            : Optional.empty(),
                    byName));
        } catch (UnreadableException | IllegalArgumentException | NotCanonicalException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(JsonNode parent, String name) {
        return HEX.parseHex(parent.path(name).asString());
    }
}
