package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void quantile_anyDurations_isAtMostAnEighthTooHighAndNeverTooLow() {
        for (long nanos : new long[] {1, 2, 3, 7, 8, 9, 15, 16, 1_000, 999_999, 12_345_678, 60_000_000_000L}) {
            Latencies one = new Latencies();
            one.add(nanos);
            assertThat((double) one.quantile(0.5)).isBetween((double) nanos, nanos * 1.125 + 1);
        }
        Latencies many = new Latencies();
        for (int i = 1; i <= 1000; i++) {
            many.add(i * 1000L);
        }
        assertThat(many.quantile(0.5)).isBetween(500_000L, 563_000L);
        assertThat(many.quantile(0.99)).isBetween(990_000L, 1_125_000L);
        assertThat(new Latencies().quantile(0.99)).isZero();
    }
}
