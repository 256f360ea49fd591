package dev.hufu.service.web.pages;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.request.Principal;
import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Receipts of one's own, or any for an auditor. */
public final class Receipts {
    private final AuditTrail trail;

    public Receipts(AuditTrail trail) {
        this.trail = trail;
    }

    /** @throws ProblemException not found, also for what is somebody else's */
    Receipt find(Principal reader, String id) {
        return trail.receipt(id, reader.account().value(), reader.hasRole("auditor"))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is no such receipt, or it is somebody else's. Check the id.",
                        "没有这份凭证，或者它属于他人。请核对编号。"));
    }

    ReceiptView view(Principal reader, String id, Words words) {
        return view(find(reader, id), words);
    }

    static ReceiptView view(Receipt receipt, Words words) {
        JsonNode json = receipt.json();
        JsonNode inclusion = json.path("inclusion");
        String[] checkpoint = inclusion.path("checkpoint").asString("").split("\n");
        boolean proven = checkpoint.length > 2;
        List<ReceiptView.Part> parts = new ArrayList<>();
        parts.add(new ReceiptView.Part(words.say("receipt.part.id"), receipt.id()));
        parts.add(new ReceiptView.Part(words.say("receipt.part.level"), receipt.level()));
        parts.add(new ReceiptView.Part(
                words.say("receipt.part.leaf"), json.path("leafHash").asString("")));
        parts.add(new ReceiptView.Part(
                words.say("receipt.part.key"), json.path("vkey").asString("")));
        receipt.commitment()
                .ifPresent(hash -> parts.add(new ReceiptView.Part(words.say("receipt.part.commitment"), hash.hex())));
        if (proven) {
            parts.add(new ReceiptView.Part(words.say("receipt.part.origin"), checkpoint[0]));
            parts.add(new ReceiptView.Part(
                    words.say("receipt.part.index"), inclusion.path("index").asString("")));
            parts.add(new ReceiptView.Part(words.say("receipt.part.size"), checkpoint[1]));
            parts.add(new ReceiptView.Part(words.say("receipt.part.root"), checkpoint[2]));
        }
        return new ReceiptView(
                receipt.id(),
                !proven,
                proven ? size(checkpoint[1], words) : "",
                words.list(receipt.witnesses()),
                parts);
    }

    private static String size(String digits, Words words) {
        return digits.matches("\\d{1,18}") ? words.number(Long.parseLong(digits)) : digits;
    }
}
