package dev.hufu.service.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A refusal in words: what happened, why by which article, and what to do next. */
final class ProblemText {
    private ProblemText() {}

    static void print(RefusedException refused, PrintWriter err) {
        JsonNode problem = refused.problem();
        err.println("hufu: " + text(problem, "title").orElse("the server refused (HTTP " + refused.status() + ")"));
        text(problem, "detail").ifPresent(detail -> err.println("  " + detail));
        place(problem).ifPresent(place -> err.println("  at " + place));
        printReasons(problem.path("decision"), err);
        next(refused).ifPresent(next -> err.println("  Next: " + next));
        JsonNode receipt = problem.path("receipt").path("id");
        if (receipt.isString()) {
            err.println("  Receipt: " + receipt.asString());
        }
    }

    /** Reasons of a decision, one a line, each with its article and its remedy. */
    static void printReasons(JsonNode decision, PrintWriter err) {
        for (JsonNode reason : decision.path("reasons")) {
            String whose = reason.path("rule").asString("").startsWith("house.") ? "house rule, on " : "";
            String article = text(reason, "article")
                    .map(value -> " [" + whose + value + "]")
                    .orElse("");
            err.println("  - "
                    + said(reason.path("text")).orElse(reason.path("code").asString("")) + article);
            said(reason.path("remedy")).ifPresent(remedy -> err.println("    what would be allowed: " + remedy));
        }
    }

    /** A member that is a text, or a text in zh and en: the reader's own language first. */
    private static Optional<String> said(JsonNode node) {
        if (node.isString()) {
            return Optional.of(node.asString());
        }
        boolean chinese = Locale.getDefault().getLanguage().equals("zh");
        return text(node, chinese ? "zh" : "en").or(() -> text(node, chinese ? "en" : "zh"));
    }

    private static Optional<String> place(JsonNode problem) {
        if (!problem.path("line").isNumber()) {
            return Optional.empty();
        }
        String name = text(problem, "identifier").map(value -> ": " + value).orElse("");
        int column = problem.path("column").asInt(); // 0 where the whole line is meant
        return Optional.of("line " + problem.path("line").asInt() + (column > 0 ? ", column " + column : "") + name);
    }

    private static Optional<String> next(RefusedException refused) {
        Optional<String> own = text(refused.problem(), "remedy").or(() -> text(refused.problem(), "next"));
        if (own.isPresent()) {
            return own;
        }
        return switch (refused.status()) {
            case 401 -> Optional.of("check the password, or make a new token with `hufu token`");
            case 429 -> Optional.of("wait a moment and try again");
            case 503 -> Optional.of("look at `hufu doctor`; the server's operator has to act");
            default -> Optional.empty();
        };
    }

    static Optional<String> text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isString() && !value.asString().isBlank() ? Optional.of(value.asString()) : Optional.empty();
    }
}
