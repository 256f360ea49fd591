/** Runs the tests that modules hold, and reports results and coverage for people and for machines. */
@NullMarked
package dev.hufu.rego.testing;

import org.jspecify.annotations.NullMarked;
