package dev.hufu.service.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BrakeTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final Brake brake = new Brake(clock);

    @Test
    void wait_afterTenWrong_isNone() {
        wrong(10);
        assertThat(brake.wait("a")).isZero();
    }

    @Test
    void wait_afterMore_doublesUpToAMinute() {
        wrong(11);
        assertThat(brake.wait("a")).isEqualTo(Duration.ofSeconds(1));
        wrong(1);
        assertThat(brake.wait("a")).isEqualTo(Duration.ofSeconds(2));
        wrong(500);
        assertThat(brake.wait("a")).isEqualTo(Duration.ofSeconds(60));
        assertThat(brake.wait("b")).isZero();
    }

    @Test
    void wait_asTimePasses_endsAndARightPasswordForgetsAll() {
        wrong(20);
        now.updateAndGet(then -> then.plusSeconds(59));
        assertThat(brake.wait("a")).isEqualTo(Duration.ofSeconds(1));
        now.updateAndGet(then -> then.plusSeconds(2));
        assertThat(brake.wait("a")).isZero();
        brake.right("a");
        wrong(10);
        assertThat(brake.wait("a")).isZero();
    }

    private void wrong(int times) {
        for (int i = 0; i < times; i++) {
            brake.wrong("a");
        }
    }
}
