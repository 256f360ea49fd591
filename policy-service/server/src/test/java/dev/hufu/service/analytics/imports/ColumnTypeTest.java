package dev.hufu.service.analytics.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypeTest {
    @ParameterizedTest
    @CsvSource({
        "0, INTEGER",
        "-12, INTEGER",
        "123456789012345678, INTEGER",
        "1234567890123456789, TEXT",
        "007, TEXT",
        "+1, TEXT",
        "-, TEXT",
        "1., TEXT",
        ".5, TEXT",
        "0.50, DECIMAL",
        "-3.25, DECIMAL",
        "1e5, TEXT",
        "NaN, TEXT",
        "٣, TEXT",
        "TRUE, BOOLEAN",
        "false, BOOLEAN",
        "Y, TEXT",
        "2024-02-29, DATE",
        "2023-02-29, TEXT",
        "2024-2-9, TEXT",
        "2024-02, TEXT",
        "' 1', TEXT",
    })
    void of_value_isItsNarrowestType(String value, ColumnType type) {
        assertThat(ColumnType.of(value)).isEqualTo(type);
    }

    @Test
    void with_mixedValues_isTheNarrowestForAll() {
        assertThat(ColumnType.INTEGER.with(ColumnType.DECIMAL)).isEqualTo(ColumnType.DECIMAL);
        assertThat(ColumnType.INTEGER.with(ColumnType.DATE)).isEqualTo(ColumnType.TEXT);
        assertThat(ColumnType.BOOLEAN.with(ColumnType.INTEGER)).isEqualTo(ColumnType.TEXT);
    }

    @Test
    void profile_gapsAndFewValues_areSeen() {
        var profile = new ColumnProfile("x");
        for (String v : new String[] {"3", "", "2.5", "-1"}) {
            profile.see(v);
        }
        assertThat(profile.type()).isEqualTo(ColumnType.DECIMAL);
        assertThat(profile.gaps()).isTrue();
        assertThat(profile.least()).isEqualTo(-1);
        assertThat(profile.most()).isEqualTo(3);
        assertThat(ColumnProposal.Bounds.around(-1, 3)).isEqualTo(new ColumnProposal.Bounds(-1, 3));
        assertThat(ColumnProposal.Bounds.around(1_009, 19_999)).isEqualTo(new ColumnProposal.Bounds(0, 20_000));
    }
}
