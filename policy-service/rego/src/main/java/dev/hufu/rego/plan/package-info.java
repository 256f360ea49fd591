/** The executable form of a program: closures over slots, evaluated without exceptions for control flow. */
@NullMarked
package dev.hufu.rego.plan;

import org.jspecify.annotations.NullMarked;
