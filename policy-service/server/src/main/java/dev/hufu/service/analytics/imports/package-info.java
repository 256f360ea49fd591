/**
 * Datasets from CSV files: read strictly, typed by their values, classified by the steward, loaded all or nothing. A column that
 * nobody has graded is kept and refused in queries.
 */
@NullMarked
package dev.hufu.service.analytics.imports;

import org.jspecify.annotations.NullMarked;
