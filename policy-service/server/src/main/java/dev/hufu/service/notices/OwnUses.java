package dev.hufu.service.notices;

import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Cohort;
import dev.hufu.service.audit.EntryType;
import dev.hufu.service.audit.Receipt;
import dev.hufu.service.audit.Usage;
import dev.hufu.service.keys.SubjectRegister;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Tells a person how their data was used. Thread-safe. */
public final class OwnUses {
    /** Most entries of each kind that are read at once. */
    public static final int MOST = 2_000;

    private final SubjectRegister subjects;
    private final AuditTrail trail;

    public OwnUses(SubjectRegister subjects, AuditTrail trail) {
        this.subjects = subjects;
        this.trail = trail;
    }

    /**
     * The uses of that person's data from {@code from} on and before {@code until}. Who may ask for whom is for the caller to
     * hold: a page takes the id from the session and from nowhere else.
     */
    public UsesOfOne of(String employeeId, Instant from, Instant until) {
        OptionalInt subject = subjects.find(employeeId);
        if (subject.isEmpty()) {
            return new UsesOfOne(List.of(), false);
        }
        List<Usage> read = trail.entriesAbout(subject.getAsInt(), from, MOST);
        List<Use> uses = read.stream()
                .filter(usage -> isUse(usage.type()) && usage.time().isBefore(until))
                .map(this::use)
                .toList();
        boolean more = Arrays.stream(Cohort.Kind.values())
                .anyMatch(kind -> read.stream().filter(u -> u.kind() == kind).count() == MOST);
        return new UsesOfOne(uses, more);
    }

    /** When uses began to be recorded; none before that is known. */
    public Optional<Instant> recordedSince() {
        return trail.begun();
    }

    /** What failed used nobody's data; it stands in the log, not here. A refusal is told to those whom the request named. */
    private static boolean isUse(EntryType type) {
        return type == EntryType.DECISION_PERMIT || type == EntryType.DECISION_DENY || type == EntryType.IMPORT;
    }

    private Use use(Usage usage) {
        return new Use(
                usage.entryId(),
                usage.time(),
                usage.action(),
                usage.dataset(),
                usage.fields(),
                usage.purpose(),
                usage.legalBasis(),
                usage.roles(),
                usage.unit(),
                usage.type() == EntryType.DECISION_DENY,
                usage.kind(),
                usage.persons());
    }

    /**
     * Entries under the signed checkpoint that proves a use; empty while it waits for one. The receipt itself is the asker's and
     * stays here; that it is proven, and by which checkpoint, is no secret.
     */
    public OptionalLong provenBy(Use use) {
        return trail.receipt(use.entryId(), "", true)
                .map(Receipt::json)
                .map(json -> checkpointSize(json.path("inclusion").path("checkpoint")))
                .orElse(OptionalLong.empty());
    }

    /** The second line of a checkpoint is its size (C2SP tlog-checkpoint). */
    private static OptionalLong checkpointSize(JsonNode checkpoint) {
        if (!checkpoint.isString()) {
            return OptionalLong.empty();
        }
        String[] lines = checkpoint.stringValue().split("\n", 3);
        return lines.length > 1 && lines[1].matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(lines[1]))
                : OptionalLong.empty();
    }
}
