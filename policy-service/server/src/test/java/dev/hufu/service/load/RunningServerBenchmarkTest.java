package dev.hufu.service.load;

import dev.hufu.service.web.Caller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The running server, started by README's command with the whole sample: how long it takes to come up, what it holds when idle,
 * and how many decisions a second it answers, each with its durable entry, beside what the disk and its own HTTP would allow at
 * most. The limit of requests an account is lifted for the run. Prints lines of README's table; never fails for time.
 */
@Tag("soak")
class RunningServerBenchmarkTest {
    private static final String DECISION = """
            {"action":"query","dataset":"pay","fields":["monthly_pay","org_unit"],"purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2"}""";
    private static final Map<String, String> UNLIMITED = Map.of("HUFU_LIMITS_REQUESTS_PER_SECOND", "1000000");
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ROUNDS = 3;
    private static final int STARTS = 3;
    /** What the journal writes beside an entry: its id and lengths; nearly nothing, counted all the same. */
    private static final int AROUND_AN_ENTRY = 64;

    @TempDir
    Path directory;

    @Test
    void server_started_isMeasured() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        double first;
        try (RunningServer server = RunningServer.start(data, UNLIMITED)) {
            first = server.start().toMillis() / 1e3;
        }
        List<Double> later = new ArrayList<>();
        for (int i = 1; i < STARTS; i++) {
            try (RunningServer server = RunningServer.start(data, UNLIMITED)) {
                later.add(server.start().toMillis() / 1e3);
            }
        }
        try (RunningServer server = RunningServer.start(data, UNLIMITED)) {
            later.add(server.start().toMillis() / 1e3);
            later.sort(Comparator.naturalOrder());
            line(
                    "start, from the command to health UP with sample and publications",
                    "first %.1f s, later %.1f s".formatted(first, later.get(STARTS / 2)),
                    "bar 60 s, 30 s");
            Thread.sleep(ROUND.plus(ROUND));
            line(
                    "idle memory (RSS), 60,000 employees, 24 months",
                    "%d MiB, and PostgreSQL %d MiB".formatted(server.residentMebibytes(), server.databaseMebibytes()),
                    "heap bound: 2,048 MiB");
            decisions(server.port());
        }
    }

    private void decisions(int port) throws Exception {
        Caller analyst = Caller.account(port, "analyst");
        Caller.Answer one = analyst.post("/api/v1/decisions", DECISION);
        int entry = Base64.getDecoder()
                .decode(analyst.get("/api/v1/receipts/" + one.header("Hufu-Receipt"))
                        .json()
                        .path("entry")
                        .asString())
                .length;
        String token = analyst.post("/api/v1/tokens", "{}").json().path("token").asString();
        String basic = post(analyst.authorization());
        String bearer = post("Bearer " + token);
        String nothing = "GET /log/v1/checkpoint HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";
        Load.run(port, basic, 64, WARM_UP);
        Load.run(port, nothing, 64, ROUND);
        for (int connections : new int[] {1, 64}) {
            Load byPassword = median(port, basic, connections);
            Load byToken = median(port, bearer, connections);
            Load http = median(port, nothing, connections);
            double disk = forces(connections * (entry + AROUND_AN_ENTRY)) * connections;
            line(
                    "`POST /api/v1/decisions` with its durable entry (%,d bytes), %d connection%s"
                            .formatted(entry, connections, connections == 1 ? "" : "s"),
                    "Basic %s; token %s".formatted(spoken(byPassword), spoken(byToken)),
                    "%,.0f/s: write and force alone, %d a batch; %,.0f/s: a GET of the checkpoint"
                            .formatted(disk, connections, http.perSecond()));
        }
    }

    private static String post(String authorization) {
        return "POST /api/v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: "
                + authorization + "\r\nContent-Length: " + DECISION.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
                + DECISION;
    }

    private static Load median(int port, String request, int connections) throws Exception {
        List<Load> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(Load.run(port, request, connections, ROUND));
        }
        rounds.sort(Comparator.comparingDouble(Load::perSecond));
        return rounds.get(ROUNDS / 2);
    }

    private static String spoken(Load load) {
        return String.format(
                Locale.ROOT,
                "%,.0f/s (p50 %.1f ms, p99 %.1f ms)",
                load.perSecond(),
                load.p50Millis(),
                load.p99Millis());
    }

    /** Writes and forces a second of so many bytes each, at the end of a growing file. */
    private double forces(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        long count = 0;
        long begun = System.nanoTime();
        try (FileChannel file = FileChannel.open(
                directory.resolve("raw"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            for (; System.nanoTime() - begun < ROUND.toNanos() / 2; count++) {
                file.write(ByteBuffer.wrap(content));
                file.force(false);
            }
        }
        return count * 1e9 / (System.nanoTime() - begun);
    }

    private static void line(String what, String ours, String beside) {
        System.out.println("| " + what + " | " + ours + " | " + beside + " |");
    }
}
