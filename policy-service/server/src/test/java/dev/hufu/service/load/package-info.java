/** Load from outside against a server that was started as a newcomer starts it. */
@NullMarked
package dev.hufu.service.load;

import org.jspecify.annotations.NullMarked;
