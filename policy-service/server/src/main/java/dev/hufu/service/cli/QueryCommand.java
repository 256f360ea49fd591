package dev.hufu.service.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks one gated query and prints the protected rows. */
@Command(
        name = "query",
        description = {
            "Ask for a statistic; the gate decides, thresholds apply, and the answer comes with a receipt.",
            "With --format json the answer is printed byte for byte as it came, so that `hufu receipt verify` reads it."
        })
final class QueryCommand implements Callable<Integer> {
    /** How rows are printed. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Login login = new Login();

    @Parameters(paramLabel = "SQL", description = "One SELECT with aggregates; - reads it from standard input.")
    private String sql = "";

    @Option(
            names = {"-p", "--purpose"},
            required = true,
            paramLabel = "CURIE",
            description = "For example dpv:PersonnelPayment.")
    private String purpose = "";

    @Option(
            names = {"-b", "--legal-basis"},
            required = true,
            paramLabel = "ARTICLE",
            description = "For example 13-1-2.")
    private String legalBasis = "";

    @Option(
            names = {"-j", "--justification"},
            paramLabel = "TEXT",
            description = "Why, in a sentence; kept in the log, encrypted.")
    private String justification = "";

    @Option(
            names = {"-f", "--format"},
            paramLabel = "table|csv|json",
            description = "Default: ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private Format format = Format.TABLE;

    @Override
    public Integer call() throws java.io.IOException {
        HufuCommand root = HufuCommand.of(spec);
        Terminal terminal = root.terminal();
        Server server = login.server(terminal);
        String text = sql.equals("-") ? new String(terminal.in().readNBytes(1 << 20), StandardCharsets.UTF_8) : sql;
        var body = JsonMapper.shared()
                .createObjectNode()
                .put("sql", text)
                .put("purpose", purpose)
                .put("legalBasis", legalBasis)
                .put("justification", justification);
        Format wanted = root.json() ? Format.JSON : format;
        String accept = wanted == Format.CSV ? "text/csv" : "application/json";
        byte[] answer = server.post("/api/v1/queries", body, accept).body();
        switch (wanted) {
            case TABLE -> table(JsonMapper.shared().readTree(answer), terminal.out(), terminal.err());
            case CSV, JSON ->
                // As it came, so that a receipt still fits it; no end of line is added.
                terminal.out().print(new String(answer, StandardCharsets.UTF_8));
        }
        return HufuCommand.HOLDS;
    }

    private static void table(JsonNode answer, PrintWriter out, PrintWriter err) {
        List<String> names = new ArrayList<>();
        answer.path("columns").forEach(column -> names.add(column.path("name").asString("")));
        var table = new TextTable(names);
        for (int i = 0; i < names.size(); i++) {
            JsonNode first = answer.path("rows").path(0).path(i);
            if (first.isNumber()) {
                table.alignRight(i);
            }
        }
        for (JsonNode row : answer.path("rows")) {
            List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.isNull() ? "" : cell.isValueNode() ? cell.asString() : cell.toString()));
            table.add(cells);
        }
        table.print(out);
        err.println();
        JsonNode hidden = answer.path("notSeparable");
        if (hidden.path("groups").asInt(0) > 0) {
            err.println(
                    "Not separable at this threshold: " + hidden.path("groups").asInt() + " groups, "
                            + hidden.path("persons").asInt() + " persons (they count in the rest).");
        }
        err.println("Decision " + answer.path("decision").path("id").asString("") + ", receipt "
                + answer.path("receipt").path("id").asString("") + ".");
    }
}
