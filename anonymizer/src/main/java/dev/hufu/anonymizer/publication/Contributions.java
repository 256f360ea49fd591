package dev.hufu.anonymizer.publication;

/**
 * What each person contributes to one measure in one period, already one value a person. Values that are not finite count as
 * missing; others are clamped to the measure's bounds.
 *
 * @param persons strictly ascending; taken over, not copied
 * @param values one a person; taken over
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, compared by nobody
public record Contributions(int[] persons, double[] values) {
    /** Nobody contributes. */
    public static final Contributions NONE = new Contributions(new int[0], new double[0]);

    public Contributions {
        Roster.requireAscending(persons);
        if (persons.length != values.length) {
            throw new IllegalArgumentException("contributions are as many as the persons");
        }
    }
}
