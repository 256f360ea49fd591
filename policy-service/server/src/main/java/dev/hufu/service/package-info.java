/** The control plane's entry point. */
@NullMarked
package dev.hufu.service;

import org.jspecify.annotations.NullMarked;
