package dev.hufu.service.config;

/** A setting with a value that cannot be meant: which variable, what is wrong with it, and what to write instead. */
final class SettingException extends StartRefusedException {
    private static final long serialVersionUID = 1L;

    SettingException(String message, String action) {
        super(message, action);
    }
}
