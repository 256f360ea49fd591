package dev.hufu.service.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.web.Caller;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Signing in to the pages, and everything that ends a session, as a browser sees it. */
@HufuServerTest
class SessionTest {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String PASSWORD = "quite a long password";

    @LocalServerPort
    int port;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @Test
    void anonymous_onAnyPage_isLedToSignInAndCostsNoSession() throws Exception {
        HttpResponse<String> home = get("/");
        assertThat(home.statusCode()).isEqualTo(303);
        assertThat(home.headers().firstValue("location")).hasValue("/login");
        assertThat(get("/login").statusCode()).isEqualTo(200);
        assertThat(cookies.getCookieStore().getCookies())
                .extracting(HttpCookie::getName)
                .doesNotContain("HUFU_SESSION");
    }

    @Test
    void scriptsFetch_withoutASession_isToldToLeaveThePage() throws Exception {
        HttpResponse<String> part = browser.send(
                request("/query").header("HX-Request", "true").GET().build(), BodyHandlers.ofString());
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("hx-redirect")).hasValue("/login");
    }

    @Test
    void form_sentAfterTheSessionEnded_leadsToSignIn() throws Exception {
        HttpResponse<String> answer =
                browser.send(form("/query", Map.of("sql", "SELECT count(*) FROM pay")), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).hasValue("/login?expired");
    }

    @Test
    void signIn_withoutTheFormsOwnToken_isRefused() throws Exception {
        HttpResponse<String> answer = browser.send(
                form("/login", Map.of("username", "analyst", "password", HufuServerTest.PASSWORD)),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void signIn_withAWrongPassword_saysSoOnTheSamePage() throws Exception {
        assertThat(signIn("analyst", "wrong").headers().firstValue("location").orElse(""))
                .endsWith("/login?error");
        assertThat(get("/login?error").body()).contains("role=\"status\"");
    }

    @Test
    void session_ofARole_opensItsPagesOnlyAndNoInterface() throws Exception {
        HttpResponse<String> answer = signIn("employee", HufuServerTest.PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(String.join(";", answer.headers().allValues("set-cookie")))
                .contains("HUFU_SESSION=", "HttpOnly", "SameSite=Lax");
        assertThat(get("/query").statusCode()).isEqualTo(403);
        assertThat(get("/policy").statusCode()).isEqualTo(403);
        assertThat(get("/my-data").statusCode()).isNotIn(303, 401, 403);
        assertThat(get("/api/v1/account").statusCode()).isEqualTo(401);
    }

    @Test
    void session_whenItsAccountIsDisabled_endsWithTheNextClick() throws Exception {
        String name = account();
        assertThat(signIn(name, PASSWORD).statusCode()).isEqualTo(302);
        assertThat(get("/account/password").statusCode()).isEqualTo(200);
        Caller.account(port, "admin").post("/api/v1/accounts/" + name + "/disable", "");
        assertThat(get("/account/password").statusCode()).isEqualTo(303);
        Caller.account(port, "admin").post("/api/v1/accounts/" + name + "/enable", "");
        assertThat(get("/account/password").statusCode()).isEqualTo(303);
    }

    @Test
    void session_afterSignOut_isOver() throws Exception {
        signIn("analyst", HufuServerTest.PASSWORD);
        String csrf = csrf(get("/account/password").body());
        HttpResponse<String> out = browser.send(form("/logout", Map.of("_csrf", csrf)), BodyHandlers.ofString());
        assertThat(out.headers().firstValue("location").orElse("")).endsWith("/login?logout");
        assertThat(get("/account/password").statusCode()).isEqualTo(303);
    }

    @Test
    void oneTimePassword_onThePages_leadsToItsReplacementAndNowhereElse() throws Exception {
        Caller admin = Caller.account(port, "admin");
        String name = "once-" + System.nanoTime();
        String oneTime = admin.post("/api/v1/accounts", "{\"name\":\"" + name + "\",\"roles\":[\"legal\"]}")
                .json()
                .path("oneTimePassword")
                .asString();
        assertThat(signIn(name, oneTime).statusCode()).isEqualTo(302);
        for (String page : new String[] {"/", "/policy", "/anything"}) {
            assertThat(get(page).headers().firstValue("location").orElse("")).isEqualTo("/account/password");
        }
        assertThat(replace(oneTime, PASSWORD, "another long password").body()).contains("note no");
        assertThat(replace("not this one", PASSWORD, PASSWORD).body()).contains("note no");
        assertThat(replace(oneTime, "short", "short").body()).contains("note no");
        HttpResponse<String> done = replace(oneTime, PASSWORD, PASSWORD);
        assertThat(done.headers().firstValue("location").orElse("")).endsWith("/login?replaced");
        assertThat(get("/policy").statusCode()).isEqualTo(303);
        assertThat(signIn(name, PASSWORD).statusCode()).isEqualTo(302);
        assertThat(get("/policy").statusCode()).isNotIn(303, 401, 403);
    }

    private String account() {
        String name = "page-" + System.nanoTime();
        String oneTime = Caller.account(port, "admin")
                .post("/api/v1/accounts", "{\"name\":\"" + name + "\",\"roles\":[\"analyst\"]}")
                .json()
                .path("oneTimePassword")
                .asString();
        Caller.account(port, name, oneTime)
                .post("/api/v1/account/password", "{\"current\":\"" + oneTime + "\",\"new\":\"" + PASSWORD + "\"}");
        return name;
    }

    private HttpResponse<String> replace(String current, String wanted, String again) throws Exception {
        String csrf = csrf(get("/account/password").body());
        return browser.send(
                form("/account/password", Map.of("current", current, "wanted", wanted, "again", again, "_csrf", csrf)),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> signIn(String name, String password) throws Exception {
        String csrf = csrf(get("/login").body());
        return browser.send(
                form("/login", Map.of("username", name, "password", password, "_csrf", csrf)), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/html");
    }

    private HttpRequest form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String csrf(String page) {
        Matcher found = CSRF.matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
