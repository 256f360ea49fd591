package dev.hufu.rego.lint;

import com.google.re2j.Pattern;
import java.util.List;

/** Patterns of files, as in {@code .gitignore}: {@code *_test.rego}, {@code vendor/}, {@code a/**}{@code /b.rego}, {@code /only/here.rego}. */
final class FilePatterns {
    private final List<Pattern> patterns;

    FilePatterns(List<String> globs) {
        patterns = globs.stream()
                .filter(glob -> !glob.isBlank())
                .map(FilePatterns::pattern)
                .toList();
    }

    /** With slashes between the names. */
    boolean matches(String file) {
        String path = file.replace('\\', '/');
        String plain = path.startsWith("./") ? path.substring(2) : path;
        return patterns.stream().anyMatch(pattern -> pattern.matcher(plain).find());
    }

    private static Pattern pattern(String glob) {
        boolean rooted = glob.startsWith("/");
        String body = rooted ? glob.substring(1) : glob;
        boolean anywhere = !rooted;
        StringBuilder regex = new StringBuilder(anywhere ? "(?:^|/)" : "^/?");
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '*' && body.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (c == '*' && body.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.append(body.endsWith("/") ? "" : "(?:/|$)").toString());
    }
}
