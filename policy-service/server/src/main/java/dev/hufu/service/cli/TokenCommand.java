package dev.hufu.service.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes a token for an account, and lists and revokes them. */
@Command(
        name = "token",
        description = {
            "Make a token and print it on standard output, once: the server keeps only its hash.",
            "Narrow it with --purpose, --dataset and --scope; without them it may do what queries and decisions need, and",
            "never more than the account itself. Example: HUFU_TOKEN=$(hufu token -a analyst -p dpv:PersonnelPayment)"
        },
        subcommands = {TokenCommand.ListTokens.class, TokenCommand.RevokeToken.class})
final class TokenCommand implements Callable<Integer> {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,6})([smhd])");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Login login = new Login();

    @Option(
            names = {"-p", "--purpose"},
            paramLabel = "CURIE",
            description = "Only for this purpose; may be given several times.")
    private List<String> purposes = new ArrayList<>();

    @Option(
            names = {"-d", "--dataset"},
            paramLabel = "NAME",
            description = "Only for this dataset; may be given several times.")
    private List<String> datasets = new ArrayList<>();

    @Option(
            names = {"-s", "--scope"},
            paramLabel = "SCOPE",
            description = "query, decide, receipts, catalogue, import (by default all that the account may), or log "
                    + "(read log entries; needs the auditor or the admin); may be given several times.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = {"-e", "--expires"},
            paramLabel = "DURATION",
            description =
                    "How long it lives: 30m, 8h, 7d or an ISO duration such as PT8H; at most 90 days. Default 8h.",
            defaultValue = "8h")
    private String expires = "8h";

    @Option(names = "--note", paramLabel = "TEXT", description = "What it is for, to recognise it in `token list`.")
    private String note = "";

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        ObjectNode body = JsonMapper.shared().createObjectNode();
        fill(body, "purposes", purposes);
        fill(body, "datasets", datasets);
        fill(body, "scopes", scopes);
        body.put("expiresIn", duration(expires).toString());
        if (!note.isBlank()) {
            body.put("note", note);
        }
        JsonNode made = login.asAccount(root.terminal()).post("/api/v1/tokens", body);
        if (root.json()) {
            root.print(made);
        } else {
            root.terminal().out().println(made.path("token").asString(""));
            root.terminal()
                    .err()
                    .println("Valid until " + local(root.terminal(), made.path("expiresAt")) + ". Revoke it: hufu token"
                            + " revoke " + made.path("id").asString("") + " --account NAME");
        }
        return HufuCommand.HOLDS;
    }

    private static void fill(ObjectNode body, String member, List<String> values) {
        if (!values.isEmpty()) {
            var array = body.putArray(member);
            values.forEach(array::add);
        }
    }

    /** A positive duration from {@code 90s}, {@code 30m}, {@code 8h}, {@code 7d} or ISO 8601. */
    static Duration duration(String text) {
        String wrong = "--expires has to be like 30m, 8h, 7d or PT8H";
        Matcher parts = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        Duration duration;
        try {
            if (parts.matches()) {
                long count = Long.parseLong(parts.group(1));
                duration = switch (parts.group(2).charAt(0)) {
                    case 's' -> Duration.ofSeconds(count);
                    case 'm' -> Duration.ofMinutes(count);
                    case 'h' -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
            } else {
                duration = Duration.parse(text);
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new UsageException(wrong);
        }
        if (!duration.isPositive()) {
            throw new UsageException(wrong);
        }
        return duration;
    }

    private static String local(Terminal terminal, JsonNode instant) {
        ZoneId zone = terminal.clock().getZone();
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT)
                .withZone(zone)
                .format(Instant.parse(instant.asString("1970-01-01T00:00:00Z")));
    }

    /** Tokens of the account that still work or have just ended. */
    @Command(name = "list", description = "List the account's tokens; the tokens themselves are never shown again.")
    static final class ListTokens implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Login login = new Login();

        @Override
        public Integer call() {
            HufuCommand root = HufuCommand.of(spec);
            JsonNode answer = login.asAccount(root.terminal()).get("/api/v1/tokens");
            if (root.json()) {
                root.print(answer);
                return HufuCommand.HOLDS;
            }
            var table = new TextTable(
                    List.of("id", "begins with", "state", "until", "scopes", "purposes", "datasets", "note"));
            for (JsonNode token : answer.path("tokens")) {
                table.add(List.of(
                        token.path("id").asString(""),
                        token.path("prefix").asString("") + "…",
                        token.path("state").asString(""),
                        local(root.terminal(), token.path("expiresAt")),
                        words(token.path("scopes")),
                        words(token.path("purposes")),
                        words(token.path("datasets")),
                        token.path("note").asString("")));
            }
            table.print(root.terminal().out());
            return HufuCommand.HOLDS;
        }

        private static String words(JsonNode list) {
            List<String> words = new ArrayList<>();
            list.forEach(word -> words.add(word.asString("")));
            return words.isEmpty() ? "any" : String.join(" ", words);
        }
    }

    /** Ends a token at once. */
    @Command(name = "revoke", description = "End a token at once.")
    static final class RevokeToken implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Login login = new Login();

        @Parameters(paramLabel = "ID", description = "The token's id, as `token list` shows it.")
        private String id = "";

        @Override
        public Integer call() {
            HufuCommand root = HufuCommand.of(spec);
            if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new UsageException("not a token's id: take it from `hufu token list`");
            }
            login.asAccount(root.terminal()).delete("/api/v1/tokens/" + id);
            if (root.json()) {
                root.print(JsonMapper.shared().createObjectNode().put("id", id).put("state", "revoked"));
            } else {
                root.terminal().err().println("Revoked " + id + "; it is refused from now on.");
            }
            return HufuCommand.HOLDS;
        }
    }
}
