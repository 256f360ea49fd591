package dev.hufu.service.sample;

import dev.hufu.service.sample.Person.Spell;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws a person's working life: who they are, where they move, what they are paid.
 *
 * <p>Pay is contractual, monthly, gross, in yuan, for a full-time equivalent, and changes only with a reason: the yearly raise in
 * April, a promotion, a move to another country. Its level is multiplicative: grade × country × site × brand × unit × tenure ×
 * gender × the person's own lognormal residual, wider in higher grades and with a heavy tail.
 */
final class Careers {
    private static final int RAISE_MONTH = 4;
    private static final double MONTHLY_MOVES = 0.0025;
    private static final double UNSTATED_GENDER = 0.0006;
    private static final double OLDEST = 62;
    /** Monthly pay in yuan of grades G01 … G12 in China. */
    private static final double[] BASE = {
        4300, 5300, 6500, 8000, 10_000, 12_600, 16_000, 20_800, 27_500, 38_000, 56_000, 92_000
    };

    private final SampleSpec spec;
    private final Position[] positions;
    private final LocalDate[] monthEnds = new LocalDate[SampleSpec.MONTHS];

    Careers(SampleSpec spec, Position[] positions) {
        this.spec = spec;
        this.positions = positions;
        for (int m = 0; m < monthEnds.length; m++) {
            monthEnds[m] = spec.month(m).atEndOfMonth();
        }
    }

    Person person(int number, Position position, Population.Occupant occupant) {
        Draws draws = Draws.of(spec.seed(), Draws.Topic.CAREER, number);
        double ability = Draws.of(spec.seed(), Draws.Topic.ABILITY, number).gaussian();
        boolean joiner = occupant.from() > 0;
        int grade = joiner && position.grade() > 1 && draws.chance(0.35) ? position.grade() - 1 : position.grade();
        char gender = gender(position.orgUnit(), grade, draws);
        LocalDate hired =
                joiner ? spec.month(occupant.from()).atDay(1 + draws.below(26)) : hiredEarlier(number, grade, draws);
        LocalDate born = born(grade, hired, draws);
        LocalDate left = left(occupant, hired, draws);
        var life = new Life(position, grade, gender, born, hired, ability, draws);
        for (int month = occupant.from(); month <= occupant.last(); month++) {
            if (month <= occupant.to() || month >= occupant.backFrom()) {
                life.live(month);
            } else {
                life.pause();
            }
        }
        life.pause();
        return new Person(number, gender, born, hired, left, ability, life.spells, life.pay);
    }

    private static char gender(Company.OrgUnit unit, int grade, Draws draws) {
        if (draws.chance(UNSTATED_GENDER)) {
            return 'U';
        }
        double women = Math.clamp(unit.women() + 0.05 - 0.022 * (grade - 3), 0.08, 0.92);
        return draws.chance(women) ? 'F' : 'M';
    }

    /** Tenure at the first month is about exponential, longer in higher grades, at most 30 years. */
    private LocalDate hiredEarlier(int number, int grade, Draws draws) {
        double years = Math.min(30, 0.1 + draws.exponential(3.2 + 0.55 * grade));
        if (number == Position.DEMO) {
            years = 4.3;
        }
        return spec.month(0).atDay(1).minusDays(StrictMath.round(years * 365.25));
    }

    private LocalDate born(int grade, LocalDate hired, Draws draws) {
        double atHire = Math.clamp(24.5 + 1.15 * grade + 5.5 * draws.gaussian(), 18.2, 57);
        LocalDate born = hired.minusDays(StrictMath.round(atHire * 365.25));
        LocalDate oldest = spec.lastMonth().atEndOfMonth().minusDays(StrictMath.round(OLDEST * 365.25));
        return born.isBefore(oldest) ? oldest.plusDays(draws.below(1500)) : born;
    }

    private @Nullable LocalDate left(Population.Occupant occupant, LocalDate hired, Draws draws) {
        if (occupant.last() == SampleSpec.MONTHS - 1) {
            return null;
        }
        YearMonth month = spec.month(occupant.last());
        LocalDate day = month.atDay(8 + draws.below(21));
        return day.isBefore(hired) ? month.atEndOfMonth() : day;
    }

    /** One person's months in order; holds what changes from month to month. */
    private final class Life {
        private final char gender;
        private final LocalDate born;
        private final LocalDate hired;
        private final double ability;
        private final Draws draws;
        private final double contractDraw;
        private final List<Spell> spells = new ArrayList<>(3);
        private final Person.MonthlyPay pay = new Person.MonthlyPay();
        private Position place;
        private int grade;
        private double level;
        private @Nullable Spell open;

        Life(Position place, int grade, char gender, LocalDate born, LocalDate hired, double ability, Draws draws) {
            this.place = place;
            this.grade = grade;
            this.gender = gender;
            this.born = born;
            this.hired = hired;
            this.ability = ability;
            this.draws = draws;
            this.contractDraw = draws.uniform();
            this.level = startingPay();
        }

