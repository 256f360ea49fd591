package dev.hufu.rego.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hufu.rego.Arr;
import dev.hufu.rego.GeneratedProgram;
import dev.hufu.rego.Opa;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.Source;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.conformance.Case;
import dev.hufu.rego.conformance.Suite;
import dev.hufu.rego.syntax.Dialect;
import dev.hufu.rego.syntax.ModuleParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real {@code opa fmt} gives, byte for byte; and the laws that need no other. */
class FormatDifferentialTest {
    private static final Formatter.Language V1 = Formatter.Language.V1;
    private static final Formatter.Language V0 = Formatter.Language.V0;
    private static final String OPA_SOURCES = "go/pkg/mod/github.com/open-policy-agent/opa@v1.22.2/v1/format/testfiles";

    @TempDir
    Path directory = Path.of("");

    /** Modules of OPA's own cases. */
    private static List<String> conformance() throws IOException {
        String configured = System.getenv("HUFU_TEST_DATA");
        String root = System.getProperty("hufu.root", "../..");
        Path data = configured == null ? Path.of(root, "..", "shared", "data") : Path.of(configured);
        Path cases = data.resolve("rego-conformance");
        assumeTrue(Files.isDirectory(cases), "no conformance cases at " + cases);
        Set<String> texts = new LinkedHashSet<>();
        for (Case one : Suite.load(cases).cases()) {
            if (one.fields().get("modules") instanceof Arr modules) {
                for (Value module : modules) {
                    texts.add(module instanceof Str text ? text.value() : "");
                }
            }
        }
        return List.copyOf(texts);
    }

    private static List<String> generated(long seed, int count) {
        GeneratedProgram generator = new GeneratedProgram(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(generator.module("p" + i));
        }
        return texts;
    }

    private static List<String> mangled(Collection<String> texts, long seed) {
        List<String> mangled = new ArrayList<>();
        long next = seed;
        for (String text : texts) {
            mangled.add(new MangledText(next++).of(text));
        }
        return mangled;
    }

