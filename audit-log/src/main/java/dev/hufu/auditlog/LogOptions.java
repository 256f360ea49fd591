package dev.hufu.auditlog;

import dev.hufu.auditlog.note.CheckpointSigner;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.note.Sm2SigningKey;
import dev.hufu.auditlog.witness.Witnesses;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a log is run.
 *
 * @param key signs checkpoints and promises; its name is the log's origin
 * @param sm2 signs checkpoints beside it, if there is one; of the same name
 * @param witnesses are asked to cosign checkpoints, if there are any; nothing but D3 waits for them
 * @param clock tells the time that promises are reckoned from
 * @param mergeDelay how long after the append a promise lets the integration take. Far above what it takes (see
 *     {@code integrationInterval}), so that a restart does not break promises
 * @param integrationInterval pause between two checkpoints while entries arrive
 * @param segmentBytes size at which the journal starts a new file, 1 KiB to 1 GiB
 * @param queueEntries most entries that wait for the disk; one more is {@link AuditLogException.Busy}
 * @param queueBytes most bytes of entries that wait for the disk
 * @param maxProducers most producers that a log knows: what bounds its memory
 */
public record LogOptions(
        SigningKey key,
        Optional<Sm2SigningKey> sm2,
        Optional<Witnesses> witnesses,
        Clock clock,
        Duration mergeDelay,
        Duration integrationInterval,
        long segmentBytes,
        int queueEntries,
        long queueBytes,
        int maxProducers) {
    private static final long MIN_SEGMENT = 1024;
    private static final long MAX_SEGMENT = 1L << 30;

    /** Checks the bounds. */
    public LogOptions {
        if (segmentBytes < MIN_SEGMENT || segmentBytes > MAX_SEGMENT) {
            throw new IllegalArgumentException("a segment has 1 KiB to 1 GiB, not " + segmentBytes);
        }
        if (queueEntries < 1 || queueBytes < AuditLog.MAX_ENTRY_BYTES || maxProducers < 1) {
            throw new IllegalArgumentException("queue and producers need room for one at least");
        }
        if (mergeDelay.isNegative() || !integrationInterval.isPositive()) {
            throw new IllegalArgumentException("delays are positive");
        }
    }

    /** Promises of five minutes, checkpoints every 250 ms, segments of 64 MiB, 8,192 entries or 64 MiB waiting, 4,096 producers. */
    public static LogOptions defaults(SigningKey key, Clock clock) {
        return new LogOptions(
                key,
                Optional.empty(),
                Optional.empty(),
                clock,
                Duration.ofMinutes(5),
                Duration.ofMillis(250),
                64L << 20,
                8192,
                64L << 20,
                4096);
    }

    /** The same with a second signature line on checkpoints. */
    public LogOptions withSm2(Sm2SigningKey second) {
        return new LogOptions(
                key,
                Optional.of(second),
                witnesses,
                clock,
                mergeDelay,
                integrationInterval,
                segmentBytes,
                queueEntries,
                queueBytes,
                maxProducers);
    }

    /** The same with witnesses. */
    public LogOptions withWitnesses(Witnesses asked) {
        return new LogOptions(
                key,
                sm2,
                Optional.of(asked),
                clock,
                mergeDelay,
                integrationInterval,
                segmentBytes,
                queueEntries,
                queueBytes,
                maxProducers);
    }

    CheckpointSigner signer() {
        return new CheckpointSigner(key, sm2);
    }
}
