package dev.hufu.service.request;

import java.util.regex.Pattern;

/**
 * A purpose of processing (PIPL Art. 6, 17) as a CURIE of the vocabulary, for example {@code dpv:PersonnelPayment}. Whether the
 * vocabulary holds it is for the registers to say; this type holds its form only.
 *
 * @throws IllegalArgumentException when the text is no CURIE of at most 128 characters
 */
public record Purpose(String curie) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}:[A-Za-z][A-Za-z0-9-]{0,94}");

    public Purpose {
        if (!FORM.matcher(curie).matches()) {
            throw new IllegalArgumentException("a purpose is a CURIE such as dpv:PersonnelPayment");
        }
    }

    @Override
    public String toString() {
        return curie;
    }
}
