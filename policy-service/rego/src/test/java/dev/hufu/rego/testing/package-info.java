@NullMarked
package dev.hufu.rego.testing;

import org.jspecify.annotations.NullMarked;
