package dev.hufu.rego.lint;

import static dev.hufu.rego.lint.Category.BUGS;
import static dev.hufu.rego.lint.Category.CUSTOM;
import static dev.hufu.rego.lint.Category.IDIOMATIC;
import static dev.hufu.rego.lint.Category.IMPORTS;
import static dev.hufu.rego.lint.Category.PERFORMANCE;
import static dev.hufu.rego.lint.Category.STYLE;
import static dev.hufu.rego.lint.Category.TESTING;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The table of rules. Names, categories and default levels are Regal's, but for the levels that ADR 0072 lists; the words stand
 * in {@code rules.yaml}.
 */
final class Rules {
    private record Entry(String name, Category category, Level level, Check check) {}

    private static final List<Entry> TABLE = List.of(
            on(BUGS, "annotation-without-metadata", MetadataChecks::annotationWithoutMetadata),
            on(BUGS, "argument-always-wildcard", NamingChecks::argumentAlwaysWildcard),
            on(BUGS, "constant-condition", ConditionChecks::constantCondition),
            on(BUGS, "deprecated-builtin", CallChecks::deprecatedBuiltin),
            on(BUGS, "duplicate-rule", RuleChecks::duplicateRule),
            on(BUGS, "if-empty-object", ConditionChecks::ifEmptyObject),
            on(BUGS, "if-object-literal", ConditionChecks::ifObjectLiteral),
            on(BUGS, "import-shadows-rule", NamingChecks::importShadowsRule),
            on(BUGS, "impossible-default", RuleChecks::impossibleDefault),
            on(BUGS, "impossible-not", ConditionChecks::impossibleNot),
            on(BUGS, "inconsistent-args", NamingChecks::inconsistentArgs),
            on(BUGS, "internal-entrypoint", NamingChecks::internalEntrypoint),
            on(BUGS, "invalid-metadata-attribute", MetadataChecks::invalidMetadataAttribute),
            on(BUGS, "leaked-internal-reference", NamingChecks::leakedInternalReference),
            on(BUGS, "not-equals-in-loop", ConditionChecks::notEqualsInLoop),
            on(BUGS, "redundant-existence-check", ConditionChecks::redundantExistenceCheck),
            on(BUGS, "redundant-loop-count", ConditionChecks::redundantLoopCount),
            on(BUGS, "rule-assigns-default", ConditionChecks::ruleAssignsDefault),
            on(BUGS, "rule-named-if", NamingChecks::ruleNamedIf),
            on(BUGS, "rule-shadows-builtin", NamingChecks::ruleShadowsBuiltin),
            on(BUGS, "sprintf-arguments-mismatch", CallChecks::sprintfArgumentsMismatch),
            on(BUGS, "time-now-ns-twice", CallChecks::timeNowNsTwice),
            on(BUGS, "top-level-iteration", IterationChecks::topLevelIteration),
            on(BUGS, "unassigned-return-value", CallChecks::unassignedReturnValue),
            on(BUGS, "unconditional-with-conditions", RuleChecks::unconditionalWithConditions),
            on(BUGS, "unused-output-variable", IterationChecks::unusedOutputVariable),
            on(BUGS, "var-shadows-builtin", NamingChecks::varShadowsBuiltin),
            on(BUGS, "zero-arity-function", RuleChecks::zeroArityFunction),
            off(CUSTOM, "disallow-rego-v1", ImportChecks::disallowRegoV1),
            off(CUSTOM, "forbidden-function-call", CallChecks::forbiddenFunctionCall),
            off(CUSTOM, "missing-metadata", MetadataChecks::missingMetadata),
            off(CUSTOM, "naming-convention", NamingChecks::namingConvention),
            off(CUSTOM, "one-liner-rule", RuleChecks::oneLinerRule),
            off(CUSTOM, "prefer-value-in-head", RuleChecks::preferValueInHead),
            on(IDIOMATIC, "ambiguous-scope", MetadataChecks::ambiguousScope),
            on(IDIOMATIC, "boolean-assignment", ConditionChecks::booleanAssignment),
            on(IDIOMATIC, "custom-has-key-construct", RuleChecks::customHasKeyConstruct),
            on(IDIOMATIC, "custom-in-construct", RuleChecks::customInConstruct),
            on(IDIOMATIC, "directory-package-mismatch", TextChecks::directoryPackageMismatch),
            on(IDIOMATIC, "equals-pattern-matching", RuleChecks::equalsPatternMatching),
            on(IDIOMATIC, "in-wildcard-key", IterationChecks::inWildcardKey),
            on(IDIOMATIC, "no-defined-entrypoint", MetadataChecks::noDefinedEntrypoint),
            on(IDIOMATIC, "non-raw-regex-pattern", CallChecks::nonRawRegexPattern),
            on(IDIOMATIC, "prefer-equals-comparison", ConditionChecks::preferEqualsComparison),
            on(IDIOMATIC, "prefer-set-or-object-rule", ComprehensionChecks::preferSetOrObjectRule),
            off(IDIOMATIC, "prefer-string-interpolation", CallChecks::preferStringInterpolation),
            on(IDIOMATIC, "single-item-in", CallChecks::singleItemIn),
            on(IDIOMATIC, "superfluous-object-get", ConditionChecks::superfluousObjectGet),
            on(IDIOMATIC, "use-array-flatten", CallChecks::useArrayFlatten),
            on(IDIOMATIC, "use-contains", TextChecks::useContains),
            on(IDIOMATIC, "use-if", TextChecks::useIf),
            on(IDIOMATIC, "use-in-operator", IterationChecks::useInOperator),
            on(IDIOMATIC, "use-object-keys", ComprehensionChecks::useObjectKeys),
            on(IDIOMATIC, "use-object-union-n", CallChecks::useObjectUnionN),
            on(IDIOMATIC, "use-some-for-output-vars", IterationChecks::useSomeForOutputVars),
            on(IDIOMATIC, "use-strings-count", CallChecks::useStringsCount),
            on(IMPORTS, "avoid-importing-input", ImportChecks::avoidImportingInput),
            on(IMPORTS, "circular-import", ImportChecks::circularImport),
            on(IMPORTS, "confusing-alias", ImportChecks::confusingAlias),
            on(IMPORTS, "ignored-import", ImportChecks::ignoredImport),
            on(IMPORTS, "implicit-future-keywords", ImportChecks::implicitFutureKeywords),
            on(IMPORTS, "import-after-rule", ImportChecks::importAfterRule),
            on(IMPORTS, "import-shadows-builtin", ImportChecks::importShadowsBuiltin),
            on(IMPORTS, "import-shadows-import", ImportChecks::importShadowsImport),
            on(IMPORTS, "pointless-import", ImportChecks::pointlessImport),
            on(IMPORTS, "prefer-package-imports", ImportChecks::preferPackageImports),
            on(IMPORTS, "redundant-alias", ImportChecks::redundantAlias),
            on(IMPORTS, "redundant-data-import", ImportChecks::redundantDataImport),
            on(IMPORTS, "unresolved-import", ImportChecks::unresolvedImport),
            on(IMPORTS, "unresolved-reference", ImportChecks::unresolvedReference),
            on(IMPORTS, "use-rego-v1", ImportChecks::useRegoV1),
            on(PERFORMANCE, "defer-assignment", IterationChecks::deferAssignment),
            off(PERFORMANCE, "equals-over-count", ConditionChecks::equalsOverCount),
            on(PERFORMANCE, "non-loop-expression", IterationChecks::nonLoopExpression),
            on(PERFORMANCE, "walk-no-path", CallChecks::walkNoPath),
            on(PERFORMANCE, "with-outside-test-context", TestingChecks::withOutsideTestContext),
            on(STYLE, "avoid-get-and-list-prefix", NamingChecks::avoidGetAndListPrefix),
            on(STYLE, "chained-rule-body", RuleChecks::chainedRuleBody),
            on(STYLE, "comprehension-term-assignment", ComprehensionChecks::comprehensionTermAssignment),
            on(STYLE, "default-over-else", RuleChecks::defaultOverElse),
            on(STYLE, "default-over-not", ConditionChecks::defaultOverNot),
            on(STYLE, "detached-metadata", MetadataChecks::detachedMetadata),
            on(STYLE, "double-negative", ConditionChecks::doubleNegative),
            on(STYLE, "external-reference", ImportChecks::externalReference),
            on(STYLE, "file-length", TextChecks::fileLength),
            on(STYLE, "function-arg-return", CallChecks::functionArgReturn),
            on(STYLE, "line-length", TextChecks::lineLength),
            on(STYLE, "messy-rule", RuleChecks::messyRule),
            on(STYLE, "mixed-iteration", IterationChecks::mixedIteration),
            on(STYLE, "no-whitespace-comment", TextChecks::noWhitespaceComment),
            on(STYLE, "opa-fmt", TextChecks::opaFmt),
            on(STYLE, "pointless-reassignment", RuleChecks::pointlessReassignment),
            on(STYLE, "prefer-snake-case", NamingChecks::preferSnakeCase),
            on(STYLE, "prefer-some-in-iteration", IterationChecks::preferSomeInIteration),
            on(STYLE, "rule-length", RuleChecks::ruleLength),
            on(STYLE, "rule-name-repeats-package", NamingChecks::ruleNameRepeatsPackage),
            on(STYLE, "todo-comment", TextChecks::todoComment),
            on(STYLE, "trailing-default-rule", RuleChecks::trailingDefaultRule),
            on(STYLE, "unconditional-assignment", ConditionChecks::unconditionalAssignment),
            on(STYLE, "unnecessary-some", IterationChecks::unnecessarySome),
            on(STYLE, "use-assignment-operator", RuleChecks::useAssignmentOperator),
            on(STYLE, "yoda-condition", ConditionChecks::yodaCondition),
            on(TESTING, "dubious-print-sprintf", CallChecks::dubiousPrintSprintf),
            on(TESTING, "file-missing-test-suffix", TestingChecks::fileMissingTestSuffix),
            on(TESTING, "identically-named-tests", TestingChecks::identicallyNamedTests),
            on(TESTING, "metasyntactic-variable", NamingChecks::metasyntacticVariable),
            on(TESTING, "print-or-trace-call", CallChecks::printOrTraceCall),
            on(TESTING, "test-outside-test-package", TestingChecks::testOutsideTestPackage),
            on(TESTING, "todo-test", TestingChecks::todoTest));

