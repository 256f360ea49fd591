package dev.hufu.service.audit;

import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.service.keys.KeyVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The side store of cohorts: encrypted bitmaps of subject numbers, to which entries refer by id and digest. It can be
 * shredded; the log cannot. A row is written before its entry and linked to it after; one that stays without an entry
 * was left by a crash, and {@link AuditTrail} links or deletes it at the next start. Thread-safe.
 */
final class CohortStore {
    private static final int ID_BYTES = 16;

    private final JdbcClient jdbc;
    private final KeyVault vault;
    private final SecureRandom random;

    CohortStore(JdbcClient jdbc, KeyVault vault, SecureRandom random) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.random = random;
    }

    /** What an entry says of its cohort. */
    record Stored(String id, Hash digest, Cohort.Kind kind, int sizeClass) {}

    /** A cohort that holds a subject. */
    record About(String entryId, int persons) {}

    /** Encrypts and stores a cohort, not yet linked to an entry. */
    Stored put(Cohort cohort, Instant time) {
        byte[] idBytes = new byte[ID_BYTES];
        random.nextBytes(idBytes);
        String id = HexFormat.of().formatHex(idBytes);
        RoaringBitmap bitmap = cohort.subjects().clone();
        bitmap.runOptimize();
        ByteBuffer plain = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
        bitmap.serialize(plain);
        byte[] ciphertext = vault.sealCohort(plain.array(), context(id));
        jdbc.sql("""
            INSERT INTO cohort (id, kind, created, ciphertext) VALUES (:id, :kind, :created, :ciphertext)
            """)
                .param("id", id)
                .param("kind", cohort.kind().wire())
                .param("created", OffsetDateTime.ofInstant(time, ZoneOffset.UTC))
                .param("ciphertext", ciphertext)
                .update();
        Hash digest = Hash.of(TreeHasher.sha256().digest(ciphertext));
        return new Stored(id, digest, cohort.kind(), cohort.sizeClass());
    }

    /**
     * Says which entry a cohort belongs to. Nobody waits for the disk here: a link that a crash takes is found again in the log at
     * the next start.
     */
    void link(String id, String entryId) {
        jdbc.sql("""
            WITH relaxed AS (SELECT set_config('synchronous_commit', 'off', true))
            UPDATE cohort SET entry_id = :entryId FROM relaxed WHERE id = :id
            """).param("entryId", entryId).param("id", id).update();
    }

    /** Cohorts without an entry, and when each was stored. */
    Map<String, Instant> unlinked() {
        Map<String, Instant> found = new HashMap<>();
        jdbc.sql("""
            SELECT id, created FROM cohort WHERE entry_id IS NULL
            """).query(row -> {
            found.put(
                    row.getString("id"),
                    row.getObject("created", OffsetDateTime.class).toInstant());
        });
        return found;
    }

    void delete(String id) {
        jdbc.sql("""
            DELETE FROM cohort WHERE id = :id
            """).param("id", id).update();
    }

    /** The entries since {@code since} with a cohort of that kind that holds {@code subject}, newest first, at most {@code limit}. */
    List<About> about(int subject, Cohort.Kind kind, Instant since, int limit) {
        // Streamed, so that a long history never stands in memory as a whole.
        try (var rows = jdbc
                .sql("""
                    SELECT id, entry_id, ciphertext FROM cohort
                    WHERE kind = :kind AND entry_id IS NOT NULL AND created >= :since ORDER BY created DESC, id
                    """)
                .param("kind", kind.wire())
                .param("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
                .query((row, number) -> {
                    RoaringBitmap bitmap = open(row.getString("id"), row.getBytes("ciphertext"));
                    return bitmap.contains(subject)
                            ? Optional.of(new About(row.getString("entry_id"), bitmap.getCardinality()))
                            : Optional.<About>empty();
                })
                .stream()) {
            return rows.flatMap(Optional::stream).limit(limit).toList();
        }
    }

    private RoaringBitmap open(String id, byte[] ciphertext) {
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(ByteBuffer.wrap(vault.openCohort(ciphertext, context(id))));
            return bitmap;
        } catch (IOException e) {
            throw new UncheckedIOException("a cohort is malformed", e);
        }
    }

    private static byte[] context(String id) {
        return ("cohort/" + id).getBytes(StandardCharsets.US_ASCII);
    }
}
