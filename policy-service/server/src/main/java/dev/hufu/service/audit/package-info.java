/** The log's side of the path: canonical entries, durable appends, receipts, and who may see which. */
@NullMarked
package dev.hufu.service.audit;

import org.jspecify.annotations.NullMarked;
