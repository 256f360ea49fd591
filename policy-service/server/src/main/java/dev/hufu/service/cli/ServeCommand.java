package dev.hufu.service.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Starts the server in this process; the only command that starts Spring. */
@Command(
        name = "serve",
        description = {
            "Start the server and stay until Ctrl-C.",
            "Further arguments go to Spring Boot as they are, for example --server.port=9090.",
            "Reads HUFU_DATA, HUFU_KEYS, HUFU_DEMO, HUFU_DEMO_PASSWORD, SERVER_PORT; see README."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Unmatched
    private List<String> rest = new ArrayList<>();

    @Override
    public Integer call() {
        try {
            HufuCommand.of(spec).serve(rest.toArray(String[]::new));
            return HufuCommand.STAYS;
        } catch (RuntimeException reported) {
            return HufuCommand.DOES_NOT; // Spring Boot has said why, in words where it has any
        }
    }
}
