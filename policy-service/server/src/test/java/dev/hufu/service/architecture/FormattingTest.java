package dev.hufu.service.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java source has the one layout. Spotless checks the same when Maven runs on JDK 21 or later; Maven may run on 17, whose
 * compiler cannot parse these sources, so the check stands here, on the JDK that the toolchain picked.
 */
class FormattingTest {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void sources_all_haveTheOneLayout() throws IOException {
        Path root = Path.of(System.getProperty("hufu.root"));
        List<String> unformatted;
        try (Stream<Path> files = Stream.of("audit-log", "anonymizer", "policy-service/rego", "policy-service/server")
                .flatMap(m -> walk(root.resolve(m).resolve("src")))) {
            unformatted = files.flatMap(p -> firstDifference(p).stream().map(d -> root.relativize(p) + d))
                    .toList();
        }
        assertThat(unformatted)
                .as("run `mvn spotless:apply` with JAVA_HOME at a JDK 25")
                .isEmpty();
    }

    private static Stream<Path> walk(Path dir) {
        try {
            return Files.walk(dir).filter(p -> p.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Optional<String> firstDifference(Path file) {
        try {
            String source = Files.readString(file);
            // the same three steps, in the same order, as Spotless takes
            String formatted = FORMATTER.formatSource(source);
            formatted = RemoveUnusedImports.removeUnusedImports(formatted);
            formatted = ImportOrderer.reorderImports(formatted, JavaFormatterOptions.Style.PALANTIR);
            if (formatted.equals(source)) {
                return Optional.empty();
            }
            List<String> have = source.lines().toList();
            List<String> want = formatted.lines().toList();
            int line = 0;
            while (line < have.size() && line < want.size() && have.get(line).equals(want.get(line))) {
                line++;
            }
            return Optional.of(":" + (line + 1) + " wants: " + (line < want.size() ? want.get(line) : "(end of file)"));
        } catch (IOException | FormatterException e) {
            return Optional.of(": " + e.getMessage());
        }
    }
}
