package dev.hufu.service.cli;

import dev.hufu.service.config.CaseFolder;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** One command run in this process, with what it printed. */
public record CommandRun(int code, String out, String err) {
    public static CommandRun of(Map<String, String> environment, String input, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(
                environment,
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                prompt -> Optional.empty());
        int code = HufuCommand.run(
                terminal,
                rest -> {
                    throw new AssertionError("no command but serve starts the server");
                },
                CaseFolder::documents,
                args);
        return new CommandRun(code, out.toString(), err.toString());
    }
}
