/** Runs cases in the format of OPA's own compliance suite. */
@NullMarked
package dev.hufu.rego.conformance;

import org.jspecify.annotations.NullMarked;