    private static final List<LintRule> ALL = described();
    private static final Map<String, LintRule> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(LintRule::name, Function.identity()));
    private static final Map<String, Check> CHECKS =
            TABLE.stream().collect(Collectors.toUnmodifiableMap(Entry::name, Entry::check));

    private Rules() {}

    private static Entry on(Category category, String name, Check check) {
        return new Entry(name, category, Level.ERROR, check);
    }

    private static Entry off(Category category, String name, Check check) {
        return new Entry(name, category, Level.IGNORE, check);
    }

    private static List<LintRule> described() {
        JsonNode words;
        try (InputStream in = Rules.class.getResourceAsStream("rules.yaml")) {
            words = YAMLMapper.shared().readTree(in == null ? new byte[0] : in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return TABLE.stream()
                .map(entry -> described(entry, words.path(entry.name())))
                .sorted(Comparator.comparing(LintRule::category).thenComparing(LintRule::name))
                .toList();
    }

    private static LintRule described(Entry entry, JsonNode words) {
        return new LintRule(
                entry.name(), entry.category(), entry.level(), words(words.path("finds")), words(words.path("write")));
    }

    private static Violation.Words words(JsonNode words) {
        return new Violation.Words(
                words.path("zh").asString(""), words.path("en").asString(""));
    }

    static List<LintRule> all() {
        return ALL;
    }

    static Optional<LintRule> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Check check(LintRule rule) {
        Check check = CHECKS.get(rule.name());
        if (check == null) {
            throw new IllegalArgumentException("no rule " + rule.name());
        }
        return check;
    }
}
