package dev.hufu.service.audit;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogHealth;
import dev.hufu.auditlog.journal.JournalEntry;
import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.json.CanonicalJson.NotCanonicalException;
import dev.hufu.auditlog.receipt.Commitment;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.witness.Cosigning;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;

/**
 * Appends entries and reads them back for whoever may see them. An append returns when the entry is durable, and only
 * then is there a {@link Receipt}. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {
    private static final int ROUND_TO = 10;
    private static final Duration CLOCK_SLACK = Duration.ofHours(1);

    private final AuditLog log;
    private final String producer;
    private final EntryCodec codec;
    private final CohortStore cohorts;
    private final Clock clock;
    private final Object ordering = new Object();
    private long nextSequence;

    AuditTrail(AuditLog log, String producer, EntryCodec codec, CohortStore cohorts, Clock clock) {
        this.log = log;
        this.producer = producer;
        this.codec = codec;
        this.cohorts = cohorts;
        this.clock = clock;
        this.nextSequence = log.lastSequence(producer).orElse(-1) + 1;
        linkWhatACrashLeft();
    }

    /**
     * Logs an entry and waits until it is durable.
     *
     * @throws LogStoppedException if the log has stopped; whether the entry is in it is not known
     * @throws LogBusyException if too many wait; the entry is not in it
     */
    public Receipt append(Entry entry) {
        Instant time = clock.instant();
        Optional<CohortStore.Stored> cohort = entry.cohort().map(people -> cohorts.put(people, time));
        LogReceipt receipt = appendDurably(entry, cohort, time);
        cohort.ifPresent(stored -> cohorts.link(stored.id(), receipt.id().toString()));
        return new Receipt(receipt, entry.commitment());
    }

    private LogReceipt appendDurably(Entry entry, Optional<CohortStore.Stored> cohort, Instant time) {
        try {
            CompletableFuture<LogReceipt> pending;
            // The lock makes sequence numbers rise in the order of the log; nobody waits for the disk inside it.
            synchronized (ordering) {
                EntryId id = new EntryId(producer, nextSequence);
                pending = log.appendAsync(id, codec.write(id, time, entry, cohort));
                nextSequence++;
            }
            return pending.join();
        } catch (AuditLogException e) {
            throw translated(e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof AuditLogException ours ? translated(ours) : e;
        }
    }

    private static RuntimeException translated(AuditLogException e) {
        return switch (e) {
            case AuditLogException.Busy busy -> new LogBusyException(busy);
            case AuditLogException.Stopped stopped -> new LogStoppedException(stopped);
            case AuditLogException.InUse _, AuditLogException.Damaged _, AuditLogException.IdConflict _ -> e;
        };
    }

    /**
     * The receipt of an entry at the best level it has now, for the account that acted, or for an auditor; empty for
     * everybody else, as for an id that does not exist.
     */
    public Optional<Receipt> receipt(String id, String account, boolean auditor) {
        EntryId entryId;
        try {
            entryId = EntryId.parse(id);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        Optional<JsonNode> json = log.entry(entryId).map(AuditTrail::parse);
        boolean allowed = json.isPresent()
                && (auditor
                        || codec.account(entryId, json.get())
                                .filter(account::equals)
                                .isPresent());
        return allowed
                ? log.receipt(entryId).map(receipt -> new Receipt(receipt, Commitment.in(json.get())))
                : Optional.empty();
    }

    /** Up to {@code max} entries from index {@code from} on, as they stand in the log. */
    public List<LoggedEntry> entries(long from, int max) {
        List<LoggedEntry> entries = new ArrayList<>();
        long end = Math.min(log.size(), from + max);
        for (long index = from; index < end; index++) {
            JournalEntry entry = log.entry(index);
            entries.add(new LoggedEntry(index, entry.id().toString(), parse(entry.bytes())));
        }
        return entries;
    }

    /** When the first entry was written; empty as long as there is none. */
    public Optional<Instant> begun() {
        return log.size() == 0
                ? Optional.empty()
                : Optional.of(
                        Instant.parse(parse(log.entry(0).bytes()).path("time").asString()));
    }

    /**
     * The entries since {@code since} about a subject, newest first, as the subject may see them: at most {@code limit} of each kind,
     * so that many statistics never hide the one request that named them.
     */
    public List<Usage> entriesAbout(int subject, Instant since, int limit) {
        List<Usage> usages = new ArrayList<>();
        for (Cohort.Kind kind : Cohort.Kind.values()) {
            for (CohortStore.About about : cohorts.about(subject, kind, since, limit)) {
                EntryId id = EntryId.parse(about.entryId());
                log.entry(id).map(AuditTrail::parse).ifPresent(json -> usages.add(usage(id, json, about.persons())));
            }
        }
        usages.sort(Comparator.comparing(Usage::time).reversed());
        return usages;
    }

    private Usage usage(EntryId id, JsonNode json, int persons) {
        JsonNode data = json.path("data");
        Optional<Actor> actor = codec.actor(id, json);
        Cohort.Kind kind =
                Cohort.Kind.ofWire(data.path("cohort").path("kind").asString()).orElseThrow();
        int rounded = Math.max(ROUND_TO, (persons + ROUND_TO / 2) / ROUND_TO * ROUND_TO);
        return new Usage(
                id.toString(),
                Instant.parse(json.path("time").asString()),
                EntryType.ofWire(json.path("type").asString()).orElseThrow(),
                data.path("action").asString(),
                text(data, "dataset"),
                data.path("fields").valueStream().map(JsonNode::asString).toList(),
                text(data, "purpose"),
                text(data, "legalBasis"),
                actor.map(Actor::roles).orElse(List.of()),
                actor.flatMap(Actor::unit),
                kind,
                persons == 1 && kind == Cohort.Kind.INDIVIDUAL ? 1 : rounded);
    }

    private static Optional<String> text(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static JsonNode parse(byte[] entry) {
        try {
            return CanonicalJson.parse(entry);
        } catch (NotCanonicalException e) {
            throw new IllegalStateException("an entry in the log is not canonical JSON", e);
        }
    }

    /** Finds the entries of cohorts whose link was not written before a crash; cohorts without an entry go. */
    private void linkWhatACrashLeft() {
        Map<String, Instant> open = cohorts.unlinked();
        Optional<Instant> oldest = open.values().stream().min(Comparator.naturalOrder());
        for (long index = log.size() - 1; index >= 0 && !open.isEmpty(); index--) {
            JournalEntry entry = log.entry(index);
            JsonNode json = parse(entry.bytes());
            String cohort = json.path("data").path("cohort").path("id").asString("");
            if (open.remove(cohort) != null) {
                cohorts.link(cohort, entry.id().toString());
            }
            // An entry carries the time at which its cohort was stored; the slack is for a clock that was set.
            if (Instant.parse(json.path("time").asString()).plus(CLOCK_SLACK).isBefore(oldest.orElseThrow())) {
                break;
            }
        }
        open.keySet().forEach(cohorts::delete);
    }

    /** The signed checkpoint, for everybody. */
    public String checkpoint() {
        return log.checkpointNote();
    }

    /** The newest signed checkpoint that enough witnesses cosigned, for everybody; empty without one. */
    public Optional<String> cosignedCheckpoint() {
        return log.cosigned().map(Cosigning.Published::note);
    }

    /** How far the log is witnessed; empty where no witnesses are configured. */
    public Optional<Cosigning> cosigning() {
        return log.cosigning();
    }

    /** A tile ({@code tile/<L>/…}) or entry bundle ({@code tile/entries/…}) by its path; empty for any other path. */
    public Optional<byte[]> tile(String path) {
        return log.readTile(path);
    }

    /** The log's public key in its one-line form. */
    public String verifierKey() {
        return log.key().text();
    }

    /** How the log is. */
    public LogHealth health() {
        return log.health();
    }

    /** Logs that the server stops, and what is waiting, and lets go of the log. */
    @Override
    public void close() throws IOException {
        try {
            if (log.health().accepting()) {
                append(Entry.of(EntryType.SYSTEM_STOP, "stop", "done"));
            }
        } catch (LogStoppedException | LogBusyException e) {
            // Then the log ends without this entry, as after a crash: the next start's entry follows directly.
        } finally {
            log.close();
        }
    }
}
