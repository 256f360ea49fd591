package dev.hufu.rego.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.rego.bundle.BundleFuzz;
import dev.hufu.rego.conformance.Case;
import dev.hufu.rego.conformance.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer, in a JVM of its own with a small heap, looks for inputs that reach new code. Whatever they are, nothing escapes but the engine's
 * own exceptions, none takes ten seconds, and the heap suffices. {@code -Dhufu.fuzz.seconds} is a target's time; by default the targets
 * together take ten minutes.
 */
@Tag("soak")
class CoverageGuidedTest {
    private static final String SECONDS = System.getProperty("hufu.fuzz.seconds", "200");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(classes = {CompilerFuzz.class, EvaluatorFuzz.class, BundleFuzz.class})
    void target_guidedByCoverage_throwsNothingOfItsOwn(Class<?> target) throws Exception {
        Path found = Files.createDirectories(folder.resolve("found"));
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        if (target != BundleFuzz.class) {
            seed(seeds);
        } else {
            BundleFuzz.seed(seeds);
        }
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=dev.hufu.rego.**",
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                        "-max_total_time=" + SECONDS,
                        "-timeout=10",
                        "-max_len=32768",
                        found.toString(),
                        seeds.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int code = process.waitFor();
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        System.out.println(target.getSimpleName() + ": " + lines.getLast());
        assertThat(code).as(text.substring(Math.max(0, text.length() - 4_000))).isZero();
    }

    /** Inputs and modules as OPA's cases have them, and the project's own policies. */
    private static void seed(Path folder) throws Exception {
        List<String> seeds = new ArrayList<>();
        Path root = Path.of(System.getProperty("hufu.root", "../.."));
        Path cases = root.resolve("../shared/data/rego-conformance");
        if (Files.isDirectory(cases)) {
            for (Case one : Suite.load(cases).cases()) {
                one.sources().forEach(source -> seeds.add("{\"a\": [1]}\n" + source.text()));
            }
        }
        try (Stream<Path> files = Files.walk(root.resolve("policies"))) {
            for (Path file : files.filter(one ->
                            one.toString().endsWith(".rego") && !one.toString().contains("target"))
                    .toList()) {
                seeds.add("{\"subject\": {\"roles\": [\"analyst\"]}}\n" + Files.readString(file));
            }
        }
        write(folder, seeds);
    }

    private static void write(Path folder, List<String> seeds) throws IOException {
        assertThat(seeds).isNotEmpty();
        for (int i = 0; i < seeds.size(); i++) {
            Files.writeString(folder.resolve(String.valueOf(i)), seeds.get(i));
        }
    }
}
