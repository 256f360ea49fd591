package dev.hufu.anonymizer.catalogue;

/** How the values of a dimension compare with constants. */
public enum ValueType {
    /** Compared by code point, as SQL compares VARCHAR in the C collation. */
    TEXT,
    /** Whole numbers, compared by value. */
    INTEGER
}
