package dev.hufu.rego.builtin;

import java.time.Instant;

/** What a builtin may know besides its operands. */
public interface Context {
    /** The one instant of this evaluation. */
    Instant now();

    /** Accounts for elements or characters about to be made; throws where the budget ends. */
    void reserve(long size);

    /** Accounts for work; throws where the budget ends. */
    void work(long steps);

    /** A number that is the same for the same key within one evaluation. */
    long seed(String key);
}
