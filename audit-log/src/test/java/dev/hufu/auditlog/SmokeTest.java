package dev.hufu.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmokeTest {
    sealed interface S {
        record A(int x) implements S {}

        record B(String y) implements S {}
    }

    @Test
    void runs_onJdk25() {
        S s = new S.A(1);
        int v = switch (s) {
            case S.A(int x) -> x;
            case S.B(var _) -> 0;
        };
        assertThat(v).isEqualTo(1);
        assertThat(Runtime.version().feature()).isEqualTo(25);
    }
}
