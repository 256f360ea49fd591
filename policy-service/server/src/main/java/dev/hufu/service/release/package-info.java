/** The path of a request as one screen of code: decide, run, log, and only then release. */
@NullMarked
package dev.hufu.service.release;

import org.jspecify.annotations.NullMarked;
