package dev.hufu.service.analytics.store;

import dev.hufu.service.analytics.store.PeopleStoreException.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/**
 * People data in one DuckDB file, {@code people.duckdb} of the data directory.
 *
 * <p><b>What is in it.</b> Tables and views of the schema {@code main} are datasets: the sample's {@code roster}, {@code pay},
 * {@code attendance}, {@code badge}, {@code leave_record}, {@code training}, {@code performance}, {@code engagement}, and what is
 * imported. The schema {@code fact} holds the sample's rows without dimensions; see {@code dev.hufu.service.sample}.
 *
 * <p><b>Reading.</b> {@link #snapshot()} is a read-only transaction: it sees what was committed when it began and nothing later.
 *
 * <p><b>Writing.</b> {@link #write} runs one transaction, one at a time (the lock {@code writing}). DuckDB's write-ahead log makes
 * a commit durable before it returns; after a {@code kill -9} the next open replays it, and a transaction that had not committed
 * leaves nothing behind.
 *
 * <p><b>Locked in.</b> External access, extensions and changes of settings are off, so that no statement reaches another file.
 *
 * <p>Thread-safe. Connections handed out belong to their caller and are closed by it.
 */
public final class PeopleStore implements AutoCloseable {
    private static final Pattern TABLE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern ERROR_CLASS = Pattern.compile("([A-Z][A-Za-z]*(?: [A-Za-z]+){0,4}):");
    private static final byte[] MAGIC = {'D', 'U', 'C', 'K'};
    private static final int MAGIC_OFFSET = 8;

    private final Path file;
    private final DuckDBConnection root;
    /** Invariant: at most one writing transaction is open, so that writers never meet DuckDB's conflict errors. */
    private final ReentrantLock writing = new ReentrantLock();

    private PeopleStore(Path file, DuckDBConnection root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Opens the file, or makes it. The folder must exist.
     *
     * @throws PeopleStoreException {@code IN_USE} when another process holds it, {@code CORRUPT} when it is no database or its
     *     checksums fail, {@code RESOURCES} when it cannot be read or written
     */
    public static PeopleStore open(Path file, StoreLimits limits) {
        Path absolute = file.toAbsolutePath().normalize();
        var settings = new Properties();
        settings.setProperty("memory_limit", limits.memoryMebibytes() + "MiB");
        settings.setProperty("threads", Integer.toString(limits.threads()));
        settings.setProperty("temp_directory", absolute + ".tmp");
        settings.setProperty("max_temp_directory_size", "8GiB");
        settings.setProperty("enable_external_access", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("lock_configuration", "true");
        settings.setProperty("jdbc_stream_results", "true");
        boolean fresh = !Files.exists(absolute);
        PeopleStore store;
        try {
            store = new PeopleStore(
                    absolute,
                    DriverManager.getConnection("jdbc:duckdb:" + absolute, settings)
                            .unwrap(DuckDBConnection.class));
        } catch (SQLException e) {
            throw diagnose(absolute);
        }
        if (fresh) {
            store.makePrivate();
        }
        return store;
    }

    private void makePrivate() {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            close();
            throw new PeopleStoreException(
                    Trouble.RESOURCES, "The people store " + file + " cannot be made private to this user.");
        }
    }

    /**
     * Says why the file did not open. By looking, not by DuckDB's words: its lock is the operating system's and its header a
     * constant. Only called while this process does not hold the file, since closing our channel would drop DuckDB's own lock.
     */
    private static PeopleStoreException diagnose(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (heldElsewhere(channel)) {
                return new PeopleStoreException(
                        Trouble.IN_USE,
                        "The people store " + file + " is in use by another process. Stop it, or use another directory"
                                + " (HUFU_DATA).");
            }
            if (channel.size() == 0 || isDatabase(channel)) {
                return new PeopleStoreException(
                        Trouble.CORRUPT,
                        "The people store " + file
                                + " is a DuckDB file, but does not open: it is damaged or was written"
                                + " by a newer version. Restore it from a backup, or move it and its .wal away; the"
                                + " sample company is then generated anew.");
            }
            return new PeopleStoreException(
                    Trouble.CORRUPT,
                    "The people store " + file + " is not a DuckDB file. Move it away, or restore it from a backup.");
        } catch (IOException e) {
            return new PeopleStoreException(
                    Trouble.RESOURCES,
                    "The people store " + file + " cannot be opened: "
                            + e.getClass().getSimpleName()
                            + ". Its folder must exist and be writable, with room on the disk.");
        }
    }

