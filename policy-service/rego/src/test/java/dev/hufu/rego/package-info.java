@NullMarked
package dev.hufu.rego;

import org.jspecify.annotations.NullMarked;