        private double startingPay() {
            double sigma = 0.075 + 0.009 * grade;
            double residual = sigma * (0.45 * ability + 0.9 * draws.gaussian());
            if (draws.chance(0.012)) {
                residual += 0.3 * StrictMath.abs(draws.gaussian()); // sought-after specialists
            }
            double years = years(hired, monthEnds[0]);
            double market = 1 + 0.03 * Math.max(0, -years); // who joins later is offered what has become usual
            return BASE[grade - 1]
                    * market
                    * place.orgUnit().pay()
                    * Company.brandPay(place.brand())
                    * whereabouts(place)
                    * (1 + 0.011 * Math.clamp(years, 0, 18))
                    * genderGap()
                    * StrictMath.exp(residual);
        }

        private double genderGap() {
            return gender == 'F' ? 0.970 - 0.003 * Math.max(0, grade - 5) : 1;
        }

        void live(int month) {
            boolean settled = month > 0 && !hired.isAfter(monthEnds[month - 1].minusMonths(6));
            if (settled && spec.month(month).getMonthValue() == RAISE_MONTH) {
                raise(month);
            }
            if (open != null && place.number() != Position.DEMO && draws.chance(MONTHLY_MOVES)) {
                move();
            }
            String contract = contract(month);
            pay.set(month, (int) StrictMath.round(level * contractFactor(contract) / 10) * 10);
            Spell now = new Spell(month, month, place, grade, ageBand(month), tenureBand(month), contract);
            if (open != null && same(open, now)) {
                open = new Spell(open.from(), month, place, grade, now.ageBand(), now.tenureBand(), contract);
            } else {
                pause();
                open = now;
            }
        }

        void pause() {
            if (open != null) {
                spells.add(open);
                open = null;
            }
        }

        private void raise(int month) {
            double merit = 0.008 * ability + 0.009 * draws.gaussian();
            level *= 1 + Math.max(0, 0.036 + merit);
            double chance = 0.085 * (1 + 0.35 * ability) * (gender == 'F' ? 0.92 : 1) * (grade >= 9 ? 0.3 : 1);
            if (grade < Company.GRADES - 1 && years(hired, monthEnds[month]) > 1 && draws.chance(chance)) {
                grade++;
                level *= 1.11;
            }
        }

        /** Takes up work like another position's: most often in the same unit and country, sometimes farther away. */
        private void move() {
            boolean farther = draws.chance(0.2);
            for (int attempt = 0; attempt < 40; attempt++) {
                Position other = positions[draws.below(positions.length)];
                boolean reachable = farther
                        ? sameUnit(other)
                                || other.site().name().equals(place.site().name())
                        : sameUnit(other) && sameCountry(other) && !other.team().equals(place.team());
                if (reachable && other.number() != Position.DEMO) {
                    level *= whereabouts(other) / whereabouts(place);
                    place = other;
                    return;
                }
            }
        }

        private boolean sameUnit(Position other) {
            return other.orgUnit().code().equals(place.orgUnit().code());
        }

        private boolean sameCountry(Position other) {
            return other.site().country().code().equals(place.site().country().code());
        }

        private String contract(int month) {
            double tenure = years(hired, monthEnds[month]);
            if (contractDraw < 0.05 && grade <= 3) {
                return "dispatched";
            }
            if (contractDraw < 0.11 && place.site().kind() == Company.SiteKind.STORES && grade <= 4) {
                return "part_time";
            }
            if (contractDraw > 0.9 && tenure < 1 && grade == 1 && years(born, monthEnds[month]) < 25) {
                return "intern";
            }
            return tenure >= 6 ? "open_ended" : "fixed_term";
        }

        private String ageBand(int month) {
            double age = years(born, monthEnds[month]);
            return age < 25 ? "18-24" : age < 35 ? "25-34" : age < 45 ? "35-44" : age < 55 ? "45-54" : "55+";
        }

        private String tenureBand(int month) {
            double tenure = years(hired, monthEnds[month]);
            return tenure < 1 ? "00-01" : tenure < 3 ? "01-03" : tenure < 5 ? "03-05" : tenure < 10 ? "05-10" : "10+";
        }
    }

    private static boolean same(Spell a, Spell b) {
        return a.place().number() == b.place().number()
                && a.grade() == b.grade()
                && a.ageBand().equals(b.ageBand())
                && a.tenureBand().equals(b.tenureBand())
                && a.contractType().equals(b.contractType());
    }

    private static double whereabouts(Position place) {
        return place.site().country().pay() * place.site().pay();
    }

    private static double contractFactor(String contract) {
        return switch (contract) {
            case "dispatched" -> 0.93;
            case "part_time" -> 0.95;
            case "intern" -> 0.70;
            default -> 1;
        };
    }

    private static double years(LocalDate from, LocalDate to) {
        return (to.toEpochDay() - from.toEpochDay()) / 365.25;
    }
}
