/**
 * Thresholds before analytics. {@code catalogue} says what a statistic may be asked about, {@code query} reads SQL into a
 * closed form or refuses it, {@code publication} holds the protected figures that answer it.
 */
@NullMarked
package dev.hufu.anonymizer;

import org.jspecify.annotations.NullMarked;
