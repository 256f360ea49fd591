/** The file journal: what makes an entry durable, in the order that becomes the log's, and the index of ids over it. */
@NullMarked
package dev.hufu.auditlog.journal;

import org.jspecify.annotations.NullMarked;
