package dev.hufu.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.junit.jupiter.api.Test;

/** The README's five lines evaluate a policy, as they stand there. */
class ReadmeTest {
    private static final String POLICY = """
            package example

            allow if input.user == "alice"
            """;

    private static List<String> lines() throws Exception {
        Path module = Path.of(System.getProperty("hufu.root", "../..")).resolve("policy-service/rego");
        String readme = Files.readString(module.resolve("README.md"));
        int start = readme.indexOf("```java\n") + "```java\n".length();
        return readme.substring(start, readme.indexOf("```", start)).lines().toList();
    }

    @Test
    void example_asWritten_printsTheDecision() throws Exception {
        assertThat(lines()).hasSize(5);
        var printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            shell.addToClasspath(System.getProperty("java.class.path"));
            run(shell, "import dev.hufu.rego.*;");
            run(shell, "import java.util.*;");
            run(shell, "String text = \"\"\"\n" + POLICY + "\"\"\";");
            for (String line : lines()) {
                run(shell, line);
            }
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("true");
    }

    private static void run(JShell shell, String line) {
        assertThat(shell.eval(line)).as(line).allSatisfy(event -> {
            assertThat(event.status()).isEqualTo(Snippet.Status.VALID);
            assertThat(event.exception()).isNull();
        });
    }
}
