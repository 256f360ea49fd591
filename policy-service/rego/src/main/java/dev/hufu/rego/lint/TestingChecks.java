package dev.hufu.rego.lint;

import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tests, and what belongs into tests only. */
final class TestingChecks {
    private TestingChecks() {}

    private static List<Rule> tests(Linted module) {
        return module.module().rules().stream().filter(Linted::isTest).toList();
    }

    static void fileMissingTestSuffix(Linted module, Report report) {
        String file = module.file().replace('\\', '/');
        String name = file.substring(file.lastIndexOf('/') + 1);
        boolean named = name.endsWith("_test.rego") || name.equals("test.rego");
        if (!named && !tests(module).isEmpty()) {
            report.at(tests(module).getFirst());
        }
    }

    static void identicallyNamedTests(Linted module, Report report) {
        Set<String> seen = new HashSet<>();
        for (Rule rule : tests(module)) {
            if (!seen.add(Terms.name(rule)) && !Terms.hasDynamicName(rule)) {
                report.at(rule);
            }
        }
    }

    static void testOutsideTestPackage(Linted module, Report report) {
        if (!module.module().pkg().getLast().endsWith("_test")) {
            tests(module).stream()
                    .filter(rule -> Terms.firstName(rule).startsWith("test_"))
                    .forEach(report::at);
        }
    }

    static void todoTest(Linted module, Report report) {
        tests(module).stream()
                .filter(rule -> Terms.firstName(rule).startsWith("todo_test_"))
                .forEach(report::at);
    }

    static void withOutsideTestContext(Linted module, Report report) {
        if (module.isTestFile()) {
            return;
        }
        for (Rule rule : module.module().rules()) {
            if (!Linted.isTest(rule)) {
                for (Expr expr : new Tree(rule).exprs()) {
                    if (!expr.withs().isEmpty()) {
                        report.at(expr.withs().getFirst().at());
                    }
                }
            }
        }
    }
}
