package dev.hufu.rego.lint;

import com.google.re2j.Pattern;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.format.Formatter;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The text itself: lengths, comments, where the file lies, and what only v0 lets one leave out. */
final class TextChecks {
    private static final Pattern TODO = Pattern.compile("^\\s*(?i:todo|fixme)\\b");
    private static final Pattern IF = Pattern.compile("\\bif\\b\\s*\\{?\\s*$");
    private static final Pattern CONTAINS = Pattern.compile("\\bcontains\\b");

    private TextChecks() {}

    static void fileLength(Linted module, Report report) {
        if (module.lines().size() > report.settings().number("max-file-length", 500)) {
            report.at(module.module().at(), String.valueOf(module.lines().size()));
        }
    }

    static void lineLength(Linted module, Report report) {
        int most = report.settings().number("max-line-length", 120);
        int unbreakable = report.settings().number("non-breakable-word-threshold", 0);
        for (int row = 1; row <= module.lines().size(); row++) {
            String line = module.line(row);
            int length = line.codePointCount(0, line.length());
            if (length > most && !(unbreakable > 0 && longestWord(line) > unbreakable)) {
                report.at(new Location(module.file(), row, 1), length + " > " + most);
            }
        }
    }

    private static int longestWord(String line) {
        int longest = 0;
        for (String word : line.split("\\s+")) {
            longest = Math.max(longest, word.codePointCount(0, word.length()));
        }
        return longest;
    }

    static void noWhitespaceComment(Linted module, Report report) {
        String except = report.settings().text("except-pattern", "");
        Pattern allowed = except.isEmpty() ? null : Pattern.compile(except);
        for (Module.Comment comment : module.module().comments()) {
            String text = comment.text();
            boolean tight = !text.isEmpty()
                    && !Character.isWhitespace(text.charAt(0))
                    && !text.chars().allMatch(c -> c == '#');
            if (tight && (allowed == null || !allowed.matcher(text).find())) {
                report.at(comment.row(), comment.column());
            }
        }
    }

    static void opaFmt(Linted module, Report report) {
        // how lines end is the editor's matter
        Source source = new Source(module.file(), module.source().text().replace("\r\n", "\n"));
        try {
            if (!Formatter.format(source, module.v0()).equals(source.text())) {
                report.at(module.module().at());
            }
        } catch (RegoCompileException refused) {
            // names that only v0 allows: their errors are told elsewhere
        }
    }

    static void todoComment(Linted module, Report report) {
        for (Module.Comment comment : module.module().comments()) {
            if (TODO.matcher(comment.text()).find()) {
                report.at(comment.row(), comment.column());
            }
        }
    }

    static void directoryPackageMismatch(Linted module, Report report) {
        String path = module.file().replace('\\', '/');
        int slash = path.lastIndexOf('/');
        List<String> pkg = module.module().pkg();
        String last = pkg.getLast();
        if (report.settings().flag("exclude-test-suffix", true) && last.endsWith("_test")) {
            pkg = new ArrayList<>(pkg);
            pkg.set(pkg.size() - 1, last.substring(0, last.length() - "_test".length()));
        }
        List<String> folders = slash < 0
                ? List.of()
                : Arrays.stream(path.substring(0, slash).split("/"))
                        .filter(folder -> !folder.isEmpty() && !folder.equals("."))
                        .toList();
        int known = Math.min(folders.size(), pkg.size());
        List<String> seen = folders.subList(folders.size() - known, folders.size());
        if (known > 0 && !seen.contains("..") && !seen.equals(pkg.subList(pkg.size() - known, pkg.size()))) {
            report.at(module.module().at(), String.join("/", pkg));
        }
    }

    static void useIf(Linted module, Report report) {
        if (!module.v0()) {
            return;
        }
        for (Rule rule : module.module().rules()) {
            for (Rule branch = rule; branch != null; branch = branch.orElse()) {
                if (lacksIf(module, branch)) {
                    report.at(branch);
                    break;
                }
            }
        }
    }

    private static boolean lacksIf(Linted module, Rule rule) {
        if (!rule.written().bodied() || rule.body().isEmpty() || startsElsewhere(module, rule)) {
            return false;
        }
        String head = module.between(rule.at(), rule.body().getFirst().at()).strip();
        return !IF.matcher(head).find();
    }

    /** A chained body, which has a rule of its own. */
    private static boolean startsElsewhere(Linted module, Rule rule) {
        return module.tree().rules().stream()
                .anyMatch(other -> !other.equals(rule)
                        && other.at().equals(rule.at())
                        && !other.body().isEmpty()
                        && other.body().getFirst().at().row()
                                < rule.body().getFirst().at().row());
    }

    static void useContains(Linted module, Report report) {
        if (!module.v0()) {
            return;
        }
        for (Rule rule : module.module().rules()) {
            if (rule.member() != null
                    && !CONTAINS.matcher(module.between(rule.at(), rule.member().at()))
                            .find()) {
                report.at(rule);
            }
        }
    }
}
