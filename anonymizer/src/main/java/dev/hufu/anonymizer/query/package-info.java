/** The query language: SQL text to a closed form of columns and constants, or a refusal that depends on text and catalogue only. */
@NullMarked
package dev.hufu.anonymizer.query;

import org.jspecify.annotations.NullMarked;
