package dev.hufu.service.web.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import dev.hufu.service.HufuServerTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser that is on this machine, with a session for each account that asked for one. Nothing is downloaded. */
final class Chromium implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final String base;
    private final Map<String, String> sessions = new HashMap<>();

    private Chromium(Playwright playwright, Browser browser, String base) {
        this.playwright = playwright;
        this.browser = browser;
        this.base = base;
    }

    /** {@code HUFU_CHROMIUM}, or where distributions put it. */
    static Optional<Path> installed() {
        String named = System.getenv("HUFU_CHROMIUM");
        return Stream.of(
                        named == null ? "" : named,
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path executable, String base) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
        return new Chromium(playwright, browser, base);
    }

    /** A window of its own; signed in unless the account is empty. */
    BrowserContext window(String account, Language language, int width, boolean scripts) {
        var options = new Browser.NewContextOptions()
                .setBaseURL(base)
                .setViewportSize(width, 900)
                .setLocale(language.tag())
                .setJavaScriptEnabled(scripts);
        if (!account.isEmpty()) {
            options.setStorageState(sessions.computeIfAbsent(account, this::signIn));
        }
        BrowserContext window = browser.newContext(options);
        window.setDefaultTimeout(60_000);
        window.addCookies(List.of(new Cookie("lang", language.code()).setUrl(base)));
        return window;
    }

    private String signIn(String account) {
        try (BrowserContext window = browser.newContext(new Browser.NewContextOptions().setBaseURL(base))) {
            window.setDefaultTimeout(60_000);
            var page = window.newPage();
            page.navigate("/login");
            page.fill("#username", account);
            page.fill("#password", HufuServerTest.PASSWORD);
            page.click("main button.go");
            page.waitForURL(url -> !url.contains("/login"));
            return window.storageState();
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
