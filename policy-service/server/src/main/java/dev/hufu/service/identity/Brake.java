package dev.hufu.service.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows guessing down, by name: ten wrong passwords are free, then each makes the name wait 1, 2, 4, … at most 60 seconds; a
 * quarter of an hour without a wrong one forgets. Names that are nobody's are slowed the same. Remembers at most 10,000 names
 * and then forgets the least recent, which costs an attacker 10,000 computed hashes a name. Thread safe.
 */
final class Brake {
    private static final int FREE = 10;
    private static final long LONGEST_SECONDS = 60;
    private static final int MAX_NAMES = 10_000;
    private static final Duration MEMORY = Duration.ofMinutes(15);

    private record Failures(int count, Instant last) {}

    private final Clock clock;
    private final Cache<String, Failures> failures = Caffeine.newBuilder()
            .maximumSize(MAX_NAMES)
            .expireAfterWrite(MEMORY)
            .build();

    Brake(Clock clock) {
        this.clock = clock;
    }

    /** How long this name has to wait now; zero when it need not. */
    Duration wait(String name) {
        Failures now = failures.getIfPresent(name);
        if (now == null || now.count() <= FREE) {
            return Duration.ZERO;
        }
        long seconds = Math.min(LONGEST_SECONDS, 1L << Math.min(now.count() - FREE - 1, 6));
        Duration left = Duration.between(clock.instant(), now.last().plusSeconds(seconds));
        return left.isNegative() ? Duration.ZERO : left;
    }

    void wrong(String name) {
        Instant at = clock.instant();
        failures.asMap().merge(name, new Failures(1, at), (a, b) -> new Failures(Math.min(a.count() + 1, 1_000), at));
    }

    void right(String name) {
        failures.invalidate(name);
    }
}
