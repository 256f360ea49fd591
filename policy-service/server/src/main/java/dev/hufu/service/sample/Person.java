package dev.hufu.service.sample;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One made-up person.
 *
 * @param number of the employee id
 * @param gender {@code F}, {@code M}, or {@code U} (not stated; rare)
 * @param left last day of work, null for a current employee
 * @param ability a standard normal that ratings, pay and training lean on; in no table
 * @param spells in order, without overlap; a gap between two is an absence from the group
 * @param pay by month
 */
record Person(
        int number,
        char gender,
        LocalDate born,
        LocalDate hired,
        @Nullable LocalDate left,
        double ability,
        List<Spell> spells,
        MonthlyPay pay) {
    Person {
        spells = List.copyOf(spells);
    }

    /** Pay by month index; 0 where not employed. */
    static final class MonthlyPay {
        private final int[] yuan = new int[SampleSpec.MONTHS];

        void set(int month, int amount) {
            yuan[month] = amount;
        }

        int in(int month) {
            return yuan[month];
        }
    }

    /**
     * A run of months in which none of a person's dimensions changed.
     *
     * @param from index of the first month
     * @param to index of the last month
     * @param place where the person works
     */
    record Spell(int from, int to, Position place, int grade, String ageBand, String tenureBand, String contractType) {}

    /** {@code E000001} */
    String employeeId() {
        return "E%06d".formatted(number);
    }
}
