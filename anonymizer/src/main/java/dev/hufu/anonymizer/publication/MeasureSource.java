package dev.hufu.anonymizer.publication;

/** Where a build gets contributions from; asked once for each measure and measured period, in no promised order. */
@FunctionalInterface
public interface MeasureSource {
    /**
     * One value a person.
     *
     * @param dataset the dataset's name
     * @param measure the measure's name
     * @param period index into the roster's periods
     * @return {@link Contributions#NONE} if the dataset says nothing about that period
     */
    Contributions contributions(String dataset, String measure, int period);
}
