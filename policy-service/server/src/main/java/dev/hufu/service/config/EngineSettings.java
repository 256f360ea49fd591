package dev.hufu.service.config;

import dev.hufu.service.gate.EngineChoice;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings that choose what judges; those of an engine that is not chosen are passed over. */
final class EngineSettings {
    private static final String ENGINE = "hufu.policy.engine";
    private static final String WASM = "hufu.policy.wasm";
    private static final String URL = "hufu.opa.url";

    /** RFC 6750, 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,4096}=*");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final Settings settings;

    EngineSettings(Settings settings) {
        this.settings = settings;
    }

    /** @param root against which a relative path is taken */
    EngineChoice read(Path root) {
        String engine = settings.text(ENGINE).orElse("embedded");
        return switch (engine.toLowerCase(Locale.ROOT)) {
            case "embedded" -> new EngineChoice.Embedded();
            case "wasm" -> new EngineChoice.Wasm(bundle(root), deadline());
            case "opa" -> new EngineChoice.OpaServer(url(), token(), deadline());
            default ->
                throw Settings.refused(
                        ENGINE, engine, "is no engine", "Write HUFU_POLICY_ENGINE=embedded, wasm or opa");
        };
    }

    private Duration deadline() {
        return Duration.ofMillis(settings.whole("hufu.policy.deadline", 1_000, 10, 60_000));
    }

    private Path bundle(Path root) {
        String text = settings.text(WASM)
                .orElseThrow(() -> new SettingException(
                        "HUFU_POLICY_ENGINE is \"wasm\", and HUFU_POLICY_WASM names no bundle.",
                        "Set HUFU_POLICY_WASM to a tarball that OPA made: opa build -t wasm -e hufu/decision -o policy.tar.gz"
                                + " policies/house policies/lawpacks."));
        Path file = settings.path(WASM, root, root);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Settings.refused(
                    WASM,
                    text,
                    "is no file that can be read",
                    "Name a tarball that OPA made: opa build -t wasm -e hufu/decision -o policy.tar.gz policies/house"
                            + " policies/lawpacks");
        }
        return file;
    }

    private URI url() {
        String text = settings.text(URL)
                .orElseThrow(() -> new SettingException(
                        "HUFU_POLICY_ENGINE is \"opa\", and HUFU_OPA_URL names no server.",
                        "Set HUFU_OPA_URL to an OPA server of its own, such as HUFU_OPA_URL=http://127.0.0.1:8181."));
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw notAnAddress(text);
        }
        String scheme = url.getScheme();
        boolean root = url.getPath() != null
                && (url.getPath().isEmpty() || url.getPath().equals("/"));
        boolean plain = url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
        if (url.getHost() == null || !root || !plain || !("http".equals(scheme) || "https".equals(scheme))) {
            throw notAnAddress(text);
        }
        if ("http".equals(scheme) && !LOOPBACK.matcher(url.getHost()).matches()) {
            throw Settings.refused(
                    URL,
                    text,
                    "is another machine without TLS, so that whoever stands between could permit anything",
                    "Write an https address, or run OPA beside Hufu, such as HUFU_OPA_URL=http://127.0.0.1:8181");
        }
        return url;
    }

    private static SettingException notAnAddress(String text) {
        return Settings.refused(
                URL,
                text.replaceAll("//[^/@]*@", "//…@"),
                "is no address of an OPA server's root",
                "Write scheme, host and port, such as HUFU_OPA_URL=http://127.0.0.1:8181; a token goes to HUFU_OPA_TOKEN");
    }

    private Optional<String> token() {
        Optional<String> token = settings.text("hufu.opa.token");
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw new SettingException(
                    "HUFU_OPA_TOKEN holds characters that no bearer token has.",
                    "Write the token alone, without \"Bearer\", or leave it out.");
        }
        return token;
    }
}
