/** From text to syntax tree: tokens, terms, expressions, rules, modules and their metadata annotations. */
@NullMarked
package dev.hufu.rego.syntax;

import org.jspecify.annotations.NullMarked;
