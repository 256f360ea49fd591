package dev.hufu.service.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error on its way to the caller: what happened and what to do next, in both languages, and members of its own. Its texts hold
 * nothing personal and repeat nothing of the request but identifiers.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String en;
    private final String zh;
    private final transient Map<String, Object> members;

    public ProblemException(ProblemType type, String en, String zh) {
        this(type, en, zh, Map.of());
    }

    public ProblemException(ProblemType type, String en, String zh, Map<String, Object> members) {
        super(en, null, false, false); // an answer, not a fault: no stack trace to build
        this.type = type;
        this.en = en;
        this.zh = zh;
        this.members = Map.copyOf(members);
    }

    public ProblemType type() {
        return type;
    }

    /** The problem as JSON members, in the language asked for. */
    public Map<String, Object> body(boolean chinese) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", type.uri());
        body.put("title", type.title(chinese));
        body.put("status", type.status());
        body.put("detail", chinese ? zh : en);
        body.putAll(members);
        return body;
    }
}
