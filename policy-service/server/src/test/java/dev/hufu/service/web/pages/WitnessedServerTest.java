package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessSigningKey;
import dev.hufu.auditlog.witness.Witness;
import dev.hufu.auditlog.witness.WitnessServer;
import dev.hufu.service.Hufu;
import dev.hufu.service.HufuServerTest;
import dev.hufu.service.cli.CommandRun;
import dev.hufu.service.web.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import tools.jackson.databind.JsonNode;

/** A whole server whose two witnesses come late: what it says while they are gone, and when they have cosigned. */
class WitnessedServerTest {
    private static final String DECISION = """
            {"action":"query","dataset":"pay","fields":["monthly_pay"],"purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2"}""";

    @TempDir
    private Path root;

    private int port;

    private static WitnessSigningKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return WitnessSigningKey.ofSeed("council.example/w" + number, seed);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private WitnessServer witness(int number, int at, VerifierKey log) throws IOException {
        Path state = Files.createDirectories(root.resolve("w" + number));
        return WitnessServer.start(Witness.open(state, key(number), List.of(log), Clock.systemUTC()), at);
    }

    private static <T> T await(Supplier<Optional<T>> found) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (true) {
            Optional<T> now = found.get();
            if (now.isPresent()) {
                return now.get();
            }
            assertThat(System.nanoTime()).as("within four minutes").isLessThan(end);
            Thread.sleep(100);
        }
    }

    private Optional<JsonNode> status(String state) {
        JsonNode witnesses =
                Caller.account(port, "auditor").get("/api/v1/status").json().path("witnesses");
        return witnesses.path("state").asString().equals(state) ? Optional.of(witnesses) : Optional.empty();
    }

    @Test
    void start_withTwoWitnessesThatComeLate_failsClosedForD3AndGoesOnThenProves() throws Exception {
        int one = freePort();
        int two = freePort();
        String asked = key(1).verifierKey().text() + "=http://localhost:" + one + " "
                + key(2).verifierKey().text() + "=http://localhost:" + two;
        try (var server = new SpringApplicationBuilder(Hufu.class)
                .run(
                        "--hufu.root=" + root,
                        "--hufu.data=data",
                        "--server.port=0",
                        "--hufu.sample.employees=200",
                        "--hufu.demo-password=" + HufuServerTest.PASSWORD,
                        "--hufu.witnesses=" + asked)) {
            port = Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port"));
            await(() -> Optional.of(Caller.nobody(port).get("/actuator/health").status())
                    .filter(s -> s == 200));
            String id = Caller.account(port, "analyst")
                    .post("/api/v1/decisions", DECISION)
                    .json()
                    .at("/receipt/id")
                    .asString();
            withoutThem(id);
            VerifierKey log = VerifierKey.parse(Caller.nobody(port)
                    .get("/log/v1/log.vkey")
                    .response()
                    .body()
                    .strip());
            try (WitnessServer first = witness(1, one, log);
                    WitnessServer second = witness(2, two, log)) {
                assertThat(first.port()).isEqualTo(one);
                assertThat(second.port()).isEqualTo(two);
                withThem(id, log);
            }
            withoutThemAgain();
        }
    }

    private void withoutThem(String id) throws Exception {
        JsonNode amber = await(
                () -> status("amber").filter(w -> w.at("/members/1/trouble").isString()));
        assertThat(amber.path("threshold").asInt()).isEqualTo(2);
        assertThat(amber.at("/members/0/trouble").asString()).isEqualTo("away");
        await(() -> Optional.of(Caller.account(port, "analyst").get("/api/v1/receipts/" + id + "?level=D2"))
                .filter(answer -> answer.status() == 200));
        var refused = Caller.account(port, "analyst").get("/api/v1/receipts/" + id + "?level=D3");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("type").asString()).isEqualTo("/problems/receipt-level");
        assertThat(refused.json().path("level").asString()).isEqualTo("D2");
        assertThat(refused.json().at("/lacking/1/name").asString()).isEqualTo("council.example/w2");
        assertThat(refused.json().path("detail").asString())
                .contains("0 of 2 witnesses", "council.example/w1 (never cosigned; it cannot be reached)");
        assertThat(Caller.nobody(port).get("/actuator/health").status())
                .as("amber is not red")
                .isEqualTo(200);
        assertThat(Caller.nobody(port).get("/log/v1/checkpoint.cosigned").status())
                .isEqualTo(404);
        assertThat(Caller.account(port, "auditor")
                        .get("/actuator/metrics/hufu.witness.failures?tag=witness:council.example/w1")
                        .json()
                        .at("/measurements/0/value")
                        .asDouble())
                .isPositive();
        assertThat(PageReader.signedIn(port, "auditor").text("/witnesses?lang=en"))
                .contains("Entries wait for their witnesses.", "council.example/w2", "it cannot be reached; since");
        assertThat(PageReader.signedIn(port, "auditor").text("/witnesses?lang=zh"))
                .contains("有记录在等待见证方联署。", "无法连接；自");
        look("amber");
    }

    private void withThem(String id, VerifierKey log) throws Exception {
        await(() -> status("sound"));
        byte[] receipt = await(
                        () -> Optional.of(Caller.account(port, "analyst").get("/api/v1/receipts/" + id + "?level=D3"))
                                .filter(answer -> answer.status() == 200))
                .response()
                .body()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Path file = Files.write(root.resolve("receipt.json"), receipt);
        CommandRun verified = CommandRun.of(
                Map.of(),
                "",
                "receipt",
                "verify",
                file.toString(),
                "--key",
                log.text(),
                "--witness",
                key(1).verifierKey().text(),
                "--witness",
                key(2).verifierKey().text());
        assertThat(verified.code()).as(verified.err() + verified.out()).isZero();
        assertThat(verified.out())
                .contains(
                        "holds: D3 receipt",
                        "cosigned  by council.example/w1 at ",
                        "cosigned  by council.example/w2 at ")
                .contains("(a witness given with --witness)");
        assertThat(CommandRun.of(Map.of(), "", "receipt", "verify", file.toString(), "--json")
                        .out())
                .contains("\"level\" : \"D3\"", "\"witnesses\"", "\"given\" : false");
        assertThat(Caller.nobody(port)
                        .get("/log/v1/checkpoint.cosigned")
                        .response()
                        .body())
                .contains("— council.example/w1 ", "— council.example/w2 ");
        assertThat(PageReader.signedIn(port, "auditor").text("/witnesses?lang=en"))
                .contains("All 2 witnesses cosign.", "2 of 2 must have cosigned");
        assertThat(PageReader.signedIn(port, "analyst").text("/receipts/" + id + "?lang=en"))
                .contains("Cosigned by council.example/w1, council.example/w2");
        assertThat(PageReader.signedIn(port, "analyst").get("/witnesses").statusCode())
                .isEqualTo(403);
        look("sound");
    }

    /** None is left to satisfy the demand, whatever was cosigned before. */
    private void withoutThemAgain() throws Exception {
        Caller.account(port, "analyst").post("/api/v1/decisions", DECISION);
        await(() -> status("amber"));
        assertThat(PageReader.signedIn(port, "auditor").text("/witnesses?lang=en"))
                .contains("Entries wait for their witnesses.", "only receipts at level D3 wait")
                .doesNotContain("enough others do");
    }

    /** In a browser, where there is one: both languages, wide and narrow; the pictures are left for whoever wants to see. */
    private void look(String name) {
        Optional<Path> installed = Chromium.installed();
        if (installed.isEmpty()) {
            return;
        }
        try (Chromium browser = Chromium.start(installed.get(), "http://127.0.0.1:" + port)) {
            for (Language language : Language.values()) {
                for (int width : new int[] {360, 1440}) {
                    try (BrowserContext window = browser.window("auditor", language, width, true)) {
                        Page page = window.newPage();
                        ConsoleBrowserTest.sound(page, page.navigate("/witnesses"), language, width);
                        page.screenshot(new Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(Path.of(
                                        "target",
                                        "pictures",
                                        "witnesses-" + name + "-" + language.code() + "-" + width + ".png")));
                    }
                }
            }
        }
    }
}
