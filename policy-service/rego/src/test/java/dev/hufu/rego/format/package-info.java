@NullMarked
package dev.hufu.rego.format;

import org.jspecify.annotations.NullMarked;
