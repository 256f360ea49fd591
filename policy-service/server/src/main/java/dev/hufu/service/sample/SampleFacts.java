package dev.hufu.service.sample;

import dev.hufu.service.sample.Draws.Topic;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import org.duckdb.DuckDBConnection;

/**
 * Fills the fact tables from the population. Slow measures (pay) have a row a person and month; training and leave a row a person
 * and quarter, ratings and engagement a row a person and half-year, each under the period's last month; attendance and badge
 * events a row a person and working day, and two, of the last 30 days.
 */
final class SampleFacts {
    private static final int SHARE_OF_RESPONDENTS = 82;
    private static final int MINUTES_A_DAY = 24 * 60;

    private final Population population;
    private final SampleSpec spec;

    SampleFacts(Population population) {
        this.population = population;
        this.spec = population.spec();
    }

    void pay(DuckDBConnection c) throws SQLException {
        try (var load = new ColumnLoad(c, "fact.pay", 2, "c0, label, c1")) {
            for (int month = 0; month < SampleSpec.MONTHS; month++) {
                load.label(spec.month(month).toString());
                int[] spells = population.spellsIn(month);
                for (int i = 0; i < spells.length; i++) {
                    if (spells[i] >= 0) {
                        load.row(spells[i], population.people()[i].pay().in(month));
                    }
                }
            }
            load.finish();
        }
    }

    /** People on a rota work five days of seven, each with their own two days off; the others from Monday to Friday. */
    private static boolean works(Person person, Position place, LocalDate day) {
        if (day.isBefore(person.hired()) || (person.left() != null && day.isAfter(person.left()))) {
            return false;
        }
        if (!place.orgUnit().byRota()) {
            return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
        }
        return Math.floorMod(day.toEpochDay() + person.number() * 3L, 7) < 5;
    }

    private interface DayRows {
        void add(int spell, Person person, Person.Spell of, LocalDate day, Draws draws) throws SQLException;
    }

    /** Calls for each person and working day of the last 30 on which the person was there, in order of month, person, day. */
    private void eachWorkingDay(ColumnLoad load, Topic topic, DayRows rows) throws SQLException {
        LocalDate last = spec.lastMonth().atEndOfMonth();
        LocalDate day = spec.firstEventDay();
        while (!day.isAfter(last)) {
            YearMonth month = YearMonth.from(day);
            LocalDate end = month.equals(spec.lastMonth()) ? last : month.atEndOfMonth();
            int index =
                    SampleSpec.MONTHS - 1 - (int) month.until(spec.lastMonth(), java.time.temporal.ChronoUnit.MONTHS);
            load.label(month.toString());
            int[] spells = population.spellsIn(index);
            for (int i = 0; i < spells.length; i++) {
                if (spells[i] >= 0) {
                    Person person = population.people()[i];
                    Person.Spell spell = person.spells().get(spells[i] - population.firstSpell(i));
                    Draws draws = Draws.of(spec.seed(), topic, person.number() * 64L + index);
                    for (LocalDate d = day; !d.isAfter(end); d = d.plusDays(1)) {
                        if (works(person, spell.place(), d) && !draws.chance(0.05)) {
                            rows.add(spells[i], person, spell, d, draws);
                        }
                    }
                }
            }
            day = end.plusDays(1);
        }
    }

    void attendance(DuckDBConnection c) throws SQLException {
        String select = "c0, label, DATE '1970-01-01' + c1, c2, c3";
        try (var load = new ColumnLoad(c, "fact.attendance", 4, select)) {
            eachWorkingDay(load, Topic.ATTENDANCE, (number, person, spell, day, draws) -> {
                double busy = spell.place().orgUnit().byRota() ? 0.22 : 0.12 + 0.035 * spell.grade();
                int overtime = draws.chance(busy) ? halfHours(draws.exponential(75)) : 0;
                boolean partTime = spell.contractType().equals("part_time");
                int regular = halfHours(Math.clamp((partTime ? 270 : 480) + 12 * draws.gaussian(), 60, 540));
                load.row(number, (int) day.toEpochDay(), regular + Math.min(240, overtime), Math.min(240, overtime));
            });
            load.finish();
        }
    }

    private static int halfHours(double minutes) {
        return (int) StrictMath.round(minutes / 30) * 30;
    }

    /** Where there are gates: everywhere but in stores. */
    void badge(DuckDBConnection c) throws SQLException {
        try (var load =
                new ColumnLoad(c, "fact.badge", 3, "c0, label, make_timestamp(c1 * 60000000::BIGINT), c2 = 1")) {
            eachWorkingDay(load, Topic.BADGE, (number, person, spell, day, draws) -> {
                if (spell.place().site().kind() != Company.SiteKind.STORES) {
                    int shift = spell.place().orgUnit().byRota() && person.number() % 3 == 0 ? 14 * 60 : 8 * 60 + 40;
                    int in = (int) day.toEpochDay() * MINUTES_A_DAY
                            + shift
                            + (int) StrictMath.round(16 * draws.gaussian());
                    load.row(number, in, 1);
                    load.row(number, in + 530 + (int) StrictMath.round(Math.min(200, draws.exponential(28))), 0);
                }
            });
            load.finish();
        }
    }

