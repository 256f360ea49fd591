package dev.hufu.anonymizer.catalogue;

/** Whether everybody on the roster is expected to have a measure. */
public enum Coverage {
    /** Everybody has one (pay). The rare missing value is ignored. */
    EVERYBODY,
    /** Only some have one (training, leave). Having one is itself protected like a measure. */
    SOME
}
