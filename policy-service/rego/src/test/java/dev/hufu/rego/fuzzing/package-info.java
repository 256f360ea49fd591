/** Targets for fuzzing guided by coverage, and what runs them. */
@NullMarked
package dev.hufu.rego.fuzzing;

import org.jspecify.annotations.NullMarked;
