/** Where things lie in a C2SP tlog-tiles log: pure arithmetic and paths, no storage. */
@NullMarked
package dev.hufu.auditlog.layout;

import org.jspecify.annotations.NullMarked;
