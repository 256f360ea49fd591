/** Canonical JSON after RFC 8785: one sequence of bytes for one value, and a parser that accepts only that sequence. */
@NullMarked
package dev.hufu.auditlog.json;

import org.jspecify.annotations.NullMarked;
