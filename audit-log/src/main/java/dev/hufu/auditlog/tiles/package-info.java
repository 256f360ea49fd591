/** The public form of the log: tiles, entry bundles and the checkpoint over them, folded from the journal. */
@NullMarked
package dev.hufu.auditlog.tiles;

import org.jspecify.annotations.NullMarked;
