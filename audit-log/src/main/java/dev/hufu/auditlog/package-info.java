/** An append-only, provable log of opaque entries. */
@NullMarked
package dev.hufu.auditlog;

import org.jspecify.annotations.NullMarked;
