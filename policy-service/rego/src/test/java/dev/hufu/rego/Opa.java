package dev.hufu.rego;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The real one, as a process. */
public final class Opa {
    private static final long PATIENCE_SECONDS = 120;

    /**
     * What it printed; code -1 where there is none.
     *
     * @param text both its streams
     */
    public record Result(int code, String text) {}

    private Opa() {}

    public static boolean isThere() throws InterruptedException {
        return run(List.of("version")).code == 0;
    }

    public static Result run(List<String> args) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("opa"));
        command.addAll(args);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            // one that hangs neither ends its output
            CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .execute(process::destroyForcibly);
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), text);
        } catch (IOException missing) {
            return new Result(-1, "");
        }
    }
}
