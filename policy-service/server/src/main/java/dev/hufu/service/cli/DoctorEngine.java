package dev.hufu.service.cli;

import dev.hufu.service.cli.DoctorCommand.Finding;
import dev.hufu.service.cli.DoctorCommand.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What judges: by the settings in this environment, and by the running server's own word where a token may ask it. */
final class DoctorEngine {
    private static final String WHAT = "policy engine";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Terminal terminal;

    DoctorEngine(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param project against which a relative file is taken */
    Finding chosen(Path project) {
        String engine =
                terminal.variable("HUFU_POLICY_ENGINE").orElse("embedded").toLowerCase(Locale.ROOT);
        return switch (engine) {
            case "embedded" -> ok("embedded: the Rego engine inside the server");
            case "wasm" -> wasm(project);
            case "opa" -> opa();
            default -> fail("HUFU_POLICY_ENGINE is none of embedded, wasm, opa");
        };
    }

    /** What the running server says of itself; nothing without a token, or with one that may not ask. */
    Optional<Finding> serving() {
        Optional<String> token = terminal.variable("HUFU_TOKEN");
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Server server = Server.of(terminal, Server.bearer(token.get()));
        HttpResponse<byte[]> answer = server.exchange(
                server.request("/api/v1/status", "application/json").GET());
        @Nullable JsonNode policy = policy(answer.body());
        if (answer.statusCode() != 200 || policy == null) {
            return Optional.of(new Finding(
                    "engine in use", State.NOTE, "not told: HUFU_TOKEN may not read the status of " + server.base()));
        }
        String trouble = policy.path("trouble").asString("");
        return Optional.of(new Finding(
                "engine in use",
                trouble.isEmpty() ? State.OK : State.FAIL,
                policy.path("engine").asString("?") + " judges by policy "
                        + policy.path("version").asString("?") + (trouble.isEmpty() ? "" : ". " + trouble)));
    }

    private Finding wasm(Path project) {
        Optional<String> file = terminal.variable("HUFU_POLICY_WASM");
        if (file.isEmpty()) {
            return fail("wasm, and HUFU_POLICY_WASM names no bundle");
        }
        Path bundle = project.resolve(file.get()).normalize();
        return Files.isReadable(bundle) ? ok("wasm, from " + bundle) : fail("wasm, and " + bundle + " cannot be read");
    }

    private Finding opa() {
        Optional<String> url = terminal.variable("HUFU_OPA_URL");
        if (url.isEmpty()) {
            return fail("opa, and HUFU_OPA_URL names no server");
        }
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(URI.create(url.get()).resolve("/health?bundles"))
                    .timeout(PATIENCE);
            terminal.variable("HUFU_OPA_TOKEN").ifPresent(token -> request.header("Authorization", "Bearer " + token));
            int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
            return status == 200
                    ? ok("opa, a healthy server at " + url.get())
                    : fail("opa, and " + url.get() + " answers for its health with HTTP " + status);
        } catch (IllegalArgumentException e) {
            return fail("opa, and HUFU_OPA_URL is no address");
        } catch (IOException e) {
            return fail("opa, and " + url.get() + " does not answer: everything is denied until it does. Start it:"
                    + " opa run --server --addr 127.0.0.1:8181");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted");
        }
    }

    private static @Nullable JsonNode policy(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body).get("policy");
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Finding ok(String detail) {
        return new Finding(WHAT, State.OK, detail);
    }

    private static Finding fail(String detail) {
        return new Finding(WHAT, State.FAIL, detail);
    }
}
