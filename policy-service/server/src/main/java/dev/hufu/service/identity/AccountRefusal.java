package dev.hufu.service.identity;

/** Why an account or a token was not made or changed. */
public enum AccountRefusal {
    /** No such account, or none that this caller may see. */
    NO_SUCH_ACCOUNT,
    /** The name is taken. */
    NAME_TAKEN,
    /** The change would leave no enabled account with the role admin. */
    LAST_ADMIN,
    /** The current password is not this one. */
    WRONG_PASSWORD,
    /** Shorter than 12 or longer than 128 characters, the account's own name, or the same as before. */
    WEAK_PASSWORD,
    /** No token of that id, or it is another account's. */
    NO_SUCH_TOKEN,
    /** The account has as many working tokens as it may have. */
    TOO_MANY_TOKENS,
    /** The account's roles do not carry a scope that was asked for. */
    SCOPE_NOT_YOURS,
    /** The token would live longer than a token may. */
    TOO_LONG
}
