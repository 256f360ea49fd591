@NullMarked
package dev.hufu.rego.bundle;

import org.jspecify.annotations.NullMarked;
