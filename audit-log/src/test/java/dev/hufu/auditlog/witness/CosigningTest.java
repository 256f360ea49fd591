package dev.hufu.auditlog.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.WitnessSigningKey;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CosigningTest {
    private static WitnessStanding standing(int number, boolean sound) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        var key = WitnessSigningKey.ofSeed("council.example/w" + number, seed).verifierKey();
        return new WitnessStanding(
                new WitnessPlace(key, URI.create("http://localhost:1")),
                5,
                Optional.empty(),
                Optional.empty(),
                sound ? Optional.empty() : Optional.of(WitnessTrouble.AWAY),
                Optional.empty(),
                0,
                false);
    }

    private static Cosigning of(int threshold, boolean late, boolean... sound) {
        List<WitnessStanding> witnesses = IntStream.range(0, sound.length)
                .mapToObj(i -> standing(i, sound[i]))
                .toList();
        var published = new Cosigning.Published("", new Checkpoint("log.example", 5, Hash.of(new byte[32])), List.of());
        return new Cosigning(threshold, 5, Optional.of(published), late, Optional.empty(), witnesses);
    }

    @Test
    void enough_someGone_dependsOnHowManyAreWanted() {
        assertThat(of(1, false, true, false).enough()).isTrue();
        assertThat(of(2, false, true, false).enough()).isFalse();
        assertThat(of(1, false, false).enough()).isFalse();
        assertThat(of(2, false, true, true).enough()).isTrue();
        assertThat(of(1, true, true, false).enough()).isFalse();
    }
}
