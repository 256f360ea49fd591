package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.json.CanonicalJson.NotCanonicalException;
import dev.hufu.auditlog.json.StrictBase64;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tail.LogTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints the newest entries, and those that come. */
@Command(
        name = "tail",
        description = {
            "Print a log's newest entries, one JSON line an entry: index, leafHash, and the entry itself, or its bytes in"
                    + " base64 where it is no JSON.",
            "Nothing is printed that was not shown to stand under a checkpoint signed by the log's key, and every checkpoint"
                    + " is shown to continue the one before; if one does not, the command says so and ends with 1.",
            "Takes no lock; the server may be running. With --follow it goes on until it is interrupted."
        })
final class AuditTailCommand implements Callable<Integer> {
    private static final long LAST = 10;
    private static final long PAUSE_MILLIS = 500;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR|URL", description = LogSource.DESCRIPTION)
    private @Nullable String log;

    @Option(names = "--from", paramLabel = "INDEX", description = "The first entry to print; else the last ten.")
    private @Nullable Long from;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with the entries that come.")
    private boolean follow;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "The log's public key, or a file that holds it; else the log's own log.vkey.")
    private @Nullable String key;

    @Override
    public Integer call() {
        Terminal terminal = HufuCommand.of(spec).terminal();
        if (from != null && from < 0) {
            throw new UsageException("--from is at least 0");
        }
        LogSource source = LogSource.of(terminal, String.valueOf(log));
        try (Interruption interruption = Interruption.ofThisThread()) {
            LogTail tail = open(terminal, source);
            boolean away = false;
            boolean more = print(terminal, tail);
            while (follow && more && interruption.pause(PAUSE_MILLIS)) {
                try {
                    more = print(terminal, tail);
                    away = false;
                } catch (IOException e) {
                    if (!away && !interruption.came()) {
                        terminal.err().println("hufu: the log cannot be read just now, trying on: " + e);
                    }
                    away = true;
                }
            }
            return HufuCommand.HOLDS;
        } catch (AuditLogException.Damaged e) {
            terminal.err().println("hufu: the log does not hold: " + e.getMessage());
            return HufuCommand.DOES_NOT;
        } catch (IOException | UncheckedIOException e) {
            throw new UnreachableException("the log cannot be read: " + e);
        }
    }

    private LogTail open(Terminal terminal, LogSource source) throws IOException {
        VerifierKey trusted = source.key(terminal, key);
        long size = source.reader(terminal, null).checkpoint().size();
        return new LogTail(source.tiles(), trusted, from == null ? Math.max(0, size - LAST) : from);
    }

    /** Prints what is new; false if nobody reads on. */
    private static boolean print(Terminal terminal, LogTail tail) throws IOException {
        boolean[] heard = {true};
        try {
            tail.poll((index, entry, leafHash) -> {
                terminal.out().println(line(index, entry, leafHash));
                heard[0] = !terminal.out().checkError();
                return heard[0] && !Thread.currentThread().isInterrupted();
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return heard[0];
    }

    private static String line(long index, byte[] entry, Hash leafHash) {
        ObjectNode line =
                JsonMapper.shared().createObjectNode().put("index", index).put("leafHash", leafHash.hex());
        try {
            line.set("entry", CanonicalJson.parse(entry));
        } catch (NotCanonicalException e) {
            line.put("bytes", StrictBase64.encode(entry)); // entries are opaque to the log
        }
        return JsonMapper.shared().writeValueAsString(line);
    }
}
