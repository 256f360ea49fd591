/** A witness of C2SP tlog-witness: cosigns what continues what it cosigned before, and nothing else. */
@NullMarked
package dev.hufu.auditlog.witness;

import org.jspecify.annotations.NullMarked;
