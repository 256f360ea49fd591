package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What no client library sends: refused by the container, the firewall or a filter, and told as a problem like all else. */
@HufuServerTest
class RawRequestsTest {
    @LocalServerPort
    int port;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            405 | TRACE /log/v1/checkpoint HTTP/1.1
            405 | TRACE /login HTTP/1.1
            405 | BREW /api/v1/decisions HTTP/1.1
            400 | GET /log/v1/tile/%2e%2e/%2e%2e/x HTTP/1.1
            400 | GET /log/v1/tile/../../hufu.lock HTTP/1.1
            400 | GET /log/v1/tile/0/%00 HTTP/1.1
            400 | GET /log/v1/tile/0/%0d%0aX:y HTTP/1.1
            400 | GET /log/v1/tile/0/..%2f..%2fx HTTP/1.1
            400 | GET /log/v1/tile/0/%zz HTTP/1.1
            400 | GET /log/v1/tile/0/{} HTTP/1.1
            400 | GET /login%00 HTTP/1.1
            505 | GET /log/v1/checkpoint HTTP/9.9
            501 | CONNECT /log/v1/checkpoint HTTP/1.1
            """)
    void request_lineThatIsNotTaken_isAProblem(int status, String line) throws IOException {
        problem(status, line + "\r\n" + host() + "\r\n");
    }

    @Test
    void request_tooLongOrMalformedHeaders_isAProblem() throws IOException {
        String get = "GET /log/v1/checkpoint HTTP/1.1\r\n";
        problem(400, get + "Connection: close\r\n\r\n");
        problem(400, get + host() + "X Y: 1\r\n\r\n");
        problem(400, get + host() + "X: a\u0001b\r\n\r\n");
        problem(400, get + host() + "X: " + "a".repeat(60_000) + "\r\n\r\n");
        problem(400, "GET /log/v1/tile/" + "a".repeat(60_000) + " HTTP/1.1\r\n" + host() + "\r\n");
        problem(417, get + host() + "Expect: banana\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: abc", "Content-Length: -1", "Content-Length: 5\r\nContent-Length: 6"})
    void body_lengthThatIsNone_isAProblem(String length) throws IOException {
        problem(400, "POST /api/v1/decisions HTTP/1.1\r\n" + host() + length + "\r\n\r\nabcdef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n", "5\r\nabc\r\n0\r\n\r\n"})
    void body_malformedChunks_isAProblem(String chunks) throws IOException {
        problem(
                400,
                "POST /api/v1/decisions HTTP/1.1\r\n" + host() + "Authorization: "
                        + Caller.account(port, "analyst").authorization()
                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
    }

    @Test
    void page_asked_isStillAPage() {
        var answer = Caller.nobody(port)
                .send(Caller.nobody(port).request("/problems/none").header("Accept", "text/html"));
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        var refused = Caller.nobody(port)
                .send(Caller.nobody(port).request("/log/v1/tile/%25").header("Accept", "text/html"));
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "ISO-8859-1", "GBK", "no-such-thing"})
    void charset_otherThanUtf8_isUnsupported(String charset) {
        Charset written = Charset.isSupported(charset) ? Charset.forName(charset) : StandardCharsets.UTF_8;
        var answer = new Calls(port)
                .post(
                        "analyst",
                        "/api/v1/decisions",
                        Calls.DECISION.getBytes(written),
                        "Content-Type",
                        "application/json; charset=" + charset);
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(Calls.json(answer).path("code").asString()).isEqualTo("body.charset");
    }

    @Test
    void body_inAnotherEncodingThanItSays_isMalformedAtItsByte() {
        var calls = new Calls(port);
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16, StandardCharsets.UTF_32BE}) {
            var answer = calls.post("analyst", "/api/v1/decisions", Calls.DECISION.getBytes(charset));
            assertThat(answer.statusCode()).as(charset.name()).isEqualTo(400);
            assertThat(Calls.json(answer).path("code").asString()).isEqualTo("body.utf8");
        }
        byte[] overlong = Calls.DECISION.replace("pay", "p\u0001\u0002").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < overlong.length; i++) {
            overlong[i] = overlong[i] == 1 ? (byte) 0xC0 : overlong[i] == 2 ? (byte) 0xAF : overlong[i];
        }
        var answer = calls.post("analyst", "/api/v1/decisions", overlong);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Calls.json(answer).path("detail").asString())
                .contains("byte " + (Calls.DECISION.indexOf("pay") + 2) + ".");
        assertThat(calls.post("analyst", "/api/v1/decisions", Calls.DECISION, "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(415);
    }

    private String host() {
        return "Host: localhost:" + port + "\r\nConnection: close\r\n";
    }

    private void problem(int status, String request) throws IOException {
        String answer;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Content-Type: application/problem+json");
        assertThat(answer).doesNotContainIgnoringCase("tomcat").doesNotContain("Exception", "<html");
        JsonNode problem =
                JsonMapper.shared().readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString()).isNotBlank();
    }
}
