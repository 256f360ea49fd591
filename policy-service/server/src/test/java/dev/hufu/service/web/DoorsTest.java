package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.identity.Role;
import dev.hufu.service.web.security.Door;
import dev.hufu.service.web.security.Doors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every door × every role, over HTTP, against a table written down here a second time on purpose. */
@HufuServerTest
class DoorsTest {
    private static final Set<Role> ANY = EnumSet.allOf(Role.class);

    /** Method and address → who gets past the door; null: everyone, without signing in. */
    private static final Map<String, Optional<Set<Role>>> WANTED = Map.ofEntries(
            Map.entry("GET /actuator/health", Optional.empty()),
            Map.entry("GET /openapi.yaml", Optional.empty()),
            Map.entry("GET /.well-known/authzen-configuration", Optional.empty()),
            Map.entry("GET /log/v1/checkpoint", Optional.empty()),
            Map.entry("GET /log/v1/checkpoint.cosigned", Optional.empty()),
            Map.entry("GET /log/v1/log.vkey", Optional.empty()),
            Map.entry("GET /log/v1/tile/0/000", Optional.empty()),
            Map.entry("GET /log/v1/tile/entries/000", Optional.of(EnumSet.of(Role.AUDITOR))),
            Map.entry("POST /api/v1/queries", Optional.of(ANY)),
            Map.entry("POST /api/v1/queries/pre-check", Optional.of(ANY)),
            Map.entry("POST /api/v1/decisions", Optional.of(ANY)),
            Map.entry("POST /access/v1/evaluation", Optional.of(ANY)),
            Map.entry("GET /api/v1/receipts/none", Optional.of(ANY)),
            Map.entry("GET /api/v1/datasets", Optional.of(ANY)),
            Map.entry(
                    "GET /api/v1/status",
                    Optional.of(EnumSet.of(Role.ADMIN, Role.STEWARD, Role.SECURITY, Role.AUDITOR))),
            Map.entry("GET /actuator/metrics", Optional.of(EnumSet.of(Role.ADMIN, Role.SECURITY, Role.AUDITOR))),
            Map.entry("POST /api/v1/imports", Optional.of(EnumSet.of(Role.STEWARD, Role.ADMIN))),
            Map.entry("GET /api/v1/tokens", Optional.of(ANY)),
            Map.entry("POST /api/v1/tokens", Optional.of(ANY)),
            Map.entry("DELETE /api/v1/tokens/none", Optional.of(ANY)),
            Map.entry("GET /api/v1/account", Optional.of(ANY)),
            Map.entry("POST /api/v1/account/password", Optional.of(ANY)),
            Map.entry("GET /api/v1/accounts", Optional.of(EnumSet.of(Role.ADMIN))),
            Map.entry("POST /api/v1/accounts", Optional.of(EnumSet.of(Role.ADMIN))),
            Map.entry("GET /api/v1/accounts/none", Optional.of(EnumSet.of(Role.ADMIN))),
            Map.entry("PUT /api/v1/accounts/none", Optional.of(EnumSet.of(Role.ADMIN))),
            Map.entry("POST /api/v1/accounts/none/disable", Optional.of(EnumSet.of(Role.ADMIN))),
            Map.entry("POST /api/v1/accounts/none/enable", Optional.of(EnumSet.of(Role.ADMIN))),
            Map.entry("POST /api/v1/accounts/none/password", Optional.of(EnumSet.of(Role.ADMIN))));

    @LocalServerPort
    int port;

    @Autowired
    List<RequestMappingHandlerMapping> mappings;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void interfaces_eachWithEachRole_letPassWhomTheyShould() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (var wanted : WANTED.entrySet()) {
            String[] parts = wanted.getKey().split(" ");
            int anonymous = status(parts[0], parts[1], Optional.empty());
            if (wanted.getValue().isPresent() != (anonymous == 401)) {
                wrong.add(wanted.getKey() + " without signing in: " + anonymous);
            }
            for (Role role : Role.values()) {
                int status = status(parts[0], parts[1], Optional.of(role.wire()));
                boolean passed = status != 401 && status != 403;
                if (passed
                        != wanted.getValue().map(roles -> roles.contains(role)).orElse(true)) {
                    wrong.add(wanted.getKey() + " as " + role.wire() + ": " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void interfaces_inTheTable_areAllTriedHere() {
        Set<Door> tried = WANTED.keySet().stream()
                .map(key -> key.split(" "))
                .flatMap(parts -> Doors.leadingTo(HttpMethod.valueOf(parts[0]), parts[1]).stream())
                .collect(Collectors.toSet());
        assertThat(tried).containsAll(Doors.INTERFACES);
    }

    @Test
    void endpoints_thatTheServerServes_allHaveADoor() {
        Set<String> without = new TreeSet<>();
        for (RequestMappingHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, handler) -> {
                if (!handler.getBeanType().getPackageName().startsWith("dev.hufu")
                        || ErrorController.class.isAssignableFrom(handler.getBeanType())) { // forwarded to, never asked
                    return;
                }
                Stream<HttpMethod> methods =
                        info.getMethodsCondition().getMethods().isEmpty()
                                ? Stream.of(HttpMethod.GET)
                                : info.getMethodsCondition().getMethods().stream()
                                        .map(m -> HttpMethod.valueOf(m.name()));
                methods.forEach(method -> info.getPatternValues().stream()
                        .map(pattern ->
                                pattern.replaceAll("\\{[^}]*\\}", "none").replace("**", "none"))
                        .filter(path -> Doors.leadingTo(method, path).isEmpty() && !path.equals("/"))
                        .forEach(path -> without.add(method + " " + path)));
            });
        }
        assertThat(without).isEmpty();
    }

    private int status(String method, String path, Optional<String> account) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("[]"))
                .header("Content-Type", "application/json");
        account.ifPresent(name -> request.header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((name + ":" + HufuServerTest.PASSWORD)
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
