package dev.hufu.service.web;

import dev.hufu.auditlog.receipt.Level;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.web.security.CallerAuthentication;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Receipts at the best level there is, or at the level asked for and else a problem that says what is missing: one's own, or any for
 * an auditor.
 */
@RestController
class ReceiptController {
    private static final int MAX_ID = 128;

    private final AuditTrail trail;
    private final Clock clock;

    ReceiptController(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    @GetMapping(path = "/api/v1/receipts/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> receipt(
            @PathVariable String id,
            @RequestParam(name = "level", required = false) @Nullable String level,
            CallerAuthentication caller) {
        Optional<Level> wanted = ReceiptLevels.wanted(level);
        Receipt receipt = (id.length() > MAX_ID
                        ? Optional.<Receipt>empty()
                        : trail.receipt(
                                id, caller.getName(), caller.getPrincipal().hasRole("auditor")))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "No receipt of yours has this id. The id stands in the answer's receipt and in its header Hufu-Receipt.",
                        "没有属于您的这个凭证。编号见答复中的 receipt 或响应头 Hufu-Receipt。"));
        wanted.ifPresent(least -> ReceiptLevels.require(least, receipt, trail.cosigning(), clock.instant()));
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(receipt.bytes());
    }
}
