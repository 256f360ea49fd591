package dev.hufu.service.request;

import java.util.regex.Pattern;

/**
 * A legal basis by its place in PIPL Art. 13 ¶1: {@code 13-1-1} (consent) to {@code 13-1-7}.
 *
 * @throws IllegalArgumentException for any other text
 */
public record LegalBasis(String article) {
    private static final Pattern FORM = Pattern.compile("13-1-[1-7]");

    public LegalBasis {
        if (!FORM.matcher(article).matches()) {
            throw new IllegalArgumentException("a legal basis is one of 13-1-1 to 13-1-7 (PIPL Art. 13)");
        }
    }

    @Override
    public String toString() {
        return article;
    }
}
