package dev.hufu.service.sample;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How the sample lies in DuckDB.
 *
 * <p>A fact row is a few integers: the number of the person's <em>spell</em> (a run of months with the same dimensions) and the
 * measures. {@code fact.spell} holds each spell's dimensions once, enumerated, so the file stays small (1.44 M pay slips take some
 * 6 MB) and a dataset is a view that joins the two; the join's build side is a dense integer range, which DuckDB turns into an
 * array look-up. The views' dimensions are enumerations: they read and compare as text, and {@code enum_code(brand)} gives the
 * number behind it. {@code month} is text, {@code YYYY-MM}, and rows lie in order of month, so that a period is a range of blocks.
 *
 * <p>{@code fact.sample} has one row once everything is loaded, and none before: it is what a later start looks for.
 */
final class SampleTables {
    /** The dimensions of every dataset, in the order of the views' columns. */
    static final List<String> DIMENSIONS = List.of(
            "brand",
            "region",
            "country",
            "site",
            "org_unit",
            "unit2",
            "team",
            "gender",
            "grade",
            "age_band",
            "tenure_band",
            "contract_type");

    /** Names of the datasets. */
    static final List<String> DATASETS =
            List.of("roster", "pay", "attendance", "badge", "leave_record", "training", "performance", "engagement");

    private SampleTables() {}

    /** Removes what an interrupted load left behind. */
    static List<String> drop() {
        return List.of(
                DATASETS.stream()
                        .map(d -> "DROP VIEW IF EXISTS main." + d + ";")
                        .collect(Collectors.joining()),
                "DROP SCHEMA IF EXISTS fact CASCADE");
    }

    static String create() {
        return """
               CREATE SCHEMA fact;
               CREATE TABLE fact.sample (seed BIGINT, employees INTEGER, last_month VARCHAR);
               CREATE TABLE fact.spell_text (
                   spell INTEGER, employee_id VARCHAR, %s);
               CREATE TABLE fact.person (
                   spell INTEGER, name VARCHAR, name_latin VARCHAR, birth_date DATE, id_number VARCHAR,
                   bank_account VARCHAR, hire_date DATE, leave_date DATE);
               CREATE TABLE fact.pay (spell INTEGER, month VARCHAR, monthly_pay INTEGER);
               CREATE TABLE fact.attendance (
                   spell INTEGER, month VARCHAR, work_date DATE, minutes SMALLINT, overtime_minutes SMALLINT);
               CREATE TABLE fact.badge (spell INTEGER, month VARCHAR, event_time TIMESTAMP, inward BOOLEAN);
               CREATE TABLE fact.leave_record (
                   spell INTEGER, month VARCHAR, annual_leave_days TINYINT, sick_days TINYINT,
                   parental_leave_days TINYINT);
               CREATE TABLE fact.training (spell INTEGER, month VARCHAR, courses TINYINT, training_hours SMALLINT);
               CREATE TABLE fact.performance (spell INTEGER, month VARCHAR, rating TINYINT, goals_met TINYINT);
               CREATE TABLE fact.engagement (spell INTEGER, month VARCHAR, score TINYINT, enps TINYINT);
               """.formatted(DIMENSIONS.stream().map(d -> d + " VARCHAR").collect(Collectors.joining(", ")));
    }

    /** From the spells as text to spells of enumerations, each with the values that occur. */
    static String enumerate() {
        String types = DIMENSIONS.stream()
                .map(d ->
                        "CREATE TYPE fact.%1$s_value AS ENUM (SELECT DISTINCT %1$s FROM fact.spell_text ORDER BY %1$s);"
                                .formatted(d))
                .collect(Collectors.joining());
        String casts = DIMENSIONS.stream()
                .map(d -> "%1$s::fact.%1$s_value AS %1$s".formatted(d))
                .collect(Collectors.joining(", "));
        return types
                + "CREATE TABLE fact.spell AS SELECT spell, employee_id, " + casts
                + " FROM fact.spell_text ORDER BY spell; DROP TABLE fact.spell_text;";
    }

    /** The datasets. */
    static String views() {
        return view(
                        "roster",
                        "person",
                        "f.name, f.name_latin, f.birth_date, f.id_number, f.bank_account, f.hire_date, f.leave_date")
                + view("pay", "pay", "f.month, f.monthly_pay")
                + view(
                        "attendance",
                        "attendance",
                        "f.month, f.work_date, f.minutes / 60 AS hours_worked, f.overtime_minutes / 60 AS overtime_hours")
                + view(
                        "badge",
                        "badge",
                        "f.month, f.event_time, CASE WHEN f.inward THEN 'in' ELSE 'out' END AS direction, f.inward::TINYINT AS entries")
                + view(
                        "leave_record",
                        "leave_record",
                        "f.month, f.annual_leave_days, f.sick_days, f.parental_leave_days")
                + view("training", "training", "f.month, f.courses, f.training_hours")
                + view("performance", "performance", "f.month, f.rating, f.goals_met")
                + view("engagement", "engagement", "f.month, f.score, f.enps");
    }

    private static String view(String name, String table, String columns) {
        String dimensions = DIMENSIONS.stream().map(d -> "s." + d).collect(Collectors.joining(", "));
        return "CREATE VIEW main.%s AS SELECT s.employee_id, %s, %s FROM fact.%s f JOIN fact.spell s ON s.spell = f.spell;"
                .formatted(name, columns, dimensions, table);
    }
}
