package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.export.LogExport;
import dev.hufu.auditlog.note.VerifierKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Writes a range of entries with their proof. */
@Command(
        name = "export",
        description = {
            "Write a range of a log's entries as one file that proves by itself to hold all of them, unchanged, under the"
                    + " log's signature.",
            "Needs no server and takes no lock. Check it offline with: hufu audit verify FILE --key VKEY"
        })
final class AuditExportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR|URL", description = LogSource.DESCRIPTION)
    private @Nullable String log;

    @Option(names = "--from", paramLabel = "INDEX", description = "The first entry (default 0).")
    private long from;

    @Option(names = "--to", paramLabel = "INDEX", description = "The entry behind the last; else all that is signed.")
    private @Nullable Long to;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Prove under this checkpoint of the log, as audit cosign wrote it, instead of the newest.")
    private @Nullable String checkpoint;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "The log's public key, or a file that holds it; else the log's own log.vkey.")
    private @Nullable String key;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file to write to.")
    private String out = "";

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        Terminal terminal = root.terminal();
        LogSource source = LogSource.of(terminal, String.valueOf(log));
        try {
            LogReader reader = source.reader(terminal, checkpoint);
            VerifierKey trusted = source.key(terminal, key);
            long size = reader.checkpoint().size();
            long end = to == null ? size : to;
            if (from < 0 || from >= end) {
                throw new UsageException("the range from " + from + " to " + end + " holds no entry");
            }
            if (end > size) {
                terminal.err()
                        .println("hufu: the checkpoint covers " + size + " entries, not " + end
                                + "; a new entry is under the next one a moment later");
                return HufuCommand.DOES_NOT;
            }
            write(terminal, reader, trusted, end);
            say(root, reader, end);
            return HufuCommand.HOLDS;
        } catch (AuditLogException.Damaged e) {
            terminal.err().println("hufu: nothing can be exported: " + e.getMessage());
            return HufuCommand.DOES_NOT;
        } catch (IOException | UncheckedIOException e) {
            throw new UnreachableException("the log cannot be read, or the file not be written: " + e);
        }
    }

    /** A file that is not whole is worth nothing, so it does not stay. */
    private void write(Terminal terminal, LogReader reader, VerifierKey trusted, long end) throws IOException {
        Path file = terminal.directory().resolve(out);
        boolean whole = false;
        try (OutputStream stream =
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            LogExport.write(reader, trusted, from, end, stream, new AuditProgress(terminal, "written"));
            whole = true;
        } catch (FileAlreadyExistsException e) {
            whole = true; // not ours to delete
            throw new UnreachableException("the file must be new: " + file);
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void say(HufuCommand root, LogReader reader, long end) {
        long size = reader.checkpoint().size();
        if (root.json()) {
            root.print(JsonMapper.shared()
                    .createObjectNode()
                    .put("file", out)
                    .put("from", from)
                    .put("to", end)
                    .put("treeSize", size));
        } else {
            root.terminal()
                    .out()
                    .println("entries " + from + " to " + (end - 1) + " of " + size + " in " + out
                            + "; check it with: hufu audit verify " + out);
        }
    }
}
