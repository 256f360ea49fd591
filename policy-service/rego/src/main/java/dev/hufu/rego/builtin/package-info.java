/** The builtin functions, by family; each is pure but for the context it is given. */
@NullMarked
package dev.hufu.rego.builtin;

import org.jspecify.annotations.NullMarked;
