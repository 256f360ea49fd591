package dev.hufu.service.gate;

import java.util.List;

/** A bundle that does not compile, with each finding as {@code file:line:column: code: message}. Nothing was swapped. */
public final class PolicyBundleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> findings;

    PolicyBundleException(List<String> findings, Throwable cause) {
        super(String.join(System.lineSeparator(), findings), cause);
        this.findings = List.copyOf(findings);
    }

    public List<String> findings() {
        return findings;
    }
}
