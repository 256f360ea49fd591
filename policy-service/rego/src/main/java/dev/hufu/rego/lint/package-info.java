/** Finds in policies what is likely a mistake, slow, or unlike how Rego is written; rules carry Regal's names. */
@NullMarked
package dev.hufu.rego.lint;

import org.jspecify.annotations.NullMarked;