    private interface PeriodRows {
        void add(int spell, Person person, Person.Spell of, Draws draws) throws SQLException;
    }

    /** Calls for everybody employed in the last month of each period of so many months of the calendar year. */
    private void eachPeriod(ColumnLoad load, Topic topic, int months, PeriodRows rows) throws SQLException {
        for (int month = 0; month < SampleSpec.MONTHS; month++) {
            if (spec.month(month).getMonthValue() % months != 0) {
                continue;
            }
            load.label(spec.month(month).toString());
            int[] spells = population.spellsIn(month);
            for (int i = 0; i < spells.length; i++) {
                if (spells[i] >= 0) {
                    Person person = population.people()[i];
                    Person.Spell spell = person.spells().get(spells[i] - population.firstSpell(i));
                    Draws draws = Draws.of(spec.seed(), topic, person.number() * 64L + month);
                    rows.add(spells[i], person, spell, draws);
                }
            }
        }
    }

    void leave(DuckDBConnection c) throws SQLException {
        try (var load = new ColumnLoad(c, "fact.leave_record", 4, "c0, label, c1, c2, c3")) {
            eachPeriod(load, Topic.LEAVE, 3, (number, person, spell, draws) -> {
                int annual = Math.clamp(StrictMath.round(2.6 + 1.9 * draws.gaussian()), 0, 12);
                int sick = draws.chance(0.13) ? Math.clamp(1 + (long) draws.exponential(2.4), 1, 60) : 0;
                boolean young = spell.ageBand().equals("25-34");
                double parental = person.gender() == 'F' ? (young ? 0.024 : 0.005) : (young ? 0.018 : 0.004);
                int family = draws.chance(parental)
                        ? (person.gender() == 'F' ? 40 + draws.below(26) : 5 + draws.below(11))
                        : 0;
                load.row(number, annual, sick, family);
            });
            load.finish();
        }
    }

    /** How willingly a person learns, a standard normal: partly ability, else their own. */
    private double diligence(Person person) {
        double own = Draws.of(spec.seed(), Topic.ABILITY, -person.number()).gaussian();
        return 0.4 * person.ability() + 0.9165 * own;
    }

    void training(DuckDBConnection c) throws SQLException {
        try (var load = new ColumnLoad(c, "fact.training", 3, "c0, label, c1, c2")) {
            eachPeriod(load, Topic.TRAINING, 3, (number, person, spell, draws) -> {
                double wanted = 1.6 + 0.7 * diligence(person) + 0.9 * draws.gaussian();
                int courses = Math.clamp(StrictMath.round(wanted), 0, 8);
                int hours = 0;
                for (int k = 0; k < courses; k++) {
                    hours += 2 + Math.min(14, (int) draws.exponential(2.5));
                }
                load.row(number, courses, hours);
            });
            load.finish();
        }
    }

    void performance(DuckDBConnection c) throws SQLException {
        try (var load = new ColumnLoad(c, "fact.performance", 3, "c0, label, c1, c2")) {
            eachPeriod(load, Topic.PERFORMANCE, 6, (number, person, spell, draws) -> {
                double merit = 0.55 * person.ability() + 0.25 * diligence(person) + 0.65 * draws.gaussian();
                int rating = Math.clamp(StrictMath.round(3.15 + 0.8 * merit), 1, 5);
                int goals = Math.clamp(StrictMath.round(84 + 11 * merit + 6 * draws.gaussian()), 0, 100);
                load.row(number, rating, goals);
            });
            load.finish();
        }
    }

    /** Only those who answer the survey have a row. */
    void engagement(DuckDBConnection c) throws SQLException {
        try (var load = new ColumnLoad(c, "fact.engagement", 3, "c0, label, c1, c2")) {
            eachPeriod(load, Topic.ENGAGEMENT, 6, (number, person, spell, draws) -> {
                if (draws.below(100) < SHARE_OF_RESPONDENTS) {
                    double unit = 14 * (1 - spell.place().orgUnit().churn());
                    double mood = unit + 0.9 * (spell.grade() - 4) + 11 * draws.gaussian() + 2 * person.ability();
                    int score = Math.clamp(StrictMath.round(68 + mood), 0, 100);
                    int recommends = Math.clamp(StrictMath.round(7.1 + mood / 8 + 0.8 * draws.gaussian()), 0, 10);
                    load.row(number, score, recommends);
                }
            });
            load.finish();
        }
    }
}
