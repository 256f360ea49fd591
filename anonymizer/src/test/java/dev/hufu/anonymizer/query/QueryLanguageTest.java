package dev.hufu.anonymizer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryLanguageTest {
    private final QueryLanguage language = new QueryLanguage(Fixtures.catalogue());

    private SqlRefusedException refused(String sql) {
        SqlRefusedException e = catchThrowableOfType(SqlRefusedException.class, () -> language.parse(sql));
        assertThat(e).as("refused: %s", sql).isNotNull();
        return e;
    }

    @Test
    void parse_ordinaryQuery_readsEveryClause() {
        ParsedQuery q = language.parse("""
                SELECT org_unit, p.month AS m, count(*) AS n, avg(monthly_pay), sum(Monthly_Pay) total, count(DISTINCT employee_id)
                FROM Pay p
                WHERE gender = 'F' AND (level BETWEEN 3 AND 7 OR team IS NULL) AND month >= '2026-01'
                GROUP BY org_unit, month
                HAVING avg(monthly_pay) > 1e4 AND n >= 20
                ORDER BY total DESC NULLS FIRST, org_unit
                LIMIT 10;
                """);
        assertThat(q.dataset().name()).isEqualTo("pay");
        assertThat(q.outputs())
                .extracting(ParsedQuery.Output::name)
                .containsExactly("org_unit", "m", "n", "avg_monthly_pay", "total", "count");
        assertThat(q.fields())
                .containsExactlyInAnyOrder(
                        "org_unit", "month", "monthly_pay", "employee_id", "gender", "level", "team");
        assertThat(q.groupBy()).hasSize(2);
        assertThat(q.periods()).isEqualTo(new PeriodScope.Each());
        assertThat(q.limit()).hasValue(10);
        assertThat(q.orderBy()).hasSize(2);
        assertThat(q.orderBy().getFirst().descending()).isTrue();
        assertThat(q.orderBy().getFirst().nullsLast()).isFalse();
        assertThat(((Condition.And) q.where()).all()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from pay",
                "SELECT count(*) FROM pay WHERE gender IN ('F')",
                "SELECT count(*) FROM pay WHERE NOT gender = 'F' OR 'M' <> gender AND gender != 'M'",
                "SELECT avg(pay.monthly_pay) \"平均 工资\" FROM pay",
                "SELECT count(*) FROM pay WHERE level > -5 AND level < .5 AND level <> 1e999999999999999",
                "SELECT count(*) FROM pay WHERE org_unit = 'no such unit; -- /* 研发 */' AND gender = 'it''s'",
                "SELECT \"gender\", count(*) FROM \"pay\" GROUP BY (\"gender\")",
                "SELECT month, count(*) FROM pay WHERE month IN ('2026-01','2026-02') GROUP BY month",
                "SELECT count(*) FROM pay WHERE month = 'not a month' AND gender = 'F'",
                "SELECT count(*) FROM pay LIMIT 99999999999999999999",
                "SELECT gender, count(*) FROM pay GROUP BY gender, gender ORDER BY count(*), gender ASC NULLS LAST",
            })
    void parse_formsOfTheLanguage_areAccepted(String sql) {
        assertThat(language.parse(sql)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM pay | sql.select_star | 1 | 8 |",
                "SELECT pay.* FROM pay | sql.select_star | 1 | 8 | pay",
                "SELECT employee_id, monthly_pay FROM pay | sql.row_level | 1 | 8 | employee_id",
                "SELECT monthly_pay FROM pay WHERE gender = 'F' | sql.row_level | 1 | 8 | monthly_pay",
                "SELECT gender FROM pay GROUP BY gender | sql.row_level | 1 | 8 | gender",
                "SELECT nope FROM pay | sql.column_unknown | 1 | 8 | nope",
                "SELECT 1 FROM pay | sql.row_level | 1 | 8 |",
                "SELECT 1 | sql.syntax | 1 | 1 | SELECT",
                "SELECT avg(nope) FROM pay | sql.column_unknown | 1 | 12 | nope",
                "SELECT avg(note) FROM pay | sql.column_ungraded | 1 | 12 | note",
                "SELECT count(*) FROM pay WHERE id_number = '1' | sql.column_withheld | 1 | 32 | id_number",
                "SELECT avg(sick_days) FROM pay | sql.column_dp_only | 1 | 12 | sick_days",
                "SELECT count(*) FROM pay WHERE monthly_pay > 1 | sql.measure_position | 1 | 32 | monthly_pay",
                "SELECT count(*) FROM pay GROUP BY monthly_pay | sql.measure_position | 1 | 35 | monthly_pay",
                "SELECT employee_id, count(*) FROM pay GROUP BY employee_id | sql.person_key | 1 | 48 | employee_id",
                "SELECT count(*) FROM pay WHERE employee_id = 'E1' | sql.person_key | 1 | 32 | employee_id",
                "SELECT gender, count(*) FROM pay | sql.not_grouped | 1 | 8 | gender",
                "SELECT count(*), monthly_pay FROM pay | sql.not_grouped | 1 | 18 | monthly_pay",
                "SELECT min(monthly_pay) FROM pay | sql.aggregate | 1 | 8 | min",
                "SELECT sum(rating) FROM pay | sql.aggregate | 1 | 8 | sum",
                "SELECT count(monthly_pay) FROM pay | sql.aggregate_argument | 1 | 8 | count",
                "SELECT avg(gender) FROM pay | sql.aggregate_argument | 1 | 8 | avg",
                "SELECT avg(monthly_pay * 2) FROM pay | sql.expression | 1 | 12 | monthly_pay",
                "SELECT avg(monthly_pay) / 2 FROM pay | sql.expression | 1 | 25 |",
                "SELECT 1/0 FROM pay | sql.expression | 1 | 9 |",
                "SELECT count(*) FROM pay WHERE 1 = 1 | sql.comparison | 1 | 32 |",
                "SELECT count(*) FROM pay WHERE gender = grade | sql.comparison | 1 | 41 | grade",
                "SELECT count(*) FROM pay WHERE gender = 1 | sql.literal_type | 1 | 41 |",
                "SELECT count(*) FROM pay WHERE gender = NULL | sql.literal_type | 1 | 41 | NULL",
                "SELECT count(*) FROM pay WHERE level = '1' | sql.literal_type | 1 | 40 |",
                "SELECT count(*) FROM pay WHERE gender LIKE 'F%' | sql.pattern | 1 | 39 | LIKE",
                "SELECT count(*) FROM pay WHERE upper(gender) = 'F' | sql.function | 1 | 32 | upper",
                "SELECT count(*) FROM read_csv('x') | sql.function | 1 | 22 | read_csv",
                "SELECT count(*) FROM 'x.csv' | sql.syntax | 1 | 22 |",
                "SELECT count(*) FROM information_schema.tables | sql.dataset_unknown | 1 | 22 | information_schema",
                "SELECT count(*) FROM duckdb_tables | sql.dataset_unknown | 1 | 22 | duckdb_tables",
                "SELECT count(*) FROM pay, pay q | sql.join | 1 | 27 | pay",
                "SELECT count(*) FROM pay JOIN pay q ON 1=1 | sql.join | 1 | 26 | JOIN",
                "SELECT count(*) FROM (SELECT * FROM pay) | sql.subquery | 1 | 23 | SELECT",
                "SELECT count(*) FROM pay WHERE gender IN (SELECT 'F') | sql.subquery | 1 | 43 | SELECT",
                "WITH a AS (SELECT 1) SELECT count(*) FROM a | sql.subquery | 1 | 1 | WITH",
                "SELECT count(*) FROM pay UNION SELECT count(*) FROM pay | sql.set_operation | 1 | 26 | UNION",
                "SELECT DISTINCT count(*) FROM pay | sql.distinct | 1 | 17 | count",
                "SELECT count(*) OVER () FROM pay | sql.window | 1 | 17 | OVER",
                "SELECT CAST(count(*) AS INT) FROM pay | sql.cast | 1 | 8 | CAST",
                "SELECT CASE WHEN gender = 'F' THEN 1 END FROM pay | sql.case | 1 | 8 | CASE",
                "SELECT count(*) FROM pay -- c | sql.comment | 1 | 26 |",
                "SELECT /*+ x */ count(*) FROM pay | sql.comment | 1 | 8 |",
                "SELECT count(*) FROM pay; DROP TABLE pay | sql.several_statements | 1 | 27 | DROP",
                "DROP TABLE pay | sql.statement | 1 | 1 | DROP",
                "COPY pay TO 'x' | sql.statement | 1 | 1 | COPY",
                "SELECT count(*) FROM pay WHERE gender = ? | sql.parameter | 1 | 41 |",
                "SELECT count(*) FROM pay WHERE gender = :g | sql.character | 1 | 41 |",
                "SELECT count(*) FROM pay WHERE gender = 'F | sql.unclosed | 1 | 41 |",
                "SELECT count(*) FROM pay WHERE gender = U&'\\0046' | sql.character | 1 | 42 |",
                "SELECT count(*) FROM pay WHERE gender = X'46' | sql.syntax | 1 | 42 |",
                "SELECT count(*) FROM pay WHERE month = DATE '2026-01-01' | sql.syntax | 1 | 45 |",
                "SELECT count(*) FROM pay GROUP BY 1 | sql.ordinal | 1 | 35 |",
                "SELECT gender, count(*) FROM pay GROUP BY gender ORDER BY 2 | sql.ordinal | 1 | 59 |",
                "SELECT count(*) n, avg(rating) n FROM pay | sql.alias | 1 | 32 | n",
                "SELECT count(*) FROM pay LIMIT 1 OFFSET 2 | sql.clause | 1 | 34 | OFFSET",
                "SELECT count(*) FROM pay WHERE month >= '2026-01' | sql.period_span | 1 | 32 | month",
                "SELECT count(*) FROM pay WHERE month IN ('a','b') | sql.period_span | 1 | 32 | month",
                "SELECT count(*) FROM pay WHERE month = 'a' OR gender = 'F' | sql.period_span | 1 | 32 | month",
                "SELECT team, level, count(*) FROM pay GROUP BY team, level | sql.too_many_groups | 1 | 54 | level",
                "SELECT team, seat, gender FROM pay GROUP BY team, seat, gender | sql.too_many_groups | 1 | 57 | gender",
                "SELECT count(*) FROM pay q WHERE pay.gender = 'F' | sql.dataset_unknown | 1 | 34 | pay",
                "SELECT gеnder, count(*) FROM pay | sql.character | 1 | 9 |",
                "`` | sql.syntax | 1 | 1 |",
            })
    void parse_whatIsNotInTheLanguage_isRefusedWithItsPlace(
            String sql, String code, int line, int column, String identifier) {
        SqlRefusedException e = refused(sql == null ? "" : sql);
        assertThat(e.code()).as(sql).isEqualTo(code);
        assertThat(e.line()).as(sql).isEqualTo(line);
        assertThat(e.column()).as(sql).isEqualTo(column);
        assertThat(e.identifier().orElse(null)).as(sql).isEqualTo(identifier);
        assertThat(e.causeZh()).isNotBlank();
        assertThat(e.causeEn()).isNotBlank();
        assertThat(e.nextStepZh()).isNotBlank();
        assertThat(e.nextStepEn()).isNotBlank();
    }

    @Test
    void parse_groupsByAHierarchy_countOnlyTheCombinationsThatThereAre() {
        ParsedQuery query = language.parse("SELECT team, seat, count(*) FROM pay GROUP BY team, seat");
        assertThat(query.groupBy()).hasSize(2);
    }

    @Test
    void parse_beyondTheBounds_isRefused() {
        assertThat(refused("SELECT count(*) FROM pay WHERE gender = '" + "x".repeat(QueryLanguage.MAX_LENGTH) + "'")
                        .refusal())
                .isEqualTo(SqlRefusal.TOO_LONG);
        assertThat(refused("SELECT count(*) FROM pay WHERE " + "(".repeat(5000) + "gender = 'F'" + ")".repeat(5000))
                        .refusal())
                .isIn(SqlRefusal.TOO_DEEP, SqlRefusal.TOO_MANY_TOKENS);
        assertThat(refused("SELECT count(*) FROM pay WHERE " + "NOT ".repeat(1000) + "gender = 'F'")
                        .refusal())
                .isEqualTo(SqlRefusal.TOO_DEEP);
        String in = IntStream.rangeClosed(0, QueryLanguage.MAX_IN)
                .mapToObj(i -> "'" + i + "'")
                .collect(Collectors.joining(","));
        assertThat(refused("SELECT count(*) FROM pay WHERE gender IN (" + in + ")")
                        .refusal())
                .isEqualTo(SqlRefusal.TOO_MANY_VALUES);
        assertThat(refused("SELECT " + "count(*),".repeat(50) + "count(*) FROM pay")
                        .refusal())
                .isEqualTo(SqlRefusal.TOO_MANY_COLUMNS);
    }

    @Test
    void parse_longChainOfConditions_isAccepted() {
        String or = IntStream.range(0, 300).mapToObj(i -> "level = " + i).collect(Collectors.joining(" OR "));
        ParsedQuery q = language.parse("SELECT count(*) FROM pay WHERE " + or);
        assertThat(((Condition.Or) q.where()).any()).hasSize(300);
    }

    @Test
    void toString_ofAParsedQuery_holdsNoLiteral() {
        ParsedQuery q = language.parse(
                "SELECT count(*) FROM pay WHERE month = '2026-07' AND gender IN ('SECRET') AND level = 31337");
        assertThat(q.toString() + q.where() + q.periods()).doesNotContain("SECRET", "31337", "2026-07");
    }

    /** Templates with literals as {@code §t} and {@code §n}; each is refused or accepted alike whatever the literals say. */
    private static final List<String> TEMPLATES = List.of(
            "SELECT count(*) FROM pay WHERE gender = §t AND nope = §t",
            "SELECT count(*) FROM pay WHERE level = §n AND\n month > §t",
            "SELECT count(*) FROM pay WHERE level = §t",
            "SELECT count(*) FROM pay WHERE month = DATE §t",
            "SELECT count(*) FROM pay WHERE month = TIMESTAMP §t AND gender = §t",
            "SELECT §n FROM pay",
            "SELECT avg(§n) FROM pay",
            "SELECT count(*) FROM pay ORDER BY §n",
            "SELECT count(*) FROM pay GROUP BY §n",
            "SELECT count(*) FROM pay LIMIT §t",
            "SELECT count(*) FROM pay LIMIT §n,§n",
            "SELECT count(*) FROM §t",
            "SELECT count(*) FROM read_csv(§t)",
            "SELECT count(*) FROM pay WHERE gender IN (§t, §n)",
            "SELECT count(*) FROM pay WHERE month BETWEEN §t AND §t",
            "SELECT count(*) FROM pay WHERE gender = §t §t",
            "SELECT count(*) FROM pay WHERE gender = §t AND (level = §n",
            "SELECT count(*) FROM pay WHERE gender = §t; SELECT 1",
            "SELECT count(*) FROM pay HAVING count(*) > §t",
            "INSERT INTO pay VALUES (§t, §n)",
            "SELECT count(*) FROM pay WHERE month IN (§t)",
            "SELECT count(*) FROM pay WHERE level = §n LIMIT §n");

    @Test
    void parse_textsThatDifferInLiteralsOfEqualLength_endAlike() {
        Random random = new Random(20261123);
        for (String template : TEMPLATES) {
            String first = null;
            for (int i = 0; i < 200; i++) {
                String outcome = outcome(fill(template, random));
                first = first == null ? outcome : first;
                assertThat(outcome)
                        .as("%s, try %d of seed 20261123", template, i)
                        .isEqualTo(first);
            }
        }
    }

    private static String fill(String template, Random random) {
        String alphabet = "abcZ09 -;/*\\%_\n\r\t\u0000\"’研🀄é(),.=";
        int[] letters = alphabet.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            if (template.startsWith("§t", i)) {
                StringBuilder literal = new StringBuilder();
                random.ints(7, 0, letters.length).forEach(c -> literal.appendCodePoint(letters[c]));
                out.append('\'')
                        .append(random.nextInt(5) == 0 ? "a''bcde" : literal)
                        .append('\'');
                i++;
            } else if (template.startsWith("§n", i)) {
                out.append(List.of("1234567", "0000000", "9.99999", "1e99999", "1E-9999", ".000001", "123456.")
                        .get(random.nextInt(7)));
                i++;
            } else {
                out.append(template.charAt(i));
            }
        }
        return out.toString();
    }

    private String outcome(String sql) {
        try {
            return "accepted, fields " + language.parse(sql).fields();
        } catch (SqlRefusedException e) {
            return e.code() + " " + e.line() + ":" + e.column() + " " + e.identifier() + " " + e.getMessage() + " "
                    + e.causeEn() + e.causeZh() + e.near();
        }
    }

    @Test
    void parse_anyText_endsInAQueryOrARefusalInBoundedTime() {
        Random random = new Random(7);
        List<String> words = List.of(
                "SELECT",
                "FROM",
                "WHERE",
                "pay",
                "gender",
                "month",
                "monthly_pay",
                "count",
                "avg",
                "(",
                ")",
                "*",
                ",",
                "'F'",
                "1",
                "=",
                "AND",
                "OR",
                "NOT",
                "GROUP",
                "BY",
                "HAVING",
                "ORDER",
                "LIMIT",
                "IN",
                "BETWEEN",
                "IS",
                "NULL",
                "AS",
                "x",
                ".",
                "DISTINCT",
                "<",
                "-",
                "NULLS",
                "FIRST",
                "DESC",
                "\"q\"",
                "employee_id",
                "count(*)",
                "ALL",
                "ROW",
                "ARRAY",
                "INTERVAL",
                "VALUES",
                "TABLE",
                "EXPLAIN",
                "ON",
                "LEFT",
                "SET",
                "DATE",
                "ESCAPE",
                "MULTISET",
                "PERIOD",
                "CURRENT_DATE",
                "\n",
                "$",
                "研");
        long begun = System.nanoTime();
        for (int i = 0; i < 5_000; i++) {
            StringBuilder sql = new StringBuilder(random.nextBoolean() ? "SELECT count(*) FROM pay WHERE " : "SELECT ");
            int length = random.nextInt(25);
            for (int w = 0; w < length; w++) {
                sql.append(words.get(random.nextInt(words.size()))).append(random.nextInt(6) == 0 ? "" : " ");
            }
            outcome(sql.toString());
        }
        for (int i = 0; i < 2_000; i++) {
            outcome("SELECT "
                    + random.ints(random.nextInt(60), 0, 0x250)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void parse_deepestAllowedText_needsNoMoreThanASmallStack() throws Exception {
        String deep = "SELECT count(*) FROM pay WHERE " + "(gender = 'F' OR NOT ".repeat(30) + "gender = 'M'"
                + ")".repeat(30) + " OR gender = 'F'".repeat(300);
        CompletableFuture<ParsedQuery> done = new CompletableFuture<>();
        new Thread(null, () -> done.complete(language.parse(deep)), "small stack", 512 * 1024).start();
        assertThat(done.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThatThrownBy(() -> language.parse("SELECT count(*) FROM pay WHERE " + "(".repeat(33)))
                .isInstanceOf(SqlRefusedException.class);
    }
}
