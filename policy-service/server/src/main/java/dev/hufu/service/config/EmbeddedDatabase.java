package dev.hufu.service.config;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL inside the data directory, on loopback with a password of its own. The caller holds the directory's lock, so that a
 * postmaster found there is an orphan of a killed process and is ended before a new one starts.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "postgres";

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    static EmbeddedDatabase start(DataDirectory directory, SecureRandom random) throws IOException, SQLException {
        Path pg = directory.data().resolve("postgres");
        endOrphan(pg);
        boolean unfinished = Files.exists(pg) && !Files.exists(pg.resolve("hufu.initialised"));
        if (unfinished) {
            deleteTree(pg); // killed during the very first start: nothing was ever acknowledged from it
        }
        String password = password(directory.keys().resolve("postgres.password"), random);
        EmbeddedPostgres server = start(pg, password);
        var database = new EmbeddedDatabase(server, password);
        if (!Files.exists(pg.resolve("hufu.initialised"))) {
            database.requirePassword(pg);
        }
        return database;
    }

    private static EmbeddedPostgres start(Path pg, String password) {
        var server = EmbeddedPostgres.builder()
                .setDataDirectory(pg)
                .setCleanDataDirectory(false)
                .setConnectConfig("password", password)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "64")
                .setServerConfig("shared_buffers", "64MB")
                .setPGStartupWait(Duration.ofSeconds(60));
        try {
            return server.start();
        } catch (IOException | RuntimeException e) {
            LOG.error("PostgreSQL did not start: {}", e.getClass().getName());
            throw new DataDirectoryUnusableException(
                    "PostgreSQL does not start in " + pg + ".",
                    "See that its disk has room (hufu doctor) and that this user may write there and in "
                            + System.getProperty("java.io.tmpdir") + ", then start again.");
        }
    }

    /** initdb trusts every local user; from here on only the password opens the door. */
    private void requirePassword(Path pg) throws IOException, SQLException {
        Path hba = pg.resolve("pg_hba.conf");
        try (Connection c = server.getPostgresDatabase().getConnection();
                Statement s = c.createStatement()) {
            s.execute("ALTER USER postgres PASSWORD '" + password + "'"); // hexadecimal digits only
            Files.writeString(hba, "host all all 127.0.0.1/32 scram-sha-256\n");
            s.execute("SELECT pg_reload_conf()");
        }
        Files.writeString(pg.resolve("hufu.initialised"), "1\n");
    }

    private static String password(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[24];
            random.nextBytes(bytes);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(bytes), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    private static void endOrphan(Path pg) throws IOException {
        Path pidFile = pg.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.getFirst().strip());
        ProcessHandle.of(pid)
                .filter(p -> p.info().command().map(c -> c.contains("postgres")).orElse(false))
                .ifPresent(p -> {
                    LOG.info("ending the orphaned PostgreSQL process {} of an earlier run", pid);
                    end(p);
                });
        Files.deleteIfExists(pidFile);
    }

    private static void end(ProcessHandle postmaster) {
        List<ProcessHandle> all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(postmaster), postmaster.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle p : all) {
            try {
                p.onExit().get(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                LOG.warn("process {} of an earlier PostgreSQL did not end", p.pid());
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (var walk = Files.walk(root)) {
            for (Path p : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }

    String url() {
        return server.getJdbcUrl(USER, "postgres");
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
