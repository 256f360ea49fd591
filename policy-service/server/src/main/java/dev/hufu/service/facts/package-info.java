/** The facts that policy reads: an immutable, digested snapshot of the registers, rebuilt with every change. */
@NullMarked
package dev.hufu.service.facts;

import org.jspecify.annotations.NullMarked;
