package dev.hufu.rego;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a query's value can depend on: change nothing of it, and the value stays.
 *
 * @param base documents from outside, {@code input.subject.roles} or {@code data.facts}; none that a shorter one holds
 * @param rules rules, by path
 */
public record Dependencies(SortedSet<String> base, SortedSet<String> rules) {
    public Dependencies {
        base = Collections.unmodifiableSortedSet(new TreeSet<>(base));
        rules = Collections.unmodifiableSortedSet(new TreeSet<>(rules));
    }
}
