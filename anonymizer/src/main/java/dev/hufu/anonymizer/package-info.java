/** Thresholds before analytics: catalogue, publications, protected answers. */
@NullMarked
package dev.hufu.anonymizer;

import org.jspecify.annotations.NullMarked;
