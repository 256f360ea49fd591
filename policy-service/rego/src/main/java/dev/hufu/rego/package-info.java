/** A Rego engine for the JVM: parse, check, compile, evaluate. */
@NullMarked
package dev.hufu.rego;

import org.jspecify.annotations.NullMarked;
