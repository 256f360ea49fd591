package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LawPlaceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            PIPL 17                    ~ PIPL 17
            PIPL 28, 55                ~ PIPL 28,PIPL 55
            PIPL 20-23                 ~ PIPL 20,PIPL 21,PIPL 22,PIPL 23
            PIPL 13-1-2                ~ PIPL 13
            PIPL 13-1-3, 13-1-7        ~ PIPL 13,PIPL 13
            PIPL 13-1-2; LCL 51, 54    ~ PIPL 13,LCL 51,LCL 54
            the house's own            ~ ''
            """)
    void of_anArticle_namesEachPlaceInTheLaw(String article, String places) {
        List<String> wire = LawPlace.of(article).stream().map(LawPlace::wire).toList();
        assertThat(String.join(",", wire)).isEqualTo(places);
    }

    @ParameterizedTest
    @CsvSource({"''", "PIPL", "PIPL 1-2-3-4 5", "'PIPL 1; DSL 2'", "<script>"})
    void ofWire_anythingButOneArticle_isNone(String wire) {
        assertThat(LawPlace.ofWire(wire)).isEmpty();
    }
}
