/** Receipts: one self-contained file each, verifiable with nothing but itself and, if wanted, a key that one trusts. */
@NullMarked
package dev.hufu.auditlog.receipt;

import org.jspecify.annotations.NullMarked;
