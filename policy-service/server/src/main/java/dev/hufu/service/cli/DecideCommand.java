package dev.hufu.service.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks the gate for a decision only; no data moves. */
@Command(
        name = "decide",
        description = "Ask the gate \"may I?\" without asking for data. Exit code 0 for permit, 1 for deny.")
final class DecideCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Login login = new Login();

    @Option(
            names = {"-d", "--dataset"},
            required = true,
            paramLabel = "NAME",
            description = "For example pay.")
    private String dataset = "";

    @Option(
            names = {"-F", "--fields"},
            split = ",",
            paramLabel = "FIELD",
            description = "Fields, separated by commas.")
    private List<String> fields = new ArrayList<>();

    @Option(
            names = {"-A", "--action"},
            paramLabel = "ACTION",
            description = "query (default), read, export, …",
            defaultValue = "query")
    private String action = "query";

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
            names = {"-s", "--subjects"},
            split = ",",
            paramLabel = "ID",
            description = {
                "The people whom it is about, by the dataset's person key, separated by commas; they see it on their page.",
                "Without it the request is about the whole dataset."
            })
    private List<String> subjects = new ArrayList<>();

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        Server server = login.server(root.terminal());
        ObjectNode body = JsonMapper.shared()
                .createObjectNode()
                .put("action", action)
                .put("dataset", dataset)
                .put("purpose", purpose)
                .put("legalBasis", legalBasis);
        var list = body.putArray("fields");
        fields.forEach(list::add);
        if (!subjects.isEmpty()) {
            subjects.forEach(body.putArray("subjects")::add);
        }
        JsonNode answer = server.post("/api/v1/decisions", body);
        JsonNode decision = answer.path("decision");
        if (root.json()) {
            root.print(answer);
        } else {
            words(answer, decision, root.terminal().out());
        }
        return decision.path("outcome").asString("").equals("permit") ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
    }

    private static void words(JsonNode answer, JsonNode decision, PrintWriter out) {
        out.println(decision.path("outcome").asString("no outcome"));
        ProblemText.printReasons(decision, out);
        for (JsonNode obligation : decision.path("obligations")) {
            out.println("  obligation: " + obligation);
        }
        out.println("  decision " + decision.path("id").asString("") + ", receipt "
                + answer.path("receipt").path("id").asString(""));
    }
}
