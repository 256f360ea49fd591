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
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A directory of cases, and which of them this engine does not run, with a reason each. */
public final class Suite {
    private static final String EXCLUSIONS = "exclusions.txt";
    private static final int MAX_DEPTH = 8;
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final List<Case> cases;
    /** Reason by category, or by category and note. */
    private final Map<String, String> exclusions;

    private Suite(List<Case> cases, Map<String, String> exclusions) {
        this.cases = List.copyOf(cases);
        this.exclusions = exclusions;
    }

    /**
     * Every case below the directory, in order of path. A {@code *.json} is a category; of {@code *.yaml}, as in OPA's own
     * source, the folder is, and what lies below a folder {@code v0} is Rego v0.
     */
    public static Suite load(Path directory) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory, MAX_DEPTH)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json")) {
                    Value content = Value.fromJson(Files.readString(file));
                    add(cases, name.substring(0, name.length() - ".json".length()), file, content);
                } else if (name.endsWith(".yaml")) {
                    add(cases, folder(file), file, Value.fromJson(YAML.readTree(file)));
                }
            }
        } catch (JacksonException malformed) {
            throw new IOException("no YAML: " + malformed.getOriginalMessage(), malformed);
        }
        return new Suite(cases, exclusions());
    }

    private static String folder(Path file) {
        Path folder = file.getParent();
        return folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
    }

    private static void add(List<Case> cases, String category, Path file, Value content) throws IOException {
        if (!(content instanceof Obj document && document.get("cases") instanceof Arr listed)) {
            throw new IOException(file + ": no `cases`");
        }
        boolean v0 = StreamSupport.stream(file.spliterator(), false)
                .anyMatch(part -> part.toString().equals("v0"));
        for (Value one : listed) {
            if (!(one instanceof Obj fields && fields.get("note") instanceof Str note)) {
                throw new IOException(file + ": a case without `note`");
            }
            cases.add(new Case(category, note.value(), v0, fields));
        }
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
