/** The policy decision point: judges a request by the policy bundle and the facts, says why, and what a permit binds to. */
@NullMarked
package dev.hufu.service.gate;

import org.jspecify.annotations.NullMarked;
