package dev.hufu.service.cli;

import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.Value;
import dev.hufu.rego.explain.Changes;
import dev.hufu.rego.explain.ChangesJson;
import dev.hufu.rego.explain.ChangesText;
import dev.hufu.rego.explain.Domains;
import dev.hufu.rego.explain.Explained;
import dev.hufu.rego.explain.ExplainedQuery;
import dev.hufu.rego.explain.Explanation;
import dev.hufu.rego.explain.ExplanationJson;
import dev.hufu.rego.explain.ExplanationText;
import dev.hufu.rego.explain.SearchLimits;
import dev.hufu.rego.explain.TraceOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Why a query has its value, and what would give it another. */
@Command(
        name = "explain",
        description =
                "Show why a query has its value: rules that held, what failed first in those that did not, and the smallest changes of the input that would give the value wanted. Exit code 1 where it is not the one wanted.")
final class PolicyExplainCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files, or directories with *.rego.")
    private List<Path> paths = List.of();

    @Option(
            names = "--policies",
            paramLabel = "DIR",
            description =
                    "A folder laid out as policies/: explain a decision of the gate, with its rules where no PATH is given, its facts, and its domains.yaml.")
    private @Nullable Path policies;

    @Option(names = "--case", paramLabel = "NAME", description = "The request and facts of a case of --policies.")
    private String caseName = "";

    @Option(names = "--query", paramLabel = "QUERY", description = "For example data.example.allow.")
    private String query = "";

    @Option(names = "--input", paramLabel = "FILE", description = "The input as JSON or YAML.")
    private @Nullable Path input;

    @Option(names = "--data", paramLabel = "FILE", description = "The base document under data, as JSON or YAML.")
    private @Nullable Path data;

    @Option(
            names = "--want",
            paramLabel = "JSON",
            description = "The value wanted, of an object or list at least these members; true if not given.")
    private String wanted = "";

    @Option(
            names = "--domains",
            paramLabel = "FILE",
            description =
                    "What paths of the input may have: {\"input.a\": [values], \"input.b\": {\"members\": [..]}, \"input.c\": \"fixed\"}; what it does not name comes from the policy.")
    private @Nullable Path domains;

    @Option(names = "--fix", paramLabel = "PATH", description = "A path that is not to be changed, with all below.")
    private List<String> fixed = List.of();

    @Option(
            names = "--max-changes",
            defaultValue = "3",
            paramLabel = "N",
            description = "How many attributes may change at once, 1 to 8; 3 if not given.")
    private int maxChanges;

    @Option(names = "--values", description = "Show values of the documents, which may be personal.")
    private boolean values;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        ExplainDocuments documents = ExplainDocuments.read(
                root.terminal().directory(),
                root.gate(),
                new ExplainDocuments.Options(policies, caseName, input, data, domains, wanted, query));
        List<Source> sources = PolicyCommand.read(root, sources());
        try {
            ExplainedQuery prepared =
                    Explained.compile(sources, CompileOptions.defaults()).prepare(documents.query());
            return explain(root, prepared, documents);
        } catch (RegoCompileException failed) {
            PolicyCommand.show(root, sources, failed);
            return HufuCommand.DOES_NOT;
        }
    }

    private List<Path> sources() {
        Path folder = policies;
        if (!paths.isEmpty()) {
            return paths;
        }
        if (folder == null) {
            throw new UsageException("explain needs a PATH, or --policies DIR");
        }
        return List.of(folder.resolve("house"), folder.resolve("lawpacks"));
    }

    private int explain(HufuCommand root, ExplainedQuery prepared, ExplainDocuments documents) {
        Explanation explanation = Explanation.of(prepared.trace(
                documents.input(), documents.data(), Budget.DEFAULT, TraceOptions.DEFAULT.withValues(values)));
        Changes changes = changes(prepared, documents);
        Optional<JsonNode> decision = documents.gate() ? decision(prepared, documents) : Optional.empty();
        if (root.json()) {
            var node = JsonMapper.shared().createObjectNode().put("query", prepared.text());
            decision.ifPresent(one -> node.set("decision", one));
            node.set("wanted", documents.wanted().value().toJsonNode());
            node.set("explanation", ExplanationJson.of(explanation));
            node.set("changes", ChangesJson.of(changes, values));
            root.print(node);
        } else {
            PrintWriter out = root.terminal().out();
            decision.ifPresent(one -> {
                out.println(one.path("outcome").asString(""));
                ProblemText.printReasons(one, out);
                out.println();
            });
            out.println(ExplanationText.of(explanation));
            out.print(ChangesText.of(changes, documents.wanted()));
        }
        return changes.holds() ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
    }

    /** Outcome and reasons, which are the policy's own words; obligations may say something of who asks. */
    private static Optional<JsonNode> decision(ExplainedQuery prepared, ExplainDocuments documents) {
        try {
            return prepared.evaluate(documents.input(), documents.data(), Budget.DEFAULT)
                    .map(PolicyExplainCommand::told);
        } catch (EvaluationException failed) {
            return Optional.empty(); // the explanation tells it
        }
    }

    private static JsonNode told(Value decision) {
        JsonNode whole = decision.toJsonNode();
        ObjectNode told = JsonMapper.shared().createObjectNode();
        told.set("outcome", whole.path("outcome"));
        return told.set("reasons", whole.path("reasons"));
    }

    private Changes changes(ExplainedQuery prepared, ExplainDocuments documents) {
        try {
            Domains.Given given = documents.domains().fixing(fixed);
            return prepared.changes(
                    documents.input(),
                    documents.data(),
                    documents.wanted(),
                    prepared.domains(documents.input(), documents.data(), given),
                    SearchLimits.DEFAULT.withChanges(maxChanges),
                    System::nanoTime);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--max-changes or --fix: " + wrong.getMessage());
        }
    }
}
