package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.LogReader;
import dev.hufu.auditlog.journal.Disk;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tiles.HttpTiles;
import dev.hufu.auditlog.tiles.TileSource;
import dev.hufu.auditlog.tiles.TileStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log that an argument names: a directory, or the address of a server, of which {@code HUFU_TOKEN} reads the
 * entries.
 *
 * @param directory the log's directory; empty for a server
 */
record LogSource(TileSource tiles, Optional<Path> directory) {
    private static final String PUBLIC_FORM = "/log/v1/";

    /** What is said of the argument in a command's help. */
    static final String DESCRIPTION = "A log directory, a data directory that holds one, or a server's address"
            + " (https://hufu.example; its entries are for an auditor: HUFU_TOKEN).";

    /** Reads the argument. */
    static LogSource of(Terminal terminal, String argument) {
        if (!isAddress(argument)) {
            Path directory = AuditProveCommand.directory(terminal, argument);
            return new LogSource(new TileStore(directory, Disk.REAL), Optional.of(directory));
        }
        URI address = address(argument);
        Optional<String> token = terminal.variable("HUFU_TOKEN");
        if (token.isPresent() && "http".equals(address.getScheme()) && !Server.loopback(address.getHost())) {
            terminal.err()
                    .println("hufu: warning: " + address.getHost() + " is spoken to without TLS, so the credential"
                            + " travels in clear; use an https address");
        }
        return new LogSource(new HttpTiles(address, token.map(Server::bearer)), Optional.empty());
    }

    static boolean isAddress(String argument) {
        return argument.startsWith("http://") || argument.startsWith("https://");
    }

    /** The address of a server, or of a log's public form on any other one. */
    private static URI address(String argument) {
        try {
            URI said = URI.create(argument);
            if (said.getHost() == null || said.getUserInfo() != null || said.getQuery() != null) {
                throw new UsageException("an address has to look like http://localhost:8080, it is: " + argument);
            }
            String path = said.getRawPath();
            return path.isEmpty() || path.equals("/") ? said.resolve(PUBLIC_FORM) : said;
        } catch (IllegalArgumentException e) {
            throw new UsageException("not an address: " + argument);
        }
    }

    /** The log at its newest checkpoint, or at the one in {@code file}; only in a directory are entries found by id. */
    LogReader reader(Terminal terminal, @Nullable String file) throws IOException {
        if (file == null) {
            return directory.isPresent() ? LogReader.open(directory.get()) : LogReader.open(tiles);
        }
        String note = Files.readString(terminal.directory().resolve(file));
        return directory.isPresent() ? LogReader.at(directory.get(), note) : LogReader.at(tiles, note);
    }

    /**
     * The key to trust: the one given, else the log's own.
     *
     * @throws AuditLogException.Damaged if there is none
     */
    VerifierKey key(Terminal terminal, @Nullable String given) throws IOException {
        if (given != null) {
            return Keys.read(terminal, given);
        }
        byte[] own = tiles.readKey().orElseThrow(() -> new AuditLogException.Damaged("log.vkey: missing"));
        try {
            return VerifierKey.parse(new String(own, StandardCharsets.UTF_8).strip());
        } catch (IllegalArgumentException e) {
            throw new AuditLogException.Damaged("log.vkey: " + e.getMessage());
        }
    }
}
