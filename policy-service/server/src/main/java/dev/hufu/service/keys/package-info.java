/** Keys and what they stand for: the log's signing key, epoch keys, a key a person, employee ↔ pseudonymous subject. */
@NullMarked
package dev.hufu.service.keys;

import org.jspecify.annotations.NullMarked;
