package dev.hufu.rego.lint;

import com.google.re2j.Pattern;
import java.util.List;

/** Patterns of documents: {@code data.users}, {@code data.facts.*}, {@code **.test_*}; what is below a named document is meant, too. */
final class PathPatterns {
    private final List<Pattern> patterns;

    PathPatterns(List<String> globs) {
        patterns = globs.stream().map(PathPatterns::pattern).toList();
    }

    boolean matches(List<String> path) {
        String text = String.join(".", path);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                regex.append(c == '*' ? "[^.]*" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex + "(?:\\..*)?");
    }
}
