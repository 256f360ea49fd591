@NullMarked
package dev.hufu.rego.explain;

import org.jspecify.annotations.NullMarked;
