/** Following a log from outside: its checkpoints continue each other, its entries stand under them. */
@NullMarked
package dev.hufu.auditlog.tail;

import org.jspecify.annotations.NullMarked;
