package dev.hufu.service.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
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

/** Sends a CSV file to the server, with what is known of its columns. */
@Command(
        name = "import",
        description = {
            "Import a CSV file as a dataset (roles steward, admin).",
            "Each column gets a class and a grade: from --classification, or asked for at the keyboard. A column without"
                    + " both is imported, and refused in queries.",
            "With --write-classification and no keyboard nothing is imported: the file to fill in is written."
        })
final class ImportCommand implements Callable<Integer> {
    private static final int HEAD_BYTES = 1 << 20;
    private static final Duration UPLOAD = Duration.ofMinutes(60);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Login login = new Login();

    @Parameters(paramLabel = "FILE.csv", description = "UTF-8, columns separated by commas, names in the first line.")
    private Path file = Path.of("");

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            description = "Name of the dataset, as in SQL: a-z 0-9 _.")
    private String dataset = "";

    @Option(
            names = "--person-key",
            required = true,
            paramLabel = "COL",
            description = "The column that names the person.")
    private String personKey = "";

    @Option(
            names = "--classification",
            paramLabel = "FILE.yaml",
            description = "Class, grade and role of each column, as a register row.")
    private @Nullable Path classification;

    @Option(
            names = "--write-classification",
            paramLabel = "FILE.yaml",
            description = "Write down what was answered, or what there is to fill in.")
    private @Nullable Path write;

    @Option(names = "--replace", description = "Replace the imported dataset of this name.")
    private boolean replace;

    @Option(names = "--ask", description = "Ask on standard input even where it is no keyboard.")
    private boolean ask;

    @Override
    public Integer call() throws IOException {
        HufuCommand root = HufuCommand.of(spec);
        Terminal terminal = root.terminal();
        Path csv = terminal.directory().resolve(file);
        if (!Files.isReadable(csv) || Files.isDirectory(csv)) {
            throw new UnreachableException("no such file, or not readable: " + file);
        }
        if (classification != null && write != null) {
            throw new UsageException(
                    "--classification reads what --write-classification would write; give one of them");
        }
        Server server = login.server(terminal);
        Optional<String> row = row(server, terminal, csv);
        if (write != null) {
            boolean answered = keyboard();
            save(terminal.directory().resolve(write), row.orElse(""));
            if (!answered) {
                terminal.err()
                        .println("Wrote " + write + ". Give each column that may be asked for a class and a grade, then"
                                + " import with --classification " + write + ". Nothing was imported.");
                return HufuCommand.HOLDS;
            }
        }
        JsonNode report = send(server, csv, row);
        if (root.json()) {
            root.print(report);
        } else {
            tell(report, terminal.out(), terminal.err());
        }
        return HufuCommand.HOLDS;
    }

    /** The register row as YAML, from the file or from answers; nothing where there is neither. */
    private Optional<String> row(Server server, Terminal terminal, Path csv) throws IOException {
        if (classification != null) {
            Path path = terminal.directory().resolve(classification);
            if (!Files.isReadable(path) || Files.isDirectory(path)) {
                throw new UnreachableException("no such file, or not readable: " + classification);
            }
            return Optional.of(Files.readString(path));
        }
        boolean answered = keyboard();
        if (!answered && write == null) {
            return Optional.empty();
        }
        JsonNode proposal = JsonMapper.shared()
                .readTree(server.send(server.request("/api/v1/imports/proposal" + query(), "application/json")
                                .header("Content-Type", "text/csv")
                                .POST(BodyPublishers.ofByteArray(head(csv))))
                        .body());
        if (!answered) {
            return Optional.of(proposal.path("yaml").asString(""));
        }
        var keyboard = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        return Optional.of(new ClassificationDialogue(dataset, proposal, keyboard, terminal.err()).ask());
    }

    @SuppressWarnings("SystemConsoleNull") // a JDK may be told to have none (-Djdk.console)
    private boolean keyboard() {
        return ask || (System.console() != null && System.console().isTerminal());
    }

    private static byte[] head(Path csv) throws IOException {
        try (InputStream in = Files.newInputStream(csv)) {
            return in.readNBytes(HEAD_BYTES);
        }
    }

    private String query() {
        return "?dataset=" + encoded(dataset) + "&personKey=" + encoded(personKey);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void save(Path path, String yaml) throws IOException {
        if (Files.exists(path)) {
            throw new UsageException(
                    "there is a file " + path.getFileName() + " already; name another, or move it away");
        }
        Files.writeString(path, yaml, StandardOpenOption.CREATE_NEW);
    }

    private JsonNode send(Server server, Path csv, Optional<String> row) throws IOException {
        String query = query() + (replace ? "&replace=true" : "");
        if (row.isPresent()) {
            byte[] kept = server.send(server.request("/api/v1/imports/classifications", "application/json")
                            .header("Content-Type", "application/yaml")
                            .POST(BodyPublishers.ofString(row.get())))
                    .body();
            query += "&classification="
                    + JsonMapper.shared().readTree(kept).path("id").asString("");
        }
        HttpRequest.Builder upload = server.request("/api/v1/imports" + query, "application/json")
                .timeout(UPLOAD)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofFile(csv));
        return JsonMapper.shared().readTree(server.send(upload).body());
    }

    private static void tell(JsonNode report, PrintWriter out, PrintWriter err) {
        out.println("Imported " + report.path("rows").asLong() + " rows about "
                + report.path("persons").asLong() + " persons as "
                + report.path("dataset").asString("") + ".");
        int ungraded = report.path("ungraded").size();
        if (ungraded > 0) {
            err.println(ungraded + " columns have no class and grade yet, and queries with them are refused.");
            err.println("  Next: hufu import … --write-classification FILE.yaml, fill it in, and import again with"
                    + " --classification FILE.yaml --replace");
        }
    }
}
