package dev.hufu.rego.lint;

import java.util.List;
import java.util.Set;

/**
 * What is looked for. What is asked for here goes before the configuration; of what is asked for, a rule goes before a
 * category, and a category before all.
 *
 * @param enabled rules that are on, with the configured level or else as errors
 * @param disabled rules that are off; before {@code enabled}
 * @param ignoreFiles patterns of files to leave out, as in {@code .gitignore}
 * @param v0 modules are Rego v0; without it those are that do not parse as v1 but as v0
 */
public record LintOptions(
        LintConfig config,
        Set<String> enabled,
        Set<String> disabled,
        Set<Category> enabledCategories,
        Set<Category> disabledCategories,
        boolean enableAll,
        boolean disableAll,
        List<String> ignoreFiles,
        boolean v0) {
    public LintOptions {
        enabled = Set.copyOf(enabled);
        disabled = Set.copyOf(disabled);
        enabledCategories = Set.copyOf(enabledCategories);
        disabledCategories = Set.copyOf(disabledCategories);
        ignoreFiles = List.copyOf(ignoreFiles);
    }

    /** Every rule at its default level. */
    public static LintOptions defaults() {
        return of(LintConfig.none());
    }

    public static LintOptions of(LintConfig config) {
        return new LintOptions(config, Set.of(), Set.of(), Set.of(), Set.of(), false, false, List.of(), config.v0());
    }

    /** Only this rule. */
    public LintOptions only(String rule) {
        return new LintOptions(
                config, Set.of(rule), disabled, Set.of(), disabledCategories, false, true, ignoreFiles, v0);
    }

    /** The file is left out of the run. */
    public boolean ignores(String file) {
        return config.ignores(file) || new FilePatterns(ignoreFiles).matches(file);
    }

    Level level(LintRule rule) {
        Level configured = config.level(rule);
        Level on = configured == Level.IGNORE ? Level.ERROR : configured;
        if (disabled.contains(rule.name())) {
            return Level.IGNORE;
        }
        if (enabled.contains(rule.name())) {
            return on;
        }
        if (disabledCategories.contains(rule.category())) {
            return Level.IGNORE;
        }
        if (enabledCategories.contains(rule.category())) {
            return on;
        }
        return disableAll ? Level.IGNORE : enableAll ? on : configured;
    }
}
