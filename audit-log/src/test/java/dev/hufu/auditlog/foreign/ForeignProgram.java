package dev.hufu.auditlog.foreign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs a program that is not ours; where there is none, the test is skipped with a word. */
record ForeignProgram(int code, String output) {
    private static final long PATIENCE_SECONDS = 300;

    /** Runs {@code command} in {@code directory}. */
    static ForeignProgram run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " does not end");
        }
        return new ForeignProgram(process.exitValue(), output);
    }

    /** Runs {@code command}, without which the test makes no sense. */
    static ForeignProgram require(String reason, Path directory, String... command) throws InterruptedException {
        ForeignProgram run;
        try {
            run = run(directory, command);
        } catch (IOException e) {
            run = new ForeignProgram(-1, String.valueOf(e.getMessage()));
        }
        ForeignProgram done = run;
        Assumptions.assumeTrue(done.code() == 0, () -> reason + ": " + done.output());
        return done;
    }
}
