package dev.hufu.service.audit;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.witness.Witnesses;
import dev.hufu.service.keys.ActorKeys;
import dev.hufu.service.keys.KeyVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the audit trail of a data directory: the log in {@code log}. */
public final class AuditTrails {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrails.class);
    private static final String FOLDER = "log";

    private AuditTrails() {}

    /**
     * Opens it, or begins it, and logs that the server starts.
     *
     * @param sm2 whether checkpoints carry an SM2 signature beside Ed25519
     * @param witnesses who is asked to cosign checkpoints
     */
    public static AuditTrail open(
            Path data,
            boolean sm2,
            Optional<Witnesses> witnesses,
            KeyVault vault,
            ActorKeys actors,
            JdbcClient jdbc,
            Clock clock,
            SecureRandom random)
            throws IOException {
        Path directory = Files.createDirectories(data.resolve(FOLDER));
        LogOptions plain = LogOptions.defaults(vault.logKey(), clock);
        LogOptions signed = sm2 ? plain.withSm2(vault.sm2LogKey()) : plain;
        AuditLog log =
                AuditLog.open(directory, witnesses.map(signed::withWitnesses).orElse(signed));
        log.corrected()
                .forEach(tile -> LOG.warn(
                        "audit log: {}: did not hold what the journal says; derived anew from the journal. After a loss of power"
                                + " that may be; otherwise find out what changed the file.",
                        tile));
        try {
            AuditTrail trail = new AuditTrail(
                    log,
                    producer(vault),
                    new EntryCodec(log.key().name(), actors),
                    new CohortStore(jdbc, vault, random),
                    clock);
            trail.append(Entry.of(EntryType.SYSTEM_START, "start", "done"));
            return trail;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** The name under which this server appends, the same after every start: its sequence goes on. */
    private static String producer(KeyVault vault) {
        return "hufu-" + HexFormat.of().toHexDigits(vault.logKey().verifierKey().id());
    }
}
