package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.receipt.TlogProof;
import dev.hufu.auditlog.verify.LogVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Writes a proof of inclusion that other implementations read. */
@Command(
        name = "prove",
        description = {
            "Write the proof that an entry stands in a log, in the format C2SP tlog-proof, from the log's files alone.",
            "Needs no server, unless one is named, and takes no lock. Check it with: hufu receipt verify FILE --key VKEY"
        })
final class AuditProveCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR|URL", description = LogSource.DESCRIPTION)
    private @Nullable String log;

    @Parameters(
            index = "1",
            paramLabel = "INDEX|ENTRY-ID",
            description = "The entry: its index from 0 on, or its id, producer.sequence, as receipts have it.")
    private @Nullable String entry;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Prove under this checkpoint of the log, as audit cosign wrote it, instead of the newest.")
    private @Nullable String checkpoint;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file to write to, else standard output.")
    private @Nullable String out;

    @Option(
            names = "--without-entry",
            description = "Leave the entry itself out: whoever verifies must have it from elsewhere.")
    private boolean withoutEntry;

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        Terminal terminal = root.terminal();
        String wanted = String.valueOf(entry);
        LogSource source = LogSource.of(terminal, String.valueOf(log));
        try {
            LogReader reader = source.reader(terminal, checkpoint);
            OptionalLong index = index(reader, wanted);
            long size = reader.checkpoint().size();
            if (index.isEmpty() || index.getAsLong() >= size) {
                terminal.err()
                        .println("hufu: " + wanted
                                + (index.isEmpty()
                                        ? " is no entry of this log"
                                        : " is not under the checkpoint, which covers " + size
                                                + " entries; a new entry is under the next one a moment later"));
                return HufuCommand.DOES_NOT;
            }
            TlogProof proof = reader.prove(index.getAsLong(), !withoutEntry);
            write(root, proof, size);
            return HufuCommand.HOLDS;
        } catch (AuditLogException.Damaged e) {
            terminal.err().println("hufu: nothing can be proved: " + e.getMessage());
            return HufuCommand.DOES_NOT;
        } catch (IOException | UncheckedIOException e) {
            throw new UnreachableException("the log cannot be read: " + e);
        }
    }

    /** The log that an argument names. */
    static Path directory(Terminal terminal, String argument) {
        Path path = terminal.directory().resolve(argument);
        try {
            if (!Files.isDirectory(path)) {
                throw new UnreachableException("there is no directory " + path);
            }
            return LogVerifier.find(path)
                    .orElseThrow(() -> new UnreachableException("there is no log in " + path
                            + ": name a directory that holds log.vkey, or the data directory around it"));
        } catch (IOException e) {
            throw new UnreachableException("the log cannot be read: " + e);
        }
    }

    private static OptionalLong index(LogReader reader, String wanted) throws IOException {
        try {
            if (wanted.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return OptionalLong.of(Long.parseLong(wanted));
            }
            return reader.find(EntryId.parse(wanted));
        } catch (NoSuchFileException e) {
            throw new UsageException("an id is found through the journal, which is not here; name the entry's index");
        } catch (IllegalArgumentException e) {
            throw new UsageException("an entry is named by its index or by producer.sequence: " + e.getMessage());
        }
    }

    private void write(HufuCommand root, TlogProof proof, long size) {
        if (out != null) {
            Path file = root.terminal().directory().resolve(out);
            try {
                Files.writeString(file, proof.text(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UnreachableException("the proof cannot be written; the file must be new: " + e);
            }
        }
        if (root.json()) {
            root.print(JsonMapper.shared()
                    .createObjectNode()
                    .put("index", proof.index())
                    .put("treeSize", size)
                    .put("proof", proof.text()));
        } else if (out == null) {
            root.terminal().out().print(proof.text());
        } else {
            root.terminal().err().println("proof of entry " + proof.index() + " of " + size + " in " + out);
        }
    }
}
