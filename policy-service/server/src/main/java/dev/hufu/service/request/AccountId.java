package dev.hufu.service.request;

import java.util.regex.Pattern;

/**
 * The name of an account, as used to sign in: 1 to 64 characters of {@code a-z 0-9 . _ -}, starting with a letter or digit.
 *
 * @throws IllegalArgumentException for any other text; the message does not repeat it
 */
public record AccountId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an account name is 1 to 64 characters of a-z 0-9 . _ - and starts with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
