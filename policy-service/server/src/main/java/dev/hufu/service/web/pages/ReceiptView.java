package dev.hufu.service.web.pages;

import java.util.List;

/**
 * A receipt in words.
 *
 * @param waiting whether it still waits for a signed checkpoint
 * @param size entries under that checkpoint, for a reader; empty while waiting
 * @param witnesses who cosigned that checkpoint; empty where nobody did
 * @param parts identifiers and hashes, for the details
 */
record ReceiptView(String id, boolean waiting, String size, String witnesses, List<Part> parts) {
    record Part(String name, String value) {}

    /** Under which the receipt is saved. */
    public String fileName() {
        return fileName(id);
    }

    static String fileName(String id) {
        return "receipt-" + id.replaceAll("[^A-Za-z0-9-]", "-") + ".json";
    }
}
