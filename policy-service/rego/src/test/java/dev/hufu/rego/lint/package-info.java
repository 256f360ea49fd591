/** Tests of the linter. */
@NullMarked
package dev.hufu.rego.lint;

import org.jspecify.annotations.NullMarked;
