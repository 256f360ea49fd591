package dev.hufu.anonymizer.query;

/** Which periods a query is about; follows from its form, never from its literals. */
public sealed interface PeriodScope {
    /** The period is not mentioned: the latest one answers. */
    record Latest() implements PeriodScope {}

    /** {@code period = literal}; a period that does not exist gives an empty answer. */
    record One(String period) implements PeriodScope {
        @Override
        public String toString() {
            return "One";
        }
    }

    /** The period is grouped by: each period that the condition allows. */
    record Each() implements PeriodScope {}
}
