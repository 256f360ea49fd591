package dev.hufu.auditlog.hammer;

import dev.hufu.auditlog.merkle.Hash;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What was acknowledged and is still to be seen under a checkpoint. Bounded: whoever would append beyond
 * {@link #MOST} waits until the log has caught up. Thread-safe.
 */
final class Ledger {
    /** Most entries acknowledged or on their way and not seen; and most that are remembered as seen before that. */
    static final int MOST = 65_536;

    private static final long WAIT_MILLIS = 100;

    private final Semaphore room = new Semaphore(MOST);
    private final Map<Hash, String> waiting = new HashMap<>();
    private final Set<Hash> early = new LinkedHashSet<>();
    private long acknowledged;
    private long seen;

    /** Takes room for one entry; false if there is none for now. */
    boolean reserve() throws InterruptedException {
        return room.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Gives the room back: the entry was not appended. */
    void refused() {
        room.release();
    }

    /** An append for which room was taken has returned. */
    synchronized void acknowledged(Hash leaf, String id) {
        acknowledged++;
        if (early.remove(leaf)) {
            room.release();
        } else {
            waiting.put(leaf, id);
        }
    }

    /** A leaf stands under a checkpoint; perhaps one of somebody else's, or one whose append has not returned yet. */
    synchronized void seen(Hash leaf) {
        seen++;
        if (waiting.remove(leaf) != null) {
            room.release();
            return;
        }
        early.add(leaf);
        if (early.size() > MOST) {
            early.remove(early.iterator().next());
        }
    }

    synchronized boolean settled() {
        return waiting.isEmpty();
    }

    /** Ids of what was acknowledged and never seen. */
    synchronized Collection<String> lost() {
        return List.copyOf(waiting.values());
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized long seen() {
        return seen;
    }
}
