package dev.hufu.service.cli;

import dev.hufu.rego.Source;
import dev.hufu.rego.lint.Category;
import dev.hufu.rego.lint.Level;
import dev.hufu.rego.lint.LintConfig;
import dev.hufu.rego.lint.LintConfigException;
import dev.hufu.rego.lint.LintOptions;
import dev.hufu.rego.lint.LintReport;
import dev.hufu.rego.lint.LintRule;
import dev.hufu.rego.lint.Linter;
import dev.hufu.rego.lint.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Finds what is likely a mistake, slow, or unlike how Rego is written. */
@Command(
        name = "lint",
        description =
                "Find likely mistakes and unusual style in policies; rules and configuration are named as Regal names them. Exit code 1 if anything of the fail level is found.")
final class PolicyLintCommand implements Callable<Integer> {
    /** How findings are printed. */
    enum Format {
        pretty,
        compact,
        json,
        github,
        sarif
    }

    /** From which level on findings make the command fail. */
    enum FailLevel {
        error,
        warning
    }

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, or directories with *.rego.")
    private List<Path> paths = List.of();

    @Option(
            names = {"-c", "--config-file"},
            paramLabel = "FILE",
            description = "The configuration; else .regal/config.yaml or .regal.yaml of the first path or above it.")
    private @Nullable Path configFile;

    @Option(
            names = {"-d", "--disable"},
            split = ",",
            paramLabel = "RULE",
            description = "Rules to leave out.")
    private Set<String> disabled = Set.of();

    @Option(
            names = {"-e", "--enable"},
            split = ",",
            paramLabel = "RULE",
            description = "Rules to take in, whatever the configuration says.")
    private Set<String> enabled = Set.of();

    @Option(
            names = "--disable-category",
            split = ",",
            paramLabel = "CATEGORY",
            description = "Categories to leave out.")
    private Set<String> disabledCategories = Set.of();

    @Option(names = "--enable-category", split = ",", paramLabel = "CATEGORY", description = "Categories to take in.")
    private Set<String> enabledCategories = Set.of();

    @Option(
            names = {"-D", "--disable-all"},
            description = "Only what is taken in by name or category.")
    private boolean disableAll;

    @Option(
            names = {"-E", "--enable-all"},
            description = "Every rule that is not left out by name or category.")
    private boolean enableAll;

    @Option(
            names = {"-i", "--ignore-files"},
            split = ",",
            paramLabel = "PATTERN",
            description = "Files to leave out, as in .gitignore.")
    private List<String> ignoreFiles = List.of();

    @Option(
            names = {"-l", "--fail-level"},
            defaultValue = "error",
            description = "error or warning; error if not given.")
    private FailLevel failLevel = FailLevel.error;

    @Option(
            names = {"-f", "--format"},
            defaultValue = "pretty",
            description = "pretty, compact, json, github or sarif; pretty if not given.")
    private Format format = Format.pretty;

    @Option(names = "--v0", description = "The modules are Rego v0.")
    private boolean v0;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        List<Source> sources = PolicyCommand.read(root, paths);
        LintOptions options = options(config(root));
        List<Violation> found = Linter.lint(sources, options);
        long looked = sources.stream()
                .filter(source -> !options.ignores(source.file()))
                .count();
        print(root, new LintReport(found, Math.toIntExact(looked)));
        Level from = failLevel == FailLevel.error ? Level.ERROR : Level.WARNING;
        boolean fails = found.stream().anyMatch(violation -> violation.level().compareTo(from) >= 0);
        return fails ? HufuCommand.DOES_NOT : HufuCommand.HOLDS;
    }

    private LintOptions options(LintConfig config) {
        Set<String> known = Linter.rules().stream().map(LintRule::name).collect(Collectors.toSet());
        for (Set<String> names : List.of(enabled, disabled)) {
            names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
                throw new UsageException("there is no rule " + name);
            });
        }
        return new LintOptions(
                config,
                enabled,
                disabled,
                categories(enabledCategories),
                categories(disabledCategories),
                enableAll,
                disableAll,
                ignoreFiles,
                v0 || config.v0());
    }

    private static Set<Category> categories(Set<String> names) {
        Set<Category> categories = EnumSet.noneOf(Category.class);
        for (String name : names) {
            categories.add(Category.of(name).orElseThrow(() -> new UsageException("there is no category " + name)));
        }
        return categories;
    }

    private LintConfig config(HufuCommand root) {
        Optional<Path> file = configFile == null
                ? found(root)
                : Optional.of(root.terminal().directory().resolve(configFile));
        if (file.isEmpty()) {
            return LintConfig.none();
        }
        try {
            LintConfig config = LintConfig.parse(Files.readString(file.get()));
            for (String place : config.unknown()) {
                root.terminal().err().println("warning: " + file.get() + ": nothing is known of " + place);
            }
            return config;
        } catch (IOException | LintConfigException unreadable) {
            throw new UsageException(file.get() + ": " + unreadable.getMessage());
        }
    }

    private Optional<Path> found(HufuCommand root) {
        Path place = root.terminal()
                .directory()
                .resolve(paths.getFirst())
                .toAbsolutePath()
                .normalize();
        for (Path folder = place; folder != null; folder = folder.getParent()) {
            for (String name : List.of(".regal/config.yaml", ".regal.yaml")) {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private void print(HufuCommand root, LintReport report) {
        var out = root.terminal().out();
        switch (root.json() ? Format.json : format) {
            case json -> root.print(report.json());
            case pretty -> out.print(report.pretty());
            case compact -> out.print(report.compact());
            case github -> out.print(report.github());
            case sarif ->
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report.sarif()));
        }
        out.flush();
    }
}
