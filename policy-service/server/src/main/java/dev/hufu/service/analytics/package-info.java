/** Statistics: obligations become a plan, publications are built and kept, and what a plan yields is protected. */
@NullMarked
package dev.hufu.service.analytics;

import org.jspecify.annotations.NullMarked;
