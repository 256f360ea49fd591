/** What exists and what may be asked about it: populations, their dimensions, datasets, measures. Public to every analyst. */
@NullMarked
package dev.hufu.anonymizer.catalogue;

import org.jspecify.annotations.NullMarked;
