package dev.hufu.service.audit;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.service.keys.ActorKeys;
import dev.hufu.service.keys.KeyVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the audit trail of a data directory: the log in {@code log}, this server's name as a producer beside it. */
public final class AuditTrails {
    private static final String LOG = "log";
    private static final String PRODUCER = "producer";

    private AuditTrails() {}

    /** Opens it, or begins it. */
    public static AuditTrail open(
            Path data, KeyVault vault, ActorKeys actors, JdbcClient jdbc, Clock clock, SecureRandom random)
            throws IOException {
        Path directory = Files.createDirectories(data.resolve(LOG));
        AuditLog log = AuditLog.open(directory, LogOptions.defaults(vault.logKey(), clock));
        try {
            return new AuditTrail(
                    log,
                    producer(directory, random),
                    new EntryCodec(log.key().name(), actors),
                    new CohortStore(jdbc, vault, random),
                    clock);
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** The name under which this server appends: kept, so that its sequence goes on after a restart. */
    private static String producer(Path directory, SecureRandom random) throws IOException {
        Path file = directory.resolve(PRODUCER);
        if (Files.notExists(file)) {
            byte[] unique = new byte[4];
            random.nextBytes(unique);
            Files.writeString(file, "hufu-" + HexFormat.of().formatHex(unique) + "\n", StandardCharsets.US_ASCII);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }
}
