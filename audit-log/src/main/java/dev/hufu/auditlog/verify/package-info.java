/** Verifies a whole log from its files and its public key, whether or not a server is appending to it. */
@NullMarked
package dev.hufu.auditlog.verify;

import org.jspecify.annotations.NullMarked;
