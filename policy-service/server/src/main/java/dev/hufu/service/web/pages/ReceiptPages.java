package dev.hufu.service.web.pages;

import dev.hufu.service.audit.Receipt;
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
    private final QueryCatalogue catalogue;
    private final Readers readers;

    ReceiptPages(Receipts receipts, QueryCatalogue catalogue, Readers readers) {
        this.receipts = receipts;
        this.catalogue = catalogue;
        this.readers = readers;
    }

    @GetMapping("/receipts/{id}")
    String receipt(Authentication who, HttpServletRequest request, @PathVariable String id, Model model) {
        Words words = readers.words(request);
        Receipt receipt = receipts.find(readers.principal(who), id);
        model.addAttribute("receipt", Receipts.view(receipt, words));
        model.addAttribute("about", new ReceiptWords(catalogue, words).about(receipt));
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
