package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HufuCommandTest {
    @Test
    void run_withoutCommand_printsHelpWithExitCodes() {
        CommandRun run = CommandRun.of(Map.of(), "");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("query", "decide", "token", "doctor", "serve", "3   server or file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "decide", "token", "doctor", "serve"})
    void help_ofEachCommand_namesJsonAndExitCodes(String command) {
        CommandRun run = CommandRun.of(Map.of(), "", command, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("--json", "Exit codes:", "HUFU_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "query", "query SELECT", "token --expires soon -a x", "--unknown", "token list"})
    void run_usedWrongly_isTwoAndSaysHow(String args) {
        CommandRun run = CommandRun.of(Map.of("HUFU_PASSWORD", "p"), "", args.split(" "));
        assertThat(run.code()).isEqualTo(HufuCommand.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("hufu: ").contains("--help").doesNotContain("Exception");
    }

    @Test
    void query_withoutServer_isThreeAndSaysWhatToDo() throws IOException {
        CommandRun run = CommandRun.of(
                Map.of("HUFU_URL", "http://127.0.0.1:" + freePort(), "HUFU_TOKEN", "t"),
                "",
                "query",
                "SELECT count(*) FROM pay",
                "--purpose",
                "dpv:PersonnelPayment",
                "--legal-basis",
                "13-1-2");
        assertThat(run.code()).isEqualTo(HufuCommand.UNREACHABLE);
        assertThat(run.err()).contains("no server answers at", "Next:");
    }

    @Test
    void query_refusedWithReasons_isOneAndPrintsArticleAndRemedy() throws IOException {
        String problem = """
                {"title":"Denied","status":403,"detail":"No notice states this purpose.","decision":{"reasons":[
                {"rule":"purpose.notice","code":"purpose.notInNotice","article":"PIPL 17","text":{"zh":"无","en":"Not in a notice"},
                "remedy":{"zh":"无","en":"Publish a notice"}}]},"receipt":{"id":"r-1"}}""";
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = problem.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Map<String, String> environment =
                    Map.of("HUFU_URL", "http://127.0.0.1:" + server.getAddress().getPort(), "HUFU_TOKEN", "t");
            String[] args = {"query", "SELECT 1", "-p", "dpv:X", "-b", "13-1-2"};
            CommandRun run = CommandRun.of(environment, "", args);
            assertThat(run.code()).isEqualTo(HufuCommand.DOES_NOT);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("Denied", "Not in a notice [PIPL 17]", "Publish a notice", "Receipt: r-1");
            String[] json = {"query", "SELECT 1", "-p", "dpv:X", "-b", "13-1-2", "--json"};
            assertThat(CommandRun.of(environment, "", json).out()).contains("\"purpose.notInNotice\"");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://x", "http://user:pw@host", "http://", "not an address"})
    void url_thatIsNone_isAUsageError(String url) {
        CommandRun run = CommandRun.of(Map.of("HUFU_URL", url), "", "doctor");
        assertThat(run.code()).isEqualTo(HufuCommand.USAGE);
    }

    @ParameterizedTest
    @CsvSource({"90s,PT1M30S", "30m,PT30M", "8h,PT8H", "7d,PT168H", "PT15M,PT15M", "P2D,PT48H"})
    void duration_inItsForms_isRead(String text, Duration wanted) {
        assertThat(TokenCommand.duration(text)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0h", "-1h", "8", "h", "PT0S", "-PT8H", "9999999d", ""})
    void duration_ofNothing_isRefused(String text) {
        assertThatThrownBy(() -> TokenCommand.duration(text)).isInstanceOf(UsageException.class);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void unknownCommand_namesThoseThatThereAre() {
        CommandRun run = CommandRun.of(Map.of(), "", "policy", "chekc");
        assertThat(run.code()).isEqualTo(HufuCommand.USAGE);
        assertThat(run.err()).contains("there is no command chekc; there are check, test", "Try: hufu policy --help");
        assertThat(CommandRun.of(Map.of(), "", "policy", "check", "--strickt", "x")
                        .err())
                .contains("--strickt");
    }
}
