/**
 * The embedded store of people data: one DuckDB file, opened once, read in snapshots, written all or nothing. SQL that runs here
 * is ours alone, and even so the database is locked into its own file: no external access, no extensions, settings frozen.
 */
@NullMarked
package dev.hufu.service.analytics.store;

import org.jspecify.annotations.NullMarked;
