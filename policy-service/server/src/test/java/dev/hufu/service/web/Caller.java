package dev.hufu.service.web;

import dev.hufu.service.HufuServerTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the interfaces in tests: who calls, and what came back. */
public record Caller(int port, String authorization) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return String.join(" | ", response.headers().allValues(name));
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }
    }

    public static Caller nobody(int port) {
        return new Caller(port, "");
    }

    public static Caller account(int port, String name) {
        return account(port, name, HufuServerTest.PASSWORD);
    }

    public static Caller account(int port, String name, String password) {
        byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Caller(port, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    public static Caller token(int port, String token) {
        return new Caller(port, "Bearer " + token);
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
