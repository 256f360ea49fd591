/** Signed notes, verifier keys and checkpoints as C2SP defines them, and the signed promise of a batch. */
@NullMarked
package dev.hufu.auditlog.note;

import org.jspecify.annotations.NullMarked;
