package dev.hufu.service.sample;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * What the sample company is generated from; equal specifications give equal content, byte for byte.
 *
 * @param seed of every draw
 * @param employees current employees in the last month, 200 to 1,000,000
 * @param lastMonth the last month with data; the first is 23 months earlier
 */
public record SampleSpec(long seed, int employees, YearMonth lastMonth) {
    /** Months with data. */
    public static final int MONTHS = 24;

    /** Days with attendance and badge events, ending with the last month's last day. */
    public static final int EVENT_DAYS = 30;

    /** Fewest employees: with fewer, no statistic could be told of anything. */
    public static final int MIN_EMPLOYEES = 200;

    /** Most employees. */
    public static final int MAX_EMPLOYEES = 1_000_000;

    public SampleSpec {
        if (employees < MIN_EMPLOYEES || employees > MAX_EMPLOYEES) {
            throw new IllegalArgumentException(
                    "employees must be " + MIN_EMPLOYEES + " to " + MAX_EMPLOYEES + ", is " + employees);
        }
        if (lastMonth.getYear() < 2000 || lastMonth.getYear() > 2200) {
            throw new IllegalArgumentException("lastMonth must lie in 2000 to 2200, is " + lastMonth);
        }
    }

    /** The company as of the last full month before a date. */
    public static SampleSpec before(LocalDate today, long seed, int employees) {
        return new SampleSpec(seed, employees, YearMonth.from(today).minusMonths(1));
    }

    /** @param index 0 for the first month, 23 for the last */
    public YearMonth month(int index) {
        return lastMonth.minusMonths(MONTHS - 1L - index);
    }

    /** First day of attendance and badge events. */
    public LocalDate firstEventDay() {
        return lastMonth.atEndOfMonth().minusDays(EVENT_DAYS - 1L);
    }
}
