/** Says why a query has its value: what was evaluated, what held, what failed first, and which changes would do. */
@NullMarked
package dev.hufu.rego.explain;

import org.jspecify.annotations.NullMarked;
