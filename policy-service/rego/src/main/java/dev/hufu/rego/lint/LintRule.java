package dev.hufu.rego.lint;

/**
 * A rule of the table.
 *
 * @param level where nothing is configured
 */
public record LintRule(String name, Category category, Level level, Violation.Words title, Violation.Words hint) {}
