package dev.hufu.rego.lint;

/** A configuration that cannot be read; the message names the place in it. */
public final class LintConfigException extends Exception {
    public LintConfigException(String message) {
        super(message, null, false, false);
    }
}
