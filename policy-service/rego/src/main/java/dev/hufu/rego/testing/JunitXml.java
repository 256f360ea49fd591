package dev.hufu.rego.testing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results in the form that build servers read: a suite a package. */
public final class JunitXml {
    private JunitXml() {}

    public static String of(List<TestResult> results) {
        Map<String, List<TestResult>> suites = results.stream()
                .collect(
                        Collectors.groupingBy(result -> suite(result.path()), LinkedHashMap::new, Collectors.toList()));
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        suites.forEach((name, tests) -> suite(out, name, tests));
        return out.append("</testsuites>\n").toString();
    }

    private static String suite(String path) {
        return path.substring(0, path.lastIndexOf('.'));
    }

    private static long count(List<TestResult> tests, TestResult.Outcome outcome) {
        return tests.stream().filter(test -> test.outcome() == outcome).count();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.6f", took.toNanos() / 1e9);
    }

    private static void suite(StringBuilder out, String name, List<TestResult> tests) {
        Duration took = tests.stream().map(TestResult::took).reduce(Duration.ZERO, Duration::plus);
        out.append("  <testsuite name=\"").append(escape(name));
        out.append("\" tests=\"").append(tests.size());
        out.append("\" failures=\"").append(count(tests, TestResult.Outcome.FAIL));
        out.append("\" errors=\"").append(count(tests, TestResult.Outcome.ERROR));
        out.append("\" skipped=\"").append(count(tests, TestResult.Outcome.SKIP));
        out.append("\" time=\"").append(seconds(took)).append("\">\n");
        for (TestResult test : tests) {
            String own = test.path().substring(name.length() + 1);
            out.append("    <testcase classname=\"").append(escape(name));
            out.append("\" name=\"").append(escape(own));
            out.append("\" time=\"").append(seconds(test.took())).append("\"");
            out.append(inside(test)).append('\n');
        }
        out.append("  </testsuite>\n");
    }

    private static String inside(TestResult test) {
        String message = escape(test.detail());
        return switch (test.outcome()) {
            case PASS -> "/>";
            case FAIL -> "><failure message=\"" + message + "\"/></testcase>";
            case ERROR -> "><error message=\"" + message + "\"/></testcase>";
            case SKIP -> "><skipped/></testcase>";
        };
    }

    /** Text that may stand in an attribute; what XML cannot hold becomes a replacement character. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                case '\t' -> out.append("&#9;");
                default -> out.appendCodePoint(c < 0x20 || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c);
            }
        });
        return out.toString();
    }
}
