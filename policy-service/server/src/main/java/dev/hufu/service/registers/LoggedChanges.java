package dev.hufu.service.registers;

import dev.hufu.service.audit.Actor;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Entry;
import dev.hufu.service.audit.EntryType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Makes each change of a register an entry in the log, within the change's transaction: a change that cannot be logged does not
 * happen. A crash between the entry and the commit leaves an entry of a change that was not made; the register's own history says so.
 */
public final class LoggedChanges implements ChangeListener {
    /** More ids than these are counted, not listed. */
    private static final int MAX_LISTED = 20;

    private final AuditTrail trail;

    public LoggedChanges(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void changing(RegisterChange change) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("register", change.register());
        details.put("digest", change.digest());
        details.put("records", Integer.toString(change.ids().size()));
        // A first content is told by its digest: the terms of a vocabulary are words like any other, names of roles
        // among them.
        if (change.kind() != RegisterChange.Kind.LOADED && change.ids().size() <= MAX_LISTED) {
            details.put("ids", String.join(" ", change.ids()));
        }
        Entry entry = Entry.of(EntryType.REGISTER_CHANGE, change.kind().name().toLowerCase(Locale.ROOT), "done")
                .withDetails(details);
        trail.append(change.by().equals(Registers.SYSTEM) ? entry : entry.withActor(Actor.of(change.by())));
    }
}
