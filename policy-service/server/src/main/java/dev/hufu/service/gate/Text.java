package dev.hufu.service.gate;

/** What a person reads, in Chinese and English. */
public record Text(String zh, String en) {
    public Text {
        if (zh.isBlank() || en.isBlank()) {
            throw new IllegalArgumentException("a text needs both zh and en");
        }
    }
}
