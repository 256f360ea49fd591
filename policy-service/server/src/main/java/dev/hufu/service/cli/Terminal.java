package dev.hufu.service.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command sees of the world outside: environment, working directory, clock, the three streams and the keyboard.
 *
 * <p>{@code out} carries the answer and nothing else, so that it can be piped; {@code err} carries words for a person.
 * Both are UTF-8. {@code askPassword} reads without echo and is empty where there is no keyboard. For one thread.
 */
public record Terminal(
        Map<String, String> environment,
        Path directory,
        Clock clock,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Function<String, Optional<String>> askPassword) {

    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** The terminal of this process. */
    public static Terminal system() {
        return new Terminal(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.system(ZoneId.systemDefault()),
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Terminal::readWithoutEcho);
    }

    /** A variable of the environment; one that is set to nothing counts as not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * One line of standard input without its end.
     *
     * @throws UsageException if there is none
     */
    String readLine(String what) {
        try {
            // Not closed: the stream belongs to the process.
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw new UsageException("standard input is empty, it should hold " + what);
            }
            return line;
        } catch (IOException e) {
            throw new UsageException("standard input cannot be read: " + e.getMessage());
        }
    }

    private static PrintWriter utf8(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("SystemConsoleNull") // a JDK may be told to have none (-Djdk.console)
    private static Optional<String> readWithoutEcho(String prompt) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return Optional.empty();
        }
        char[] typed = console.readPassword("%s", prompt);
        return typed == null || typed.length == 0 ? Optional.empty() : Optional.of(new String(typed));
    }
}
