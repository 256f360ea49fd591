package dev.hufu.service.cli;

import tools.jackson.databind.JsonNode;

/** The server answered, and the answer is no: its problem document (RFC 9457), as it came. Exit code 1. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient JsonNode problem;

    RefusedException(int status, JsonNode problem) {
        super("HTTP " + status);
        this.status = status;
        this.problem = problem;
    }

    int status() {
        return status;
    }

    JsonNode problem() {
        return problem;
    }
}
