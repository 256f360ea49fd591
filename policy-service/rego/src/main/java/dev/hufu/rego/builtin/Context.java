package dev.hufu.rego.builtin;

import dev.hufu.rego.Value;
import java.time.Instant;
import java.util.Comparator;

/** What a builtin may know besides its operands. */
public interface Context {
    /** The one instant of this evaluation. */
    Instant now();

    /** Accounts for elements or characters about to be made; throws where the budget ends. */
    void reserve(long size);

    /** Throws where as many elements or characters more would end the budget, and takes nothing. */
    void room(long size);

    /** Accounts for work; throws where the budget ends. */
    void work(long steps);

    /** Accounts for time alone: work of about ten nanoseconds a unit that is no step; throws where the time is over. */
    void spend(long units);

    /** The order of values, for sorting many: throws where the time is over. */
    Comparator<Value> order();

    /** A number that is the same for the same key within one evaluation. */
    long seed(String key);
}
