package dev.hufu.auditlog.hammer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.Logs;
import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.tiles.TileSource;
import dev.hufu.auditlog.verify.LogVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogHammerTest {
    private static final LogHammer.Plan PLAN = new LogHammer.Plan(8, 2, Duration.ofMillis(700));

    @TempDir
    Path directory;

    private static LogHammer.Result hammer(LogHammer.Target target) throws IOException {
        return new LogHammer(target, PLAN, new Random(1)).run();
    }

    @Test
    void run_soundLog_findsAllAcknowledgedAlsoInASecondRun() throws IOException {
        long before = 0;
        for (int run = 0; run < 2; run++) {
            try (HammerLog log = new HammerLog(directory, 100, Clock.systemUTC())) {
                LogHammer.Result result = hammer(log);
                assertThat(result.wrong()).isEmpty();
                assertThat(result.acknowledged()).isPositive();
                assertThat(result.size()).isEqualTo(before + result.acknowledged());
                before = result.size();
            }
        }
        assertThat(new LogVerifier(Optional.empty()).verify(directory).findings())
                .isEmpty();
    }

    /** The log as another one would show it. */
    private abstract static class Altered implements LogHammer.Target, TileSource {
        final HammerLog log;

        Altered(HammerLog log) {
            this.log = log;
        }

        @Override
        public byte[] append(int caller) throws IOException {
            return log.append(caller);
        }

        @Override
        public TileSource tiles() {
            return this;
        }

        @Override
        public VerifierKey key() {
            return log.key();
        }

        @Override
        public boolean alone() {
            return true;
        }

        @Override
        public Optional<byte[]> read(TilePath path) throws IOException {
            return log.tiles().read(path);
        }

        @Override
        public Optional<byte[]> readCheckpoint() throws IOException {
            return log.tiles().readCheckpoint();
        }

        @Override
        public Optional<byte[]> readKey() throws IOException {
            return log.tiles().readKey();
        }
    }

    @Test
    void run_leafOtherThanAcknowledged_isNamed() throws IOException {
        try (HammerLog log = new HammerLog(directory, 100, Clock.systemUTC())) {
            LogHammer.Result result = hammer(new Altered(log) {
                @Override
                public Optional<byte[]> read(TilePath path) throws IOException {
                    Optional<byte[]> tile = super.read(path);
                    tile.filter(_ -> path.level() == 0).ifPresent(bytes -> bytes[3] ^= 1);
                    return tile;
                }
            });
            assertThat(result.wrong()).anyMatch(what -> what.contains("not shown to stand"));
            assertThat(result.wrong()).anyMatch(what -> what.contains("was acknowledged and is not under"));
        }
    }

    @Test
    void run_receiptOfWhatIsNotLogged_isNamed() throws IOException {
        byte[] altered;
        try (AuditLog other = AuditLog.open(
                directory.resolve("other"),
                LogOptions.defaults(new Logs("other.example/log").key(), Clock.systemUTC()))) {
            altered = other.append(new EntryId("p", 0), new byte[3]).bytes();
        }
        try (HammerLog log = new HammerLog(directory.resolve("log"), 100, Clock.systemUTC())) {
            LogHammer.Result result = hammer(new Altered(log) {
                @Override
                public byte[] append(int caller) throws IOException {
                    byte[] own = super.append(caller);
                    return caller == 0 ? altered : own;
                }
            });
            assertThat(result.wrong()).anyMatch(what -> what.contains("by another key"));
        }
    }

    @Test
    void run_twiceForOneAcknowledgement_isNamed() throws IOException {
        try (HammerLog log = new HammerLog(directory, 100, Clock.systemUTC())) {
            LogHammer.Result result = hammer(new Altered(log) {
                @Override
                public byte[] append(int caller) throws IOException {
                    log.append(caller);
                    return super.append(caller);
                }
            });
            assertThat(result.wrong()).anyMatch(what -> what.contains("entries were acknowledged, but"));
        }
    }

    @Test
    void run_checkpointThatGoesBack_isNamed() throws IOException {
        try (HammerLog log = new HammerLog(directory, 100, Clock.systemUTC())) {
            byte[] first = log.append(0);
            assertThat(first).isNotEmpty();
            LogHammer.Result result = hammer(new Altered(log) {
                private int asked;
                private Optional<byte[]> early = Optional.empty();

                @Override
                public synchronized Optional<byte[]> readCheckpoint() throws IOException {
                    Optional<byte[]> now = super.readCheckpoint();
                    if (early.isEmpty() && size(now) > 1) {
                        early = now;
                    }
                    return ++asked % 10 == 0 && early.isPresent() ? early : now;
                }

                private static int size(Optional<byte[]> note) {
                    return Integer.parseInt(new String(note.orElseThrow(), StandardCharsets.UTF_8).split("\n")[1]);
                }
            });
            assertThat(result.wrong()).anyMatch(what -> what.contains("does not continue"));
        }
    }

    @Test
    void open_anotherLog_isRefused() throws IOException {
        try (AuditLog log = new Logs().open(directory)) {
            assertThat(log.append(new EntryId("p", 0), new byte[1])).isNotNull();
        }
        byte[] before = Files.readAllBytes(directory.resolve("journal/00000000000000000000"));
        assertThatThrownBy(() -> new HammerLog(directory, 10, Clock.systemUTC()))
                .isInstanceOf(AuditLogException.Damaged.class);
        assertThat(directory.resolve("journal/00000000000000000000")).hasBinaryContent(before);
    }
}
