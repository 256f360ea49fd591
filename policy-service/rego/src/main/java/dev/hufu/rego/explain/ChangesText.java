package dev.hufu.rego.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a search found, for a terminal: alternatives of one attribute in one row. */
public final class ChangesText {
    private static final int MAX_ROWS = 30;
    private static final int MAX_ALTERNATIVES = 12;

    private ChangesText() {}

    public static String of(Changes changes, Wanted wanted) {
        if (changes.holds()) {
            return "holds: " + wanted.value() + "\n";
        }
        StringBuilder out = new StringBuilder();
        List<String> rows = rows(changes);
        out.append(rows.isEmpty() ? "nothing found that gives " : "smallest changes that give ")
                .append(wanted.value())
                .append('\n');
        rows.stream()
                .limit(MAX_ROWS)
                .forEach(row -> out.append("  • ").append(row).append('\n'));
        if (rows.size() > MAX_ROWS) {
            out.append("  … and ").append(rows.size() - MAX_ROWS).append(" more\n");
        }
        return out.append(searched(changes)).append('\n').toString();
    }

    private static String searched(Changes changes) {
        StringBuilder out = new StringBuilder("searched ");
        if (changes.searched() > 0) {
            out.append(String.format(
                    Locale.ROOT,
                    "all changes of up to %d of %d attributes",
                    Math.min(changes.searched(), changes.attributes()),
                    changes.attributes()));
        }
        if (changes.searched() < changes.upTo()) {
            out.append(changes.searched() > 0 ? " and " : "")
                    .append("some of ")
                    .append(changes.searched() + 1)
                    .append(", then stopped at the search's limit");
        }
        out.append(String.format(Locale.ROOT, "; %,d evaluations", changes.evaluations()));
        if (changes.exceeded() > 0) {
            out.append(String.format(Locale.ROOT, ", %,d of them beyond their budget", changes.exceeded()));
        }
        return out.append(changes.domainsCut() ? "; an attribute has more values than were tried" : "")
                .toString();
    }

    /** A row for all proposals that differ in the value of their last field only. */
    private static List<String> rows(Changes changes) {
        Map<List<Object>, List<Change>> alternatives = new LinkedHashMap<>();
        for (Changes.Proposal proposal : changes.proposals()) {
            List<Change> all = proposal.changes();
            List<Object> key = new ArrayList<>(all.subList(0, all.size() - 1));
            key.add(all.getLast().to().isEmpty() ? all.getLast() : all.getLast().attribute());
            alternatives.computeIfAbsent(key, _ -> new ArrayList<>()).add(all.getLast());
        }
        List<String> rows = new ArrayList<>();
        alternatives.forEach((key, lasts) -> {
            List<String> parts = new ArrayList<>();
            key.subList(0, key.size() - 1).forEach(one -> parts.add(one.toString()));
            parts.add(row(lasts));
            rows.add(String.join("  and  ", parts));
        });
        return rows;
    }

    private static String row(List<Change> lasts) {
        String others = lasts.stream()
                .skip(1)
                .limit(MAX_ALTERNATIVES - 1)
                .flatMap(change -> change.to().stream())
                .map(value -> " or " + value)
                .collect(Collectors.joining());
        int left = lasts.size() - MAX_ALTERNATIVES;
        return lasts.getFirst() + others + (left > 0 ? String.format(Locale.ROOT, " or %d more", left) : "");
    }
}
