package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.verify.LogVerifier;
import dev.hufu.service.HufuServerTest;
import dev.hufu.service.web.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged server as a process of its own, killed without warning: what it acknowledged is there when it is back. */
@Tag("soak")
class KilledServerIT {
    private static final String QUERY = """
            {"sql":"SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit",\
            "purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2","justification":"a test"}""";
    private static final String DECISION = """
            {"action":"query","dataset":"pay","fields":["monthly_pay"],"purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2"}""";
    private static final int MONTHS = 24;

    @TempDir(cleanup = CleanupMode.NEVER) // a PostgreSQL that outlived its server may still write there
    Path root;

    private Path data;
    private int port;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void choose() throws IOException {
        data = Files.createDirectories(root.resolve("数据 of the test"));
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void end() throws Exception {
        for (Process server : started) {
            kill(server);
        }
        Path pid = data.resolve("postgres/postmaster.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void server_killedUnderLoadTwice_losesNothingItAcknowledged() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < 2; round++) {
            Process server = start();
            awaitUp(server);
            load(server, acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(20);
        Process server = start();
        awaitUp(server);
        Caller analyst = Caller.account(port, "analyst");
        for (String id : acknowledged) {
            assertThat(analyst.get("/api/v1/receipts/" + id).status()).as(id).isEqualTo(200);
        }
        server.destroy();
        assertThat(server.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        assertThat(new LogVerifier(Optional.empty()).verify(data.resolve("log")).findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4, 8, 14})
    void server_killedDuringItsVeryFirstStart_comesUpWhole(long seconds) throws Exception {
        Process first = start();
        Thread.sleep(Duration.ofSeconds(seconds));
        kill(first);
        awaitUp(start());
        var status = Caller.account(port, "admin").get("/api/v1/status").json();
        assertThat(status.path("publications")
                        .path("populations")
                        .path("employees")
                        .path("periods")
                        .size())
                .isEqualTo(MONTHS);
    }

    @Test
    void server_secondOnTheSameData_saysSoAndLeavesTheFirstAlone() throws Exception {
        Process first = start();
        awaitUp(first);
        Process second = start();
        assertThat(second.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(second.exitValue()).isNotZero();
        assertThat(Files.readString(root.resolve("out-" + second.pid())))
                .contains("is in use by the process " + first.pid(), "HUFU_DATA")
                .doesNotContain("\tat ");
        assertThat(Caller.account(port, "analyst")
                        .post("/api/v1/queries", QUERY)
                        .status())
                .isEqualTo(200);
    }

    private void load(Process server, Queue<String> acknowledged) throws InterruptedException {
        var stop = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        int before = acknowledged.size();
        for (int i = 0; i < 8; i++) {
            boolean asks = i % 2 == 0;
            callers.add(Thread.ofVirtual().start(() -> {
                Caller analyst = Caller.account(port, "analyst");
                while (!stop.get()) {
                    try {
                        var answer = asks
                                ? analyst.post("/api/v1/queries", QUERY)
                                : analyst.post("/api/v1/decisions", DECISION);
                        if (answer.status() == 200) {
                            acknowledged.add(
                                    answer.json().path("receipt").path("id").asString());
                        }
                    } catch (UncheckedIOException killed) {
                        return;
                    }
                }
            }));
        }
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (acknowledged.size() < before + 50 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        kill(server);
        stop.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private Process start() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of(System.getProperty("hufu.root"), "policy-service/server/target/hufu.jar")
                        .toString(),
                "--hufu.root=" + root,
                "--hufu.data=" + data,
                "--hufu.sample.employees=3000",
                "--hufu.demo-password=" + HufuServerTest.PASSWORD,
                "--server.port=" + port);
        Path out = Files.createTempFile(root, "out", "");
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        Files.createSymbolicLink(root.resolve("out-" + server.pid()), out);
        started.add(server);
        return server;
    }

    private void awaitUp(Process server) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (true) {
            assertThat(server.isAlive()).as("the server runs").isTrue();
            try {
                if (Caller.nobody(port).get("/actuator/health").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException notYet) {
                assertThat(System.nanoTime()).as("up in five minutes").isLessThan(end);
            }
            Thread.sleep(250);
        }
    }

    private static void kill(Process server) throws InterruptedException {
        server.destroyForcibly();
        assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
