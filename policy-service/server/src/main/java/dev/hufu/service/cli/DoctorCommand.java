package dev.hufu.service.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Looks at what Hufu needs around it, and says of each finding what to do. */
@Command(
        name = "doctor",
        description = {
            "Check Java, the data and keys directories, disk, policy engine, port, server and clock; changes nothing.",
            "A server that is not running is a note, not a failure, unless HUFU_URL names it."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int NEEDED_JAVA = 25;
    private static final long LOW_BYTES = 2L << 30;
    private static final long TOO_LOW_BYTES = 200L << 20;
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final Instant BUILT_AFTER = Instant.parse("2026-01-01T00:00:00Z");

    /** How bad a finding is. */
    enum State {
        OK,
        NOTE,
        FAIL
    }

    /** One line of the report. */
    record Finding(String what, State state, String detail) {}

    @Spec
    private @Nullable CommandSpec spec;

    private final List<Finding> findings = new ArrayList<>();
    private boolean unreachable;

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        Terminal terminal = root.terminal();
        java();
        Path project =
                Path.of(System.getProperty("hufu.root", terminal.directory().toString()));
        Path data =
                project.resolve(terminal.variable("HUFU_DATA").orElse("data")).normalize();
        Path keys = terminal.variable("HUFU_KEYS")
                .map(project::resolve)
                .orElseGet(() -> data.resolveSibling(data.getFileName() + "-keys"))
                .normalize();
        directory("data directory", data);
        directory("keys directory", keys);
        onlyTheOwner(keys);
        disk(data);
        findings.add(new DoctorEngine(terminal).chosen(project));
        server(terminal);
        if (root.json()) {
            print(root);
        } else {
            for (Finding finding : findings) {
                terminal.out()
                        .printf(
                                Locale.ROOT,
                                "%-5s%-16s%s%n",
                                finding.state().name().toLowerCase(Locale.ROOT),
                                finding.what(),
                                finding.detail());
            }
        }
        boolean failed = findings.stream().anyMatch(finding -> finding.state() == State.FAIL);
        return unreachable ? HufuCommand.UNREACHABLE : failed ? HufuCommand.DOES_NOT : HufuCommand.HOLDS;
    }

    private void java() {
        int feature = Runtime.version().feature();
        found(
                "java",
                feature >= NEEDED_JAVA ? State.OK : State.FAIL,
                Runtime.version() + " at "
                        + System.getProperty("java.home")
                        + (feature >= NEEDED_JAVA ? "" : "; install JDK " + NEEDED_JAVA + " or set HUFU_JAVA"));
    }

    private void directory(String what, Path directory) {
        if (Files.isDirectory(directory)) {
            boolean usable = Files.isWritable(directory) && Files.isReadable(directory);
            found(
                    what,
                    usable ? State.OK : State.FAIL,
                    directory + (usable ? "" : " cannot be read and written by you"));
        } else if (Files.exists(directory)) {
            found(what, State.FAIL, directory + " is not a directory; move it away or name another");
        } else {
            Path parent = nearestExisting(directory);
            boolean usable = Files.isWritable(parent);
            found(
                    what,
                    usable ? State.OK : State.FAIL,
                    directory
                            + (usable
                                    ? " will be made at the first start"
                                    : " cannot be made: " + parent + " is not writable by you"));
        }
    }

    private void onlyTheOwner(Path keys) {
        try {
            if (Files.isDirectory(keys) && Files.getFileStore(keys).supportsFileAttributeView("posix")) {
                boolean open = Files.getPosixFilePermissions(keys).stream().anyMatch(DoctorCommand::forOthers);
                found(
                        "keys are private",
                        open ? State.FAIL : State.OK,
                        open ? keys + " is open to others: chmod 700 " + keys : "only the owner reads them");
            }
        } catch (IOException e) {
            found("keys are private", State.FAIL, "cannot look at " + keys + ": " + e.getMessage());
        }
    }

    private static boolean forOthers(PosixFilePermission permission) {
        return switch (permission) {
            case OWNER_READ, OWNER_WRITE, OWNER_EXECUTE -> false;
            case GROUP_READ, GROUP_WRITE, GROUP_EXECUTE, OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE -> true;
        };
    }

    private void disk(Path data) {
        try {
            long free = Files.getFileStore(nearestExisting(data)).getUsableSpace();
            State state = free < TOO_LOW_BYTES ? State.FAIL : free < LOW_BYTES ? State.NOTE : State.OK;
            found(
                    "disk",
                    state,
                    (free >> 20) + " MiB free for the data directory"
                            + (state == State.OK ? "" : "; the sample takes about 1 GiB, make room"));
        } catch (IOException e) {
            found("disk", State.FAIL, "cannot be measured: " + e.getMessage());
        }
    }

    private void server(Terminal terminal) {
        Server server = Server.of(terminal, null);
        HttpResponse<byte[]> health;
        try {
            health = server.exchange(
                    server.request("/actuator/health", "application/json").GET());
        } catch (UnreachableException e) {
            noServer(terminal, server);
            return;
        }
        Optional<String> status = status(health);
        if (status.isEmpty()) {
            found("server", State.FAIL, server.base() + " is taken by another program; set SERVER_PORT or HUFU_URL");
            return;
        }
        boolean up = status.get().equals("UP");
        found(
                "server",
                up ? State.OK : State.FAIL,
                server.base() + " is " + status.get()
                        + (up ? "" : "; while it starts this is normal, afterwards its own output says why"));
        if (up) {
            new DoctorEngine(terminal).serving().ifPresent(findings::add);
        }
        health.headers().firstValue("date").ifPresent(date -> clock(terminal, date));
    }

    private void noServer(Terminal terminal, Server server) {
        if (terminal.variable("HUFU_URL").isPresent()) {
            unreachable = true;
            found("server", State.FAIL, "no answer from " + server.base() + ", which HUFU_URL names");
        } else {
            int port = server.base().getPort();
            boolean free = bindable(port);
            found(
                    "server",
                    free ? State.NOTE : State.FAIL,
                    free
                            ? "not running; port " + port + " is free. Start it: mvn spring-boot:run"
                            : "port " + port + " is taken by another program; set SERVER_PORT");
        }
        Instant now = terminal.clock().instant();
        found(
                "clock",
                now.isBefore(BUILT_AFTER) ? State.FAIL : State.OK,
                now + (now.isBefore(BUILT_AFTER) ? " is before Hufu was built; set the clock" : ""));
    }

    private void clock(Terminal terminal, String date) {
        try {
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration skew = Duration.between(theirs, terminal.clock().instant()).abs();
            boolean near = skew.compareTo(SKEW) <= 0;
            found(
                    "clock",
                    near ? State.OK : State.FAIL,
                    near
                            ? "agrees with the server's"
                            : "differs from the server's by " + skew.toSeconds() + " s; set both by NTP");
        } catch (DateTimeParseException e) {
            found("clock", State.NOTE, "the server does not say its time");
        }
    }

    private static Optional<String> status(HttpResponse<byte[]> health) {
        try {
            return ProblemText.text(JsonMapper.shared().readTree(health.body()), "status");
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean bindable(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path nearestExisting(Path path) {
        Path nearest = path.toAbsolutePath();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }

    private void found(String what, State state, String detail) {
        findings.add(new Finding(what, state, detail));
    }

    private void print(HufuCommand root) {
        var report = JsonMapper.shared().createObjectNode();
        var list = report.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("what", finding.what())
                    .put("state", finding.state().name().toLowerCase(Locale.ROOT))
                    .put("detail", finding.detail());
        }
        root.print(report);
    }
}
