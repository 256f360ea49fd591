/** A range of a log's entries as one file that says by itself, offline and years later, that it is all of them. */
@NullMarked
package dev.hufu.auditlog.export;

import org.jspecify.annotations.NullMarked;
