/** Who may knock: accounts with their roles, passwords, tokens, sign-in, and the brake on guessing. */
@NullMarked
package dev.hufu.service.identity;

import org.jspecify.annotations.NullMarked;
