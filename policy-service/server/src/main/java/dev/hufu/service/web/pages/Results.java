package dev.hufu.service.web.pages;

import dev.hufu.service.request.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was asked on the console lately, in memory only, each for the account that asked and for nobody else. Bounded in time,
 * in number for each account, and in bytes for each account and in all; where a bound is met the oldest goes. Thread-safe.
 */
public final class Results {
    static final Duration KEPT = Duration.ofMinutes(30);
    static final int MOST_EACH = 20;
    static final long MOST_BYTES_EACH = 32L << 20;
    static final long MOST_BYTES = 128L << 20;

    private record Held(AccountId account, Asked asked) {}

    private final Clock clock;
    /** Invariant: {@code held} is in the order of time, and {@code bytes} is the sum of its weights. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Held> held = new LinkedHashMap<>();
    private long bytes;

    public Results(Clock clock) {
        this.clock = clock;
    }

    /** Whether something of this weight can be kept at all. */
    static boolean fits(long weight) {
        return weight <= MOST_BYTES_EACH;
    }

    /** @throws IllegalArgumentException for what does not fit */
    void put(AccountId account, Asked asked) {
        if (!fits(asked.weight())) {
            throw new IllegalArgumentException(
                    "at most " + MOST_BYTES_EACH + " bytes can be kept, not " + asked.weight());
        }
        lock.lock();
        try {
            dropExpired();
            held.put(asked.id(), new Held(account, asked));
            bytes += asked.weight();
            dropOldest(account);
            Iterator<Held> oldest = held.values().iterator();
            while (bytes > MOST_BYTES) {
                bytes -= oldest.next().asked().weight();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Empty for what is not there, has expired, or is another account's. */
    Optional<Asked> find(AccountId account, String id) {
        return recent(account).stream().filter(asked -> asked.id().equals(id)).findFirst();
    }

    /** All of an account, newest first. */
    List<Asked> recent(AccountId account) {
        lock.lock();
        try {
            dropExpired();
            return of(account).reversed();
        } finally {
            lock.unlock();
        }
    }

    private List<Asked> of(AccountId account) {
        List<Asked> own = new ArrayList<>();
        for (Held one : held.values()) {
            if (one.account().equals(account)) {
                own.add(one.asked());
            }
        }
        return own;
    }

    private void dropOldest(AccountId account) {
        List<Asked> own = of(account);
        long ownBytes = own.stream().mapToLong(Asked::weight).sum();
        for (int i = 0; own.size() - i > MOST_EACH || ownBytes > MOST_BYTES_EACH; i++) {
            ownBytes -= own.get(i).weight();
            bytes -= own.get(i).weight();
            held.remove(own.get(i).id());
        }
    }

    private void dropExpired() {
        Instant oldest = clock.instant().minus(KEPT);
        Iterator<Held> each = held.values().iterator();
        while (each.hasNext()) {
            Asked asked = each.next().asked();
            if (asked.time().isAfter(oldest)) {
                return;
            }
            bytes -= asked.weight();
            each.remove();
        }
    }
}
