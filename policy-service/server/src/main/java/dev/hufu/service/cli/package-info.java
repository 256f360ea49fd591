/** The commands of {@code bin/hufu}: they speak to a running server over HTTP or read files, and never start Spring. */
@NullMarked
package dev.hufu.service.cli;

import org.jspecify.annotations.NullMarked;
