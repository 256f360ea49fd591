package dev.hufu.service.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hufu.service.analytics.store.PeopleStoreException.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleStoreTest {
    private static final StoreLimits LIMITS = new StoreLimits(256, 2);

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("people.duckdb");
    }

    private static void execute(PeopleStore store, String sql) {
        store.write(c -> {
            try (Statement s = c.createStatement()) {
                return s.execute(sql);
            }
        });
    }

    private static long number(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery(sql)) {
            rs.next();
            return rs.getLong(1);
        }
    }

    @Test
    void tables_afterWriting_haveColumnsTypesAndCounts() {
        try (var store = PeopleStore.open(file(), LIMITS)) {
            execute(store, "CREATE TABLE survey (employee_id VARCHAR, score TINYINT, share DECIMAL(9,2), seen DATE)");
            execute(store, "INSERT INTO survey VALUES ('a', 1, 2.5, '2026-01-01'), ('b', 2, 3.5, NULL)");
            execute(store, "CREATE SCHEMA hidden; CREATE TABLE hidden.x (y INTEGER)");
            assertThat(store.tables())
                    .containsExactly(new TableInfo(
                            "survey",
                            List.of(
                                    new TableInfo.Column("employee_id", TableInfo.Type.TEXT, "VARCHAR"),
                                    new TableInfo.Column("score", TableInfo.Type.INTEGER, "TINYINT"),
                                    new TableInfo.Column("share", TableInfo.Type.DECIMAL, "DECIMAL(9,2)"),
                                    new TableInfo.Column("seen", TableInfo.Type.DATE, "DATE")),
                            2));
            assertThat(store.table("survey"))
                    .hasValueSatisfying(t -> assertThat(t.rows()).isEqualTo(2));
            assertThat(store.table("missing")).isEmpty();
            assertThat(store.table("survey\"; DROP TABLE survey; --")).isEmpty();
        }
    }

    @Test
    void snapshot_writtenMeanwhile_seesOnlyWhatWasThere() throws SQLException {
        try (var store = PeopleStore.open(file(), LIMITS)) {
            execute(store, "CREATE TABLE t AS SELECT 1 AS x");
            try (Connection before = store.snapshot()) {
                execute(store, "INSERT INTO t VALUES (2)");
                assertThat(number(before, "SELECT count(*) FROM t")).isEqualTo(1);
                try (Connection after = store.snapshot()) {
                    assertThat(number(after, "SELECT count(*) FROM t")).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void snapshot_writing_isRefused() throws SQLException {
        try (var store = PeopleStore.open(file(), LIMITS)) {
            execute(store, "CREATE TABLE t (x INTEGER)");
            try (Connection c = store.snapshot();
                    Statement s = c.createStatement()) {
                assertThatThrownBy(() -> s.execute("INSERT INTO t VALUES (1)")).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void write_failingHalfWay_leavesNothing() throws SQLException {
        try (var store = PeopleStore.open(file(), LIMITS)) {
            execute(store, "CREATE TABLE t (x INTEGER)");
            assertThatThrownBy(() -> execute(store, "INSERT INTO t VALUES (1); SELECT CAST('E000001' AS INTEGER)"))
                    .isInstanceOf(PeopleStoreException.class)
                    .hasMessageContaining("nothing was changed")
                    .hasMessageNotContaining("E000001")
                    .hasNoCause();
            try (Connection c = store.snapshot()) {
                assertThat(number(c, "SELECT count(*) FROM t")).isZero();
            }
        }
    }

    @Test
    void sql_reachingOutside_isRefused() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.csv"), "a\n1\n");
        Path target = directory.resolve("leak.csv");
        try (var store = PeopleStore.open(file(), LIMITS);
                var c = store.loading()) {
            for (String sql : List.of(
                    "SELECT * FROM read_csv('" + secret + "')",
                    "SELECT * FROM '" + secret + "'",
                    "SELECT * FROM read_text('/etc/hostname')",
                    "SELECT * FROM glob('/etc/*')",
                    "COPY (SELECT 1) TO '" + target + "'",
                    "ATTACH '" + directory.resolve("other.duckdb") + "'",
                    "EXPORT DATABASE '" + directory.resolve("export") + "'",
                    "INSTALL httpfs",
                    "LOAD httpfs",
                    "SET enable_external_access = true",
                    "SET threads = 64",
                    "PRAGMA memory_limit='100GB'")) {
                try (Statement s = c.createStatement()) {
                    assertThatThrownBy(() -> s.execute(sql)).as(sql).isInstanceOf(SQLException.class);
                }
            }
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void open_new_isReadableByThisUserOnly() throws IOException {
        try (var store = PeopleStore.open(file(), LIMITS)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void open_noDatabase_saysSo() throws IOException {
        Files.writeString(file(), "employee_id,name\n".repeat(1000));
        var e = catchThrowableOfType(PeopleStoreException.class, () -> PeopleStore.open(file(), LIMITS));
        assertThat(e.trouble()).isEqualTo(Trouble.CORRUPT);
        assertThat(e).hasMessageContaining(file().toString()).hasMessageContaining("not a DuckDB file");
    }

    @Test
    void open_damagedHeader_saysSo() throws IOException {
        try (var store = PeopleStore.open(file(), LIMITS)) {
            execute(store, "CREATE TABLE t AS SELECT range AS x FROM range(100000)");
        }
        byte[] bytes = Files.readAllBytes(file());
        java.util.Arrays.fill(bytes, 4096, 12288, (byte) 0x5A);
        Files.write(file(), bytes);
        var e = catchThrowableOfType(PeopleStoreException.class, () -> PeopleStore.open(file(), LIMITS));
        assertThat(e.trouble()).isEqualTo(Trouble.CORRUPT);
    }

    @Test
    void open_folderMissing_saysSo() {
        Path nowhere = directory.resolve("missing").resolve("people.duckdb");
        var e = catchThrowableOfType(PeopleStoreException.class, () -> PeopleStore.open(nowhere, LIMITS));
        assertThat(e.trouble()).isEqualTo(Trouble.RESOURCES);
    }

    @Test
    void open_heldByAnotherProcess_saysSo() throws Exception {
        Process other = otherProcess("hold");
        try {
            var e = catchThrowableOfType(PeopleStoreException.class, () -> PeopleStore.open(file(), LIMITS));
            assertThat(e.trouble()).isEqualTo(Trouble.IN_USE);
            assertThat(e).hasMessageContaining("in use");
        } finally {
            other.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void open_afterKill_hasEveryCommitAndNothingElse() throws Exception {
        Process other = otherProcess("commit");
        other.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        try (var store = PeopleStore.open(file(), LIMITS);
                Connection c = store.snapshot()) {
            assertThat(number(c, "SELECT count(*) FROM t")).isEqualTo(200_000);
            assertThat(number(c, "SELECT count(*) FROM t WHERE x < 0")).isZero();
        }
    }

    /** Starts {@link OtherProcess} and waits until it says that it is where we want it. */
    private Process otherProcess(String what) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        file().toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var reader = process.inputReader();
        String line = reader.readLine();
        while (line != null && !line.equals("there")) {
            line = reader.readLine();
        }
        assertThat(line).isEqualTo("there");
        return process;
    }

    /** Holds a store, or commits to it and then hangs in the middle of a transaction, until it is killed. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) throws InterruptedException {
            try (var store = PeopleStore.open(Path.of(args[0]), LIMITS)) {
                if (args[1].equals("commit")) {
                    execute(store, "CREATE TABLE t AS SELECT range AS x FROM range(200000)");
                    store.write(c -> {
                        try (Statement s = c.createStatement()) {
                            s.execute("INSERT INTO t SELECT -1 - range FROM range(200000)");
                            sayAndHang();
                            return true;
                        }
                    });
                }
                sayAndHang();
            }
        }

        private static void sayAndHang() {
            System.out.println("there");
            System.out.flush();
            try {
                Thread.sleep(600_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
