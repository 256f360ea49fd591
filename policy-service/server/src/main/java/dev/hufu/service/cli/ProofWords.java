package dev.hufu.service.cli;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.note.NoteKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.receipt.ProofVerdict;
import dev.hufu.auditlog.receipt.TlogProof;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Verifies a proof in the format C2SP tlog-proof and says what it shows. */
final class ProofWords {
    private ProofWords() {}

    /** The exit code, after the verdict was printed. */
    static int verify(
            HufuCommand root, byte[] file, List<NoteKey> keys, Optional<WitnessPolicy> policy, Optional<byte[]> given) {
        ProofVerdict verdict = verdict(file, keys, policy, given);
        if (root.json()) {
            root.print(json(verdict));
        } else {
            print(verdict, keys, entry(file, given), root.terminal().out());
            policy.filter(_ -> verdict instanceof ProofVerdict.Holds)
                    .ifPresent(wanted -> root.terminal().out().println("  witnesses " + WitnessOptions.words(wanted)));
        }
        return switch (verdict) {
            case ProofVerdict.Holds holds -> HufuCommand.HOLDS;
            case ProofVerdict.Fails fails -> HufuCommand.DOES_NOT;
        };
    }

    private static ProofVerdict verdict(
            byte[] file, List<NoteKey> keys, Optional<WitnessPolicy> policy, Optional<byte[]> given) {
        try {
            TlogProof proof = TlogProof.parse(file);
            return given.or(proof::extra)
                    .map(entry -> proof.verify(keys, policy, entry))
                    .orElseThrow(() -> new UsageException("the proof does not hold its entry; give it with --entry"));
        } catch (IllegalArgumentException e) {
            return new ProofVerdict.Fails(String.valueOf(e.getMessage()));
        }
    }

    private static void print(ProofVerdict verdict, List<NoteKey> keys, Optional<JsonNode> entry, PrintWriter out) {
        switch (verdict) {
            case ProofVerdict.Fails(String reason) -> out.println("does not hold: " + reason);
            case ProofVerdict.Holds(long index, var checkpoint) -> {
                out.println("holds: proof of entry " + index + " of " + checkpoint.size());
                keys.forEach(key -> out.println("  key       " + key.text() + " (given)"));
                out.println("  log       " + checkpoint.origin());
                out.println("  root      " + checkpoint.root().base64());
                entry.ifPresent(json -> {
                    out.println("  time      " + json.path("time").asString("not said"));
                    out.println("  says      " + ReceiptCommand.Verify.saying(json));
                });
            }
        }
    }

    private static Optional<JsonNode> entry(byte[] file, Optional<byte[]> given) {
        try {
            return given.or(() -> TlogProof.parse(file).extra()).map(ProofWords::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JsonNode parse(byte[] entry) {
        try {
            return CanonicalJson.parse(entry);
        } catch (CanonicalJson.NotCanonicalException e) {
            throw new IllegalArgumentException("entries are opaque here", e);
        }
    }

    private static ObjectNode json(ProofVerdict verdict) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        return switch (verdict) {
            case ProofVerdict.Fails(String reason) -> json.put("holds", false).put("reason", reason);
            case ProofVerdict.Holds(long index, var checkpoint) ->
                json.put("holds", true)
                        .put("index", index)
                        .put("treeSize", checkpoint.size())
                        .put("origin", checkpoint.origin())
                        .put("root", checkpoint.root().base64());
        };
    }
}
