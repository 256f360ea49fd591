package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.anonymizer.catalogue.Aggregate;
import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Coverage;
import dev.hufu.anonymizer.catalogue.Dataset;
import dev.hufu.anonymizer.catalogue.MeasureKind;
import dev.hufu.anonymizer.catalogue.ValueType;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.QueryLanguage;
import dev.hufu.service.gate.Obligation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuestionWordsTest {
    private static final QueryLanguage LANGUAGE = new QueryLanguage(Catalogue.of(List.of(new Dataset(
            "pay",
            "employees",
            List.of(
                    new Column.PersonKey("employee_id"),
                    new Column.Period("month"),
                    new Column.Measure(
                            "monthly_pay",
                            MeasureKind.SLOW,
                            0,
                            600_000,
                            1,
                            Coverage.EVERYBODY,
                            EnumSet.allOf(Aggregate.class)),
                    new Column.Dimension(
                            "org_unit", ValueType.TEXT, List.of("Sales", "Design"), false, Optional.empty()),
                    new Column.Dimension("level", ValueType.INTEGER, List.of("1", "2"), true, Optional.empty()))))));

    private final QuestionWords en = new QuestionWords(
            WordsTest.words(Language.EN),
            Map.of("org_unit", "Unit", "monthly_pay", "Monthly pay", "month", "Month", "level", "HR level"));
    private final QuestionWords zh = new QuestionWords(
            WordsTest.words(Language.ZH), Map.of("org_unit", "一级部门", "monthly_pay", "月薪", "month", "月份"));

    @Test
    void heading_grouped_saysWhatAndByWhat() {
        ParsedQuery query =
                LANGUAGE.parse("SELECT org_unit, level, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit, level");
        assertThat(en.heading(query, List.of())).isEqualTo("Persons, average monthly pay by unit, HR level");
        assertThat(zh.heading(query, List.of())).isEqualTo("各一级部门、level的人数、平均月薪");
    }

    @Test
    void heading_ofEverybodyAndOfSome_differ() {
        assertThat(en.heading(LANGUAGE.parse("SELECT sum(monthly_pay) FROM pay"), List.of()))
                .isEqualTo("Total monthly pay, everybody");
        assertThat(zh.heading(LANGUAGE.parse("SELECT avg(monthly_pay) FROM pay WHERE org_unit = 'Sales'"), List.of()))
                .isEqualTo("所选人员的平均月薪");
    }

    @Test
    void heading_ofOneMonth_isStillOfEverybody() {
        String inOneMonth = "SELECT count(*) FROM pay WHERE month = '2026-09'";
        assertThat(en.heading(LANGUAGE.parse(inOneMonth), List.of())).isEqualTo("Persons, everybody");
        assertThat(en.heading(LANGUAGE.parse(inOneMonth + " AND level = 1"), List.of()))
                .isEqualTo("Persons, selected persons only");
    }

    @Test
    void heading_forWhoAsksWithinTheirUnit_isNotOfEverybody() {
        List<Obligation> scope = List.of(new Obligation.RowFilter("org_unit", List.of("Sales")));
        ParsedQuery query = LANGUAGE.parse("SELECT count(*) FROM pay");
        assertThat(en.heading(query, scope)).isEqualTo("Persons, selected persons only");
        assertThat(en.where(query, scope)).isEqualTo("Unit = Sales");
    }

    @Test
    void where_everyForm_isSaid() {
        ParsedQuery query =
                LANGUAGE.parse("SELECT count(*) FROM pay WHERE (org_unit = 'Sales' OR org_unit IN ('a','b'))"
                        + " AND NOT (level BETWEEN 1 AND 2) AND level IS NOT NULL");
        assertThat(en.where(query, List.of()))
                .isEqualTo(
                        "(Unit = Sales or Unit = a, b) and not (HR level ≥ 1 and HR level ≤ 2) and HR level is known");
        assertThat(en.where(LANGUAGE.parse("SELECT count(*) FROM pay"), List.of()))
                .isEmpty();
        ParsedQuery having = LANGUAGE.parse(
                "SELECT org_unit, count(*) FROM pay GROUP BY org_unit HAVING count(*) >= 100 AND avg(monthly_pay) > 1e3");
        assertThat(en.having(having)).isEqualTo("Persons ≥ 100 and Average monthly pay > 1000");
    }

    @Test
    void where_hugeNumbersAndLongLists_staySayable() {
        assertThat(en.where(LANGUAGE.parse("SELECT count(*) FROM pay WHERE level < 1e9999"), List.of()))
                .hasSizeLessThan(60);
        String many = String.join(",", java.util.Collections.nCopies(400, "'x'"));
        assertThat(en.where(LANGUAGE.parse("SELECT count(*) FROM pay WHERE org_unit IN (" + many + ")"), List.of()))
                .endsWith("and 392 more");
    }
}