    private static List<String> testFiles(String folder) throws IOException {
        Path files = Path.of(System.getProperty("user.home"), OPA_SOURCES, folder);
        assumeTrue(Files.isDirectory(files), "OPA's source is not in the Go module cache");
        try (Stream<Path> all = Files.list(files)) {
            List<String> texts = new ArrayList<>();
            for (Path file : all.filter(path -> path.toString().endsWith(".rego"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    @Test
    void format_opasCases_isWhatOpaGives() throws Exception {
        assertAgrees(conformance(), V1);
    }

    @Test
    void format_opasFilesForItsOwnFormatter_isWhatOpaGives() throws Exception {
        assertAgrees(testFiles("v1"), V1);
        assertAgrees(testFiles("v0"), V0);
        assertAgrees(testFiles("v0"), Formatter.Language.V0_TO_V1);
        assertAgrees(testFiles("v0_to_v1"), Formatter.Language.V0_TO_V1);
    }

    @Test
    void format_generatedAndMangled_isWhatOpaGives() throws Exception {
        List<String> texts = generated(7, 150);
        assertAgrees(texts, V1);
        assertAgrees(mangled(texts, 1), V1);
    }

    @Test
    void format_operatorsOverBodies_isWhatOpaGives() throws Exception {
        List<String> texts = logic(1, 400);
        assertAgrees(texts, V1);
        assertAgrees(logic(1_000, 100), Formatter.Language.V0_TO_V1);
        assertAgrees(mangled(texts.subList(0, 200), 3), V1);
    }

    private static List<String> logic(long seed, int count) {
        return LongStream.range(seed, seed + count)
                .mapToObj(one -> new GeneratedLogic(one).module())
                .toList();
    }

    @Test
    void format_mangledFilesForOpasFormatter_isWhatOpaGives() throws Exception {
        for (int round = 0; round < 3; round++) {
            assertAgrees(mangled(testFiles("v1"), 100 * round), V1);
            assertAgrees(mangled(testFiles("v0"), 100 * round), V0);
        }
    }

    @Test
    @Tag("soak")
    void format_mangledCases_isWhatOpaGives() throws Exception {
        for (int round = 0; round < 5; round++) {
            assertAgrees(mangled(conformance(), 10_000L * round), V1);
        }
    }

    @Test
    void format_twice_isTheSameAndSaysTheSame() throws Exception {
        List<String> texts = new ArrayList<>(generated(11, 200));
        texts.addAll(mangled(generated(12, 200), 5));
        for (String text : texts) {
            Optional<String> once = ours(text, V1);
            if (once.isPresent()) {
                assertThat(meaning(once.get())).as(text).isEqualTo(meaning(text));
                if (!text.contains("#")) {
                    assertThat(ours(once.get(), V1)).as(text).isEqualTo(once);
                }
            }
        }
    }

    private static Value meaning(String text) {
        List<RegoError> errors = new ArrayList<>();
        return ModuleParser.parse(new Source("", text), Dialect.v1(), errors)
                .map(Meaning::of)
                .orElseThrow(() -> new AssertionError(errors + "\n" + text));
    }

    private static Optional<String> ours(String text, Formatter.Language language) {
        try {
            return Optional.of(Formatter.format(new Source("m.rego", text), language));
        } catch (RegoCompileException refused) {
            return Optional.empty();
        }
    }

    private static String flag(Formatter.Language language) {
        return switch (language) {
            case V1 -> "--v1-compatible";
            case V0 -> "--v0-compatible";
            case V0_TO_V1 -> "--v0-v1";
        };
    }

    private void assertAgrees(List<String> texts, Formatter.Language language) throws Exception {
        assumeTrue(Opa.isThere(), "no opa on the PATH");
        Path folder = Files.createTempDirectory(directory, "fmt");
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(folder.resolve("m" + i + ".rego"), texts.get(i));
        }
        Set<String> refused = opa(folder, language);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String name = "m" + i + ".rego";
            String text = texts.get(i);
            Optional<String> ours = ours(text, language);
            if (!refused.contains(name)) {
                String theirs = Files.readString(folder.resolve(name));
                if (!ours.map(FormatDifferentialTest::withoutLots).equals(Optional.of(withoutLots(theirs)))
                        && !losesCode(text, theirs, language)) {
                    differences.add("from\n" + text + "\nopa\n" + theirs + "\nours\n" + ours);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    /**
     * Behind an import of {@code rego.v1} OPA gives those of the operators' keywords their rows in a random order, and a comment that
     * stood in such a row to whichever comes there: the comment is taken off.
     */
    private static String withoutLots(String text) {
        return text.contains("import rego.v1")
                ? text.replaceAll("(import future\\.keywords\\.(and|not|or)) #.*", "$1")
                : text;
    }

    /** A comment in an odd place makes OPA drop code, or write what does not parse; here nothing is lost. */
    private static boolean losesCode(String text, String theirs, Formatter.Language language) {
        Dialect before = language == V1 ? Dialect.v1() : Dialect.v0();
        Dialect after = language == V1 ? Dialect.v1() : Dialect.v0();
        List<RegoError> errors = new ArrayList<>();
        Optional<Value> was =
                ModuleParser.parse(new Source("", text), before, errors).map(Meaning::of);
        Optional<Value> is =
                ModuleParser.parse(new Source("", theirs), after, errors).map(Meaning::of);
        return was.isPresent() && !was.equals(is);
    }

    /** Lays the folder's files out in place; what it refuses is taken out of the folder, and named. */
    private static Set<String> opa(Path folder, Formatter.Language language) throws Exception {
        Set<String> refused = new LinkedHashSet<>();
        List<String> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = new ArrayList<>(files.map(Path::toString).sorted().toList());
        }
        while (!left.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("fmt", "--write", "--check-result=false", flag(language)));
            command.addAll(left);
            Opa.Result result = Opa.run(command);
            if (result.code() == 0) {
                return refused;
            }
            int bad = firstNamed(left, result.text());
            refused.add(Path.of(left.get(bad)).getFileName().toString());
            left = new ArrayList<>(left.subList(bad + 1, left.size()));
        }
        return refused;
    }

    private static int firstNamed(List<String> files, String text) {
        for (int i = 0; i < files.size(); i++) {
            if (text.contains(files.get(i) + ":")) {
                return i;
            }
        }
        throw new AssertionError("opa fmt names no file: " + text);
    }
}
