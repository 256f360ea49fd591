package dev.hufu.auditlog.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    @Test
    void toString_numbers_areGroupedAsTheSpecificationHasIt() {
        assertThat(TilePath.full(0, 1_234_067)).hasToString("tile/0/x001/x234/067");
        assertThat(new TilePath(1, 0, 7)).hasToString("tile/1/000.p/7");
        assertThat(new TilePath(TilePath.ENTRIES, 1000, 255)).hasToString("tile/entries/x001/000.p/255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/0/000", "tile/5/x001/234.p/1", "tile/entries/x001/x234/067", "tile/2/999.p/255"})
    void parse_wellFormed_isItself(String path) {
        assertThat(TilePath.parse(path))
                .hasValueSatisfying(tile -> assertThat(tile).hasToString(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile/",
                "tile/0/0",
                "tile/6/000",
                "tile/-1/000",
                "tile/0/x000/000",
                "tile/0/../../log.vkey",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "/tile/0/000",
                "tile/0/000/",
                "tile/0/001/000",
                "tile/0/x001/x000/000.p/1000",
                "tile/entries/000\n",
                "tile/0/٠٠٠",
                "TILE/0/000",
                "tile/0/X001/000",
                "checkpoint",
                "tile/0/x999/x999/x999/x999/x999/999"
            })
    void parse_anythingElse_isNone(String path) {
        assertThat(TilePath.parse(path)).isEmpty();
    }

    @Test
    void widthAt_sizes_countsWholeSubtreesOnly() {
        assertThat(TilePath.widthAt(0, 0, 255)).isEqualTo(255);
        assertThat(TilePath.widthAt(0, 0, 1000)).isEqualTo(256);
        assertThat(TilePath.widthAt(0, 3, 1000)).isEqualTo(232);
        assertThat(TilePath.widthAt(0, 4, 1000)).isZero();
        assertThat(TilePath.widthAt(1, 0, 1000)).isEqualTo(3);
        assertThat(TilePath.widthAt(2, 0, 1000)).isZero();
        assertThat(TilePath.widthAt(TilePath.ENTRIES, 3, 1000)).isEqualTo(232);
    }
}
