package dev.hufu.service.web.pages;

import dev.hufu.service.HufuServerTest;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody signed in to the console, without a browser: a session, forms with their token, no redirect followed. */
final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;
    private String token = "";

    private Visitor(int port) {
        base = "http://127.0.0.1:" + port;
    }

    static Visitor signedIn(int port, String account) {
        var visitor = new Visitor(port);
        visitor.get("/login?lang=en");
        HttpResponse<byte[]> in =
                visitor.post("/login", Map.of("username", account, "password", HufuServerTest.PASSWORD));
        if (in.statusCode() != 302) {
            throw new AssertionError("sign-in: " + in.statusCode());
        }
        return visitor;
    }

    HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    /** With the token of the page seen last. */
    HttpResponse<byte[]> post(String path, Map<String, String> fields) {
        return postAs(token, path, fields);
    }

    HttpResponse<byte[]> postAs(String csrf, String path, Map<String, String> fields) {
        String body = "_csrf=" + encode(csrf) + "&"
                + fields.entrySet().stream()
                        .map(f -> f.getKey() + "=" + encode(f.getValue()))
                        .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(
                    request.header("Accept", "text/html")
                            .timeout(Duration.ofMinutes(1))
                            .build(),
                    BodyHandlers.ofByteArray());
            Matcher found = TOKEN.matcher(text(response));
            token = found.find() ? found.group(1) : token;
            return response;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static String location(HttpResponse<byte[]> response) {
        return URI.create(response.headers().firstValue("Location").orElse("/none"))
                .getRawSchemeSpecificPart()
                .replaceFirst("^//[^/]*", "");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
