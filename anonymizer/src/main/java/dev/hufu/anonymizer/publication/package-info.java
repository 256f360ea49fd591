/**
 * Publications: one tree of people per population, protected figures over its atoms, and the answers read from them. Whatever
 * a query asks, a measure only ever comes from the perturbed mean of at least k people; no raw value outlives the build.
 */
@NullMarked
package dev.hufu.anonymizer.publication;

import org.jspecify.annotations.NullMarked;
