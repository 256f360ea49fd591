package dev.hufu.service.cli;

import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.receipt.LogReceipt;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who cosigned the checkpoint of a receipt that holds, and when, by their own clocks. */
final class WitnessLines {
    /** @param given whether it is one of those that the verifier named, and so trusts */
    private record Witnessed(WitnessKey key, Optional<Instant> time, boolean given) {}

    private WitnessLines() {}

    private static List<Witnessed> of(LogReceipt receipt, Optional<WitnessPolicy> policy) {
        List<WitnessKey> named = policy.map(WitnessPolicy::witnesses).orElse(List.of());
        return receipt.inclusion().stream()
                .flatMap(place -> {
                    SignedNote note = SignedNote.parse(place.checkpoint());
                    return place.witnesses().stream()
                            .map(key -> new Witnessed(key, time(note, key), named.contains(key)));
                })
                .toList();
    }

    private static Optional<Instant> time(SignedNote note, WitnessKey key) {
        return note.cosignedAt(key).stream()
                .filter(seconds -> seconds <= Instant.MAX.getEpochSecond())
                .mapToObj(Instant::ofEpochSecond)
                .findFirst();
    }

    static void print(LogReceipt receipt, Optional<WitnessPolicy> policy, PrintWriter out) {
        for (Witnessed witness : of(receipt, policy)) {
            out.println("  cosigned  by " + witness.key().name()
                    + witness.time().map(time -> " at " + time).orElse("")
                    + (witness.given()
                            ? " (a witness given with --witness)"
                            : " (key from the receipt itself: name the witnesses you trust with --witness)"));
        }
    }

    static void json(LogReceipt receipt, Optional<WitnessPolicy> policy, ObjectNode json) {
        List<Witnessed> witnesses = of(receipt, policy);
        if (!witnesses.isEmpty()) {
            ArrayNode array = json.putArray("witnesses");
            for (Witnessed witness : witnesses) {
                ObjectNode one = array.addObject();
                one.put("name", witness.key().name());
                one.put("key", witness.key().text());
                witness.time().ifPresent(time -> one.put("cosigned", time.toString()));
                one.put("given", witness.given());
            }
        }
    }
}
