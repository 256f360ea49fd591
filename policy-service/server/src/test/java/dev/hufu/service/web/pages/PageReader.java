package dev.hufu.service.web.pages;

import dev.hufu.service.HufuServerTest;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without scripts or pictures: signs in and reads pages as they are sent. */
final class PageReader {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String base;
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private PageReader(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    static PageReader nobody(int port) {
        return new PageReader(port);
    }

    static PageReader signedIn(int port, String account) {
        return signedIn(port, account, HufuServerTest.PASSWORD);
    }

    static PageReader signedIn(int port, String account, String password) {
        PageReader reader = new PageReader(port);
        Matcher csrf = CSRF.matcher(reader.text("/login"));
        if (!csrf.find()) {
            throw new AssertionError("the sign-in page has no form");
        }
        String form = "username=%s&password=%s&_csrf=%s".formatted(encoded(account), encoded(password), csrf.group(1));
        HttpResponse<String> in = reader.send(HttpRequest.newBuilder(URI.create(reader.base + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (in.statusCode() != 302
                || in.headers().firstValue("location").orElse("").contains("error")) {
            throw new AssertionError(account + " cannot sign in");
        }
        return reader;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    String text(String path) {
        return get(path).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.header("Accept", "text/html").build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
