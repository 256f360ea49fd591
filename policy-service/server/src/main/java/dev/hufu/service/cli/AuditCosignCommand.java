package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.witness.WitnessClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks witnesses for their cosignatures. */
@Command(
        name = "cosign",
        description = {
            "Ask witnesses to cosign a log's checkpoint (C2SP tlog-witness), from the log's files, and write the checkpoint"
                    + " with their lines.",
            "Takes no lock and holds nobody up; the log itself is not changed. Use what it wrote with: hufu audit prove DIR"
                    + " ENTRY --checkpoint FILE"
        })
final class AuditCosignCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A log directory, or a data directory that holds one.")
    private @Nullable String directory;

    @Option(
            names = "--ask",
            required = true,
            paramLabel = "VKEY=URL",
            description = "A witness: its public key, or a file that holds it, and where it listens; once for each.")
    private List<String> witnesses = List.of();

    @Option(
            names = "--timeout-seconds",
            paramLabel = "N",
            description = "How long to wait for each answer (default 10).")
    private int timeoutSeconds = 10;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file to write to, else standard output.")
    private @Nullable String out;

    @Override
    public Integer call() {
        Terminal terminal = HufuCommand.of(spec).terminal();
        if (timeoutSeconds < 1) {
            throw new UsageException("--timeout-seconds is at least 1");
        }
        Path log = AuditProveCommand.directory(terminal, String.valueOf(directory));
        List<Map.Entry<WitnessKey, URI>> asked =
                witnesses.stream().map(text -> witness(terminal, text)).toList();
        try {
            LogReader reader = LogReader.open(log);
            List<String> lines = new ArrayList<>();
            for (Map.Entry<WitnessKey, URI> witness : asked) {
                ask(terminal, reader, witness, lines);
            }
            if (!lines.isEmpty()) {
                write(terminal, reader.note() + String.join("", lines));
            }
            return lines.size() == asked.size() ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
        } catch (AuditLogException.Damaged e) {
            terminal.err().println("hufu: nothing can be cosigned: " + e.getMessage());
            return HufuCommand.DOES_NOT;
        } catch (IOException | UncheckedIOException e) {
            throw new UnreachableException("the log cannot be read: " + e);
        }
    }

    private void ask(Terminal terminal, LogReader reader, Map.Entry<WitnessKey, URI> witness, List<String> lines)
            throws IOException {
        String name = witness.getKey().name();
        try (var client = new WitnessClient(witness.getValue(), witness.getKey(), Duration.ofSeconds(timeoutSeconds))) {
            switch (client.ask(reader)) {
                case WitnessClient.Asked.Cosigned(String line) -> lines.add(line);
                case WitnessClient.Asked.Refused(var _, String why) ->
                    terminal.err().println("hufu: " + name + " does not cosign: " + why);
                case WitnessClient.Asked.Away(var _, String why) ->
                    terminal.err().println("hufu: " + name + " does not answer (" + why + ")");
            }
        }
    }

    private static Map.Entry<WitnessKey, URI> witness(Terminal terminal, String argument) {
        int at = argument.indexOf("=http"); // base64 ends with equals signs too
        if (at < 0) {
            throw new UsageException("--ask is a witness's key, an equals sign and its http address");
        }
        try {
            return Map.entry(
                    Keys.readWitness(terminal, argument.substring(0, at)), URI.create(argument.substring(at + 1)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--ask: the address is malformed");
        }
    }

    private void write(Terminal terminal, String note) {
        if (out == null) {
            terminal.out().print(note);
            return;
        }
        try {
            Files.writeString(terminal.directory().resolve(out), note, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UnreachableException("the checkpoint cannot be written; the file must be new: " + e);
        }
    }
}
