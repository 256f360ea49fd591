package dev.hufu.service.identity;

/** What became of a token that was presented. */
public sealed interface TokenCheck {
    record Valid(Account account, AccessToken token) implements TokenCheck {}

    /** Never was one of ours. */
    record Unknown() implements TokenCheck {}

    record Expired() implements TokenCheck {}

    /** Ended before its time, or its account may not be used any more. */
    record Revoked() implements TokenCheck {}
}
