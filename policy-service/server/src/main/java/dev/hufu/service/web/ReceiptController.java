package dev.hufu.service.web;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.web.security.CallerAuthentication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Receipts at the best level there is: one's own, or any for an auditor. */
@RestController
class ReceiptController {
    private static final int MAX_ID = 128;

    private final AuditTrail trail;

    ReceiptController(AuditTrail trail) {
        this.trail = trail;
    }

    @GetMapping(path = "/api/v1/receipts/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> receipt(@PathVariable String id, CallerAuthentication caller) {
        Receipt receipt = (id.length() > MAX_ID
                        ? java.util.Optional.<Receipt>empty()
                        : trail.receipt(
                                id, caller.getName(), caller.getPrincipal().hasRole("auditor")))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "No receipt of yours has this id. The id stands in the answer's receipt and in its header Hufu-Receipt.",
                        "没有属于您的这个凭证。编号见答复中的 receipt 或响应头 Hufu-Receipt。"));
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(receipt.bytes());
    }
}
