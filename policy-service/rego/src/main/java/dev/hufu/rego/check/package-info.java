/** From syntax tree to a program that is known to be sound: names resolved, calls flattened, bodies ordered, no recursion. */
@NullMarked
package dev.hufu.rego.check;

import org.jspecify.annotations.NullMarked;
