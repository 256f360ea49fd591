package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkedSqlTest {
    @Test
    void of_placeInALine_marksTheWordThere() {
        MarkedSql marked = MarkedSql.of("SELECT a\nFROM b\nWHERE pay > 1", 3, 7, "pay");
        assertThat(marked.lines()).hasSize(3);
        assertThat(marked.lines().get(2)).isEqualTo(new MarkedSql.Line(3, "WHERE ", "pay", " > 1"));
        assertThat(marked.lines().get(0)).isEqualTo(new MarkedSql.Line(1, "SELECT a", "", ""));
        assertThat("SELECT a\nFROM b\nWHERE pay > 1".substring(marked.from(), marked.to()))
                .isEqualTo("pay");
    }

    @Test
    void of_placeAfterALiteralWithLineBreaks_countsTheLiteralAsOneRun() {
        String sql = "SELECT 'a\n\nb' x, ?";
        MarkedSql marked = MarkedSql.of(sql, 1, 18, "");
        assertThat(sql.substring(marked.from(), marked.to())).isEqualTo("?");
        assertThat(marked.lines().get(2)).isEqualTo(new MarkedSql.Line(3, "b' x, ", "?", ""));
    }

    @Test
    void of_charactersOutsideTheBasicPlane_countOnce() {
        String sql = "SELECT '𠮷' ; 😀";
        MarkedSql marked = MarkedSql.of(sql, 1, 14, "");
        assertThat(sql.substring(marked.from(), marked.to())).isEqualTo("😀");
    }

    @Test
    void of_placePastTheEnd_marksTheEnd() {
        MarkedSql marked = MarkedSql.of("SELECT", 9, 9, "x");
        assertThat(marked.lines().getFirst()).isEqualTo(new MarkedSql.Line(1, "SELECT", " ", ""));
        assertThat(MarkedSql.of("", 1, 1, "").lines()).hasSize(1);
    }
}
