package dev.hufu.anonymizer.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
    private static final List<String> COLUMNS =
            List.of("employee_id", "month", "monthly_pay", "org_unit", "unit2", "team", "age_band", "tenure_band");

    @Test
    void of_slipOfThePenOrAPart_findsTheNearestFirst() {
        assertThat(NearNames.of("montly_pay", COLUMNS).getFirst()).isEqualTo("monthly_pay");
        assertThat(NearNames.of("ORG_UNITS", COLUMNS)).containsExactly("org_unit");
        assertThat(NearNames.of("pay", COLUMNS)).containsExactly("monthly_pay");
    }

    @Test
    void of_anotherWord_findsNothing() {
        assertThat(NearNames.of("salary", COLUMNS)).isEmpty();
        assertThat(NearNames.of("x".repeat(20_000), COLUMNS)).isEmpty();
    }
}
