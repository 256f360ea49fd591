package dev.hufu.service.web.pages;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A receipt in words, and as the file that verifies offline. */
@Controller
class ReceiptPages {
    private final Receipts receipts;
    private final Readers readers;

    ReceiptPages(Receipts receipts, Readers readers) {
        this.receipts = receipts;
        this.readers = readers;
    }

    @GetMapping("/receipts/{id}")
    String receipt(Authentication who, HttpServletRequest request, @PathVariable String id, Model model) {
        model.addAttribute("receipt", receipts.view(readers.principal(who), id, readers.words(request)));
        return "receipt";
    }

    @GetMapping("/receipts/{id}/receipt.json")
    ResponseEntity<byte[]> file(Authentication who, @PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(ReceiptView.fileName(id))
                                .build()
                                .toString())
                .body(receipts.find(readers.principal(who), id).bytes());
    }
}
