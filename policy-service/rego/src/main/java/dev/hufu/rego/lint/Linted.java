package dev.hufu.rego.lint;

import dev.hufu.rego.Source;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A module that parsed, with its text. */
final class Linted {
    private final Source source;
    private final Module module;
    private final boolean v0;
    private final List<String> lines;
    private final Tree tree;
    private final List<MetadataBlock> blocks;

    /** {@code v0}: it parsed as Rego v0 only. */
    Linted(Source source, Module module, boolean v0) {
        this.source = source;
        this.module = module;
        this.v0 = v0;
        this.lines = source.text().lines().toList();
        this.tree = new Tree(module);
        this.blocks = MetadataBlock.of(module.comments());
    }

    Source source() {
        return source;
    }

    String file() {
        return source.file();
    }

    Module module() {
        return module;
    }

    boolean v0() {
        return v0;
    }

    List<String> lines() {
        return lines;
    }

    /** The row's text, empty behind the end. */
    String line(int row) {
        return row >= 1 && row <= lines.size() ? lines.get(row - 1) : "";
    }

    Tree tree() {
        return tree;
    }

    List<MetadataBlock> blocks() {
        return blocks;
    }

    boolean isTestFile() {
        return file().endsWith("_test.rego");
    }

    static boolean isTest(Rule rule) {
        String name = Terms.firstName(rule);
        return name.startsWith("test_") || name.startsWith("todo_test_");
    }

    /** Rules of the same name together, in order of source. */
    Map<String, List<Rule>> byName() {
        Map<String, List<Rule>> named = new LinkedHashMap<>();
        for (Rule rule : module.rules()) {
            named.computeIfAbsent(Terms.name(rule), _ -> new ArrayList<>()).add(rule);
        }
        return named;
    }

    Set<String> aliases() {
        Set<String> aliases = new HashSet<>();
        for (Module.Import imported : module.imports()) {
            if (!imported.isOfKeywords()) {
                aliases.add(imported.alias());
            }
        }
        return aliases;
    }

    /** The character at the place, a space where there is none. */
    char charAt(Location at) {
        String line = line(at.row());
        int offset = offset(line, at.column());
        return offset < line.length() ? line.charAt(offset) : ' ';
    }

    /** What stands between two places, comments left out. */
    String between(Location from, Location to) {
        StringBuilder text = new StringBuilder();
        for (int row = from.row(); row <= to.row() && row <= lines.size(); row++) {
            String line = line(row);
            int end = row == to.row() ? offset(line, to.column()) : line.length();
            int comment = commentOffset(row);
            int start = row == from.row() ? offset(line, from.column()) : 0;
            end = Math.min(end, comment);
            if (start < end) {
                text.append(line, start, end);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int commentOffset(int row) {
        return module.comments().stream()
                .filter(comment -> comment.row() == row)
                .mapToInt(comment -> comment.column() - 1)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** Columns are code points, offsets are not. */
    static int offset(String line, int column) {
        int points = line.codePointCount(0, line.length());
        return line.offsetByCodePoints(0, Math.clamp(column - 1, 0, points));
    }

    /** The place of the name, text or sign that begins there. */
    Violation.Place place(Location at) {
        String line = line(at.row());
        int from = offset(line, at.column());
        int to = from;
        if (to < line.length() && line.charAt(to) == '"') {
            to++;
            while (to < line.length() && line.charAt(to) != '"') {
                to += line.charAt(to) == '\\' ? 2 : 1;
            }
            to++;
        } else {
            while (to < line.length()
                    && (Character.isLetterOrDigit(line.charAt(to)) || "_.".indexOf(line.charAt(to)) >= 0)) {
                to++;
            }
        }
        to = Math.min(line.length(), Math.max(to, from + 1));
        int length = to > from ? line.codePointCount(from, to) : 0;
        return new Violation.Place(file(), at.row(), at.column(), at.row(), at.column() + length);
    }
}
