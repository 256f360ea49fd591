package dev.hufu.service.registers;

/** What a person reads, in Chinese and English. */
public record Title(String zh, String en) {
    public Title {
        if (zh.isBlank() || en.isBlank()) {
            throw new IllegalArgumentException("a title needs both zh and en");
        }
    }
}
