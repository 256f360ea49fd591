/** Spring wiring, and nothing else: one configuration class a package. */
@NullMarked
package dev.hufu.service.config;

import org.jspecify.annotations.NullMarked;
