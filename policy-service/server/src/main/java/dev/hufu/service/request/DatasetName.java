package dev.hufu.service.request;

import java.util.regex.Pattern;

/**
 * The name of a dataset in the catalogue, also its name in SQL: {@code [a-z][a-z0-9_]{0,62}}.
 *
 * @throws IllegalArgumentException for any other text
 */
public record DatasetName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public DatasetName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a dataset name is 1 to 63 characters of a-z 0-9 _ and starts with a letter");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