    private static boolean heldElsewhere(FileChannel channel) throws IOException {
        try (FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static boolean isDatabase(FileChannel channel) throws IOException {
        var head = ByteBuffer.allocate(MAGIC.length);
        channel.read(head, MAGIC_OFFSET);
        return !head.hasRemaining() && java.util.Arrays.equals(head.array(), MAGIC);
    }

    public Path file() {
        return file;
    }

    /**
     * A connection inside a read-only transaction. DuckDB fixes what it sees with its first statement, so one is run here. Close
     * it when done: an open snapshot keeps old versions alive.
     */
    public Connection snapshot() {
        DuckDBConnection connection = null;
        try {
            connection = root.duplicate();
            try (Statement s = connection.createStatement()) {
                s.execute("BEGIN TRANSACTION READ ONLY");
                s.execute("SELECT count(*) FROM duckdb_tables()");
            }
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw failed("a snapshot could not be opened", e);
        }
    }

    /** Work inside one transaction. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T run(DuckDBConnection connection) throws SQLException, X;
    }

    /**
     * Runs the work in one transaction: all of it is durable when this returns, or none of it happened.
     *
     * @throws PeopleStoreException when DuckDB refuses a statement or the commit
     * @throws X what the work itself throws; the transaction is rolled back
     */
    public <T, X extends Exception> T write(Work<T, X> work) throws X {
        try (DuckDBConnection connection = root.duplicate()) {
            return writeOn(connection, work);
        } catch (SQLException e) {
            throw failed("nothing was changed", e);
        }
    }

    /** As {@link #write}, on a connection of {@link #loading()}, whose temporary tables the work can read. */
    public <T, X extends Exception> T writeOn(DuckDBConnection connection, Work<T, X> work) throws X {
        writing.lock();
        try {
            boolean committed = false;
            try {
                connection.setAutoCommit(false);
                T result = work.run(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (committed) {
                    connection.setAutoCommit(true);
                } else {
                    rollBack(connection);
                }
            }
        } catch (SQLException e) {
            throw failed("nothing was changed", e);
        } finally {
            writing.unlock();
        }
    }

    /**
     * A connection for bulk loading in auto-commit mode, beside others of its kind. Only for tables that no reader knows yet: what
     * it writes becomes visible step by step.
     */
    public DuckDBConnection loading() {
        try {
            return root.duplicate();
        } catch (SQLException e) {
            throw failed("no connection for loading", e);
        }
    }

    /** Folds the write-ahead log into the file, so that the next start need not replay it. */
    public void checkpoint() {
        try (DuckDBConnection connection = root.duplicate();
                Statement s = connection.createStatement()) {
            s.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw failed("the checkpoint failed; the write-ahead log still holds everything", e);
        }
    }

    /** The datasets (tables and views of the schema {@code main}) in order of name, with exact row counts. */
    public List<TableInfo> tables() {
        try (Connection c = snapshot();
                Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        SELECT DISTINCT table_name FROM duckdb_columns()
                        WHERE schema_name = 'main' AND NOT internal AND database_name = current_database()
                        ORDER BY table_name""")) {
            var names = new ArrayList<String>();
            while (rs.next()) {
                names.add(rs.getString(1));
            }
            var tables = new ArrayList<TableInfo>();
            for (String name : names) {
                if (TABLE_NAME.matcher(name).matches()) {
                    tables.add(new TableInfo(name, columns(c, name), count(c, name)));
                }
            }
            return List.copyOf(tables);
        } catch (SQLException e) {
            throw failed("its tables could not be listed", e);
        }
    }

    /** The dataset of this name, if there is one. */
    public Optional<TableInfo> table(String name) {
        if (!TABLE_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (Connection c = snapshot()) {
            List<TableInfo.Column> columns = columns(c, name);
            return columns.isEmpty() ? Optional.empty() : Optional.of(new TableInfo(name, columns, count(c, name)));
        } catch (SQLException e) {
            throw failed("the table " + name + " could not be described", e);
        }
    }

    private static List<TableInfo.Column> columns(Connection c, String table) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                SELECT column_name, data_type FROM duckdb_columns()
                WHERE schema_name = 'main' AND table_name = ? AND database_name = current_database()
                ORDER BY column_index""")) {
            s.setString(1, table);
            var columns = new ArrayList<TableInfo.Column>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    String type = rs.getString(2);
                    columns.add(new TableInfo.Column(rs.getString(1), TableInfo.Type.of(type), type));
                }
            }
            return columns;
        }
    }

    private static long count(Connection c, String table) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("SELECT count(*) FROM main." + quoted(table))) {
            rs.next();
            return rs.getLong(1);
        }
    }

    /** The name as a quoted SQL identifier. */
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static void rollBack(DuckDBConnection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            closeQuietly(connection); // closing ends the transaction without a commit
        }
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            return; // the connection is of no more use either way
        }
    }

    private PeopleStoreException failed(String what, SQLException cause) {
        return new PeopleStoreException(
                Trouble.STATEMENT,
                "The people store " + file + ": " + what + " (" + errorClass(cause)
                        + "). If this repeats, see whether disk or memory is full, and restart.");
    }

    /** DuckDB's class of error, the words before the first colon ("Constraint Error"); what follows may quote a row. */
    private static String errorClass(SQLException e) {
        Matcher m = ERROR_CLASS.matcher(String.valueOf(e.getMessage()));
        return m.lookingAt() ? m.group(1) : "error without a class";
    }

    /** Folds the log into the file and lets go of it. */
    @Override
    public void close() {
        try {
            root.close();
        } catch (SQLException e) {
            throw failed("it could not be closed", e);
        }
    }
}
