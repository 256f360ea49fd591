/** Beating on a log from many sides at once, and checking that it keeps what it promised. */
@NullMarked
package dev.hufu.auditlog.hammer;

import org.jspecify.annotations.NullMarked;
