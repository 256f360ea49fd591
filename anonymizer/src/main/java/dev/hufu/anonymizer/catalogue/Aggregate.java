package dev.hufu.anonymizer.catalogue;

/** Aggregate functions over a measure. Headcounts ({@code count}) need no measure and are always offered. */
public enum Aggregate {
    /** The protected mean times the published headcount. */
    SUM,
    /** The protected mean over persons who have the measure. */
    AVG
}
