package dev.hufu.service.web;

import dev.hufu.service.HufuServerTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller from outside: plain HTTP against the running server. */
final class Calls {
    static final String QUERY = """
            {"sql":"SELECT org_unit, count(*), avg(monthly_pay) FROM pay GROUP BY org_unit",\
            "purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2","justification":"a test from outside"}""";
    static final String DECISION = """
            {"action":"query","dataset":"pay","fields":["monthly_pay"],"purpose":"dpv:PersonnelPayment","legalBasis":"13-1-2"}""";

    /** A request for a decision about one person. */
    static String naming(String action, String employeeId) {
        return DECISION.replace("query", action).replace("}", ",\"subjects\":[\"" + employeeId + "\"]}");
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String base;

    Calls(int port) {
        this.base = "http://localhost:" + port;
    }

    /** Waits until questions can be asked. */
    Calls ready() {
        long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        while (get("", "/actuator/health").statusCode() != 200) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not ready in four minutes");
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return this;
    }

    HttpResponse<byte[]> get(String account, String path, String... headers) {
        return send(request(account, path, headers).GET());
    }

    HttpResponse<byte[]> post(String account, String path, String body, String... headers) {
        return post(account, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    HttpResponse<byte[]> post(String account, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = request(account, path, headers);
        if (request.build().headers().firstValue("Content-Type").isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String account, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(1));
        if (!account.isEmpty()) {
            String credential = account + ":" + HufuServerTest.PASSWORD;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8)));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        return JSON.readTree(response.body());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
