package dev.hufu.service.gate;

/**
 * A rule as an author reads it: one reason and where it stands.
 *
 * @param denies whether the reason denies; otherwise it says what holds
 * @param file path within the policies
 * @param line from 1, of the reason's code
 */
public record PolicyRule(Reason reason, boolean denies, String file, int line) {}
