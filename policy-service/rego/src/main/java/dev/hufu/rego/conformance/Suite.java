package dev.hufu.rego.conformance;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of cases, and which of them this engine does not run, with a reason each. */
public final class Suite {
    private static final String EXCLUSIONS = "exclusions.txt";

    private final List<Case> cases;
    /** Reason by category, or by category and note. */
    private final Map<String, String> exclusions;

    private Suite(List<Case> cases, Map<String, String> exclusions) {
        this.cases = List.copyOf(cases);
        this.exclusions = exclusions;
    }

    /** Every {@code *.json} of the directory, in order of name. */
    public static Suite load(Path directory) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString();
                String category = name.substring(0, name.length() - ".json".length());
                Value content = Value.fromJson(Files.readString(file));
                if (!(content instanceof Obj document && document.get("cases") instanceof Arr listed)) {
                    throw new IOException(name + ": no `cases`");
                }
                for (Value one : listed) {
                    if (!(one instanceof Obj fields && fields.get("note") instanceof Str note)) {
                        throw new IOException(name + ": a case without `note`");
                    }
                    cases.add(new Case(category, note.value(), fields));
                }
            }
        }
        return new Suite(cases, exclusions());
    }

    private static Map<String, String> exclusions() {
        try (InputStream in = Suite.class.getResourceAsStream(EXCLUSIONS)) {
            Map<String, String> reasons = new LinkedHashMap<>();
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                int bar = line.indexOf('|');
                if (bar > 0 && !line.startsWith("#")) {
                    reasons.put(
                            line.substring(0, bar).strip(),
                            line.substring(bar + 1).strip());
                }
            }
            return reasons;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public List<Case> cases() {
        return cases;
    }

    /** Why the case is not run, if it is not. */
    public Optional<String> exclusion(Case one) {
        String reason = exclusions.get(one.category() + ": " + one.note());
        return Optional.ofNullable(reason != null ? reason : exclusions.get(one.category()));
    }

    /** A case that does not hold, and what differs. */
    public record Failure(String note, String text) {}

    /** How a category fared. */
    public record Tally(int passed, int excluded, List<Failure> failures) {
        public Tally {
            failures = List.copyOf(failures);
        }
    }

    /** Runs every case that is not excluded. */
    public Map<String, Tally> run() {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Case one : cases) {
            Tally before = tallies.getOrDefault(one.category(), new Tally(0, 0, List.of()));
            if (exclusion(one).isPresent()) {
                tallies.put(one.category(), new Tally(before.passed, before.excluded + 1, before.failures));
                continue;
            }
            Optional<String> failure = one.run();
            List<Failure> failures = new ArrayList<>(before.failures);
            failure.ifPresent(text -> failures.add(new Failure(one.note(), text)));
            int passed = before.passed + (failure.isEmpty() ? 1 : 0);
            tallies.put(one.category(), new Tally(passed, before.excluded, failures));
        }
        return tallies;
    }
}
