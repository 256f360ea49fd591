/** The doors of the server: who is calling, what each address asks of a caller, and the bounds on what may be sent. */
@NullMarked
package dev.hufu.service.web.security;

import org.jspecify.annotations.NullMarked;
