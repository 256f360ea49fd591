package dev.hufu.service.web.pages;

import java.util.Locale;
import java.util.Optional;

/** The languages of the console. */
public enum Language {
    ZH("zh", "zh-CN", Locale.SIMPLIFIED_CHINESE),
    EN("en", "en", Locale.ENGLISH);

    private final String code;
    private final String tag;
    private final Locale locale;

    Language(String code, String tag, Locale locale) {
        this.code = code;
        this.tag = tag;
        this.locale = locale;
    }

    /** As the switch and the cookie have it: {@code zh} or {@code en}. */
    public String code() {
        return code;
    }

    /** For the {@code lang} attribute (BCP 47). */
    public String tag() {
        return tag;
    }

    public Locale locale() {
        return locale;
    }

    public Language other() {
        return this == ZH ? EN : ZH;
    }

    static Optional<Language> ofCode(String code) {
        for (Language language : values()) {
            if (language.code.equals(code)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** English for every locale that is not Chinese. */
    public static Language of(Locale locale) {
        return locale.getLanguage().equals("zh") ? ZH : EN;
    }
}
