/** The hashes and proofs of RFC 6962 and RFC 9162: pure functions over bytes, no storage. */
@NullMarked
package dev.hufu.auditlog.merkle;

import org.jspecify.annotations.NullMarked;
