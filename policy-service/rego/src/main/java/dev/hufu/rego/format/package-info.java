/** The one way that a module is laid out: text to text, as {@code opa fmt} does it. */
@NullMarked
package dev.hufu.rego.format;

import org.jspecify.annotations.NullMarked;
