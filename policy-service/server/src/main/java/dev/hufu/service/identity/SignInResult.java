package dev.hufu.service.identity;

import java.time.Duration;

/** What became of a name and a password. */
public sealed interface SignInResult {
    /** Proved; whether the password must be replaced first, the account says. */
    record Proved(Account account) implements SignInResult {}

    /** Wrong name, wrong password, or an account that is disabled: which of them is not said. */
    record Refused() implements SignInResult {}

    /** Too many wrong passwords; not even looked at. */
    record Wait(Duration left) implements SignInResult {}
}
