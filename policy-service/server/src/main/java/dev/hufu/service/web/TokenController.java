package dev.hufu.service.web;

import dev.hufu.service.identity.AccessToken;
import dev.hufu.service.identity.TokenGrant;
import dev.hufu.service.identity.TokenScope;
import dev.hufu.service.identity.Tokens;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Purpose;
import dev.hufu.service.web.security.CallerAuthentication;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tokens of the account that calls. */
@RestController
@RequestMapping(path = "/api/v1/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
class TokenController {
    private static final int MAX_NOTE = 200;

    /** What is asked for; whatever is left out does not narrow; scopes are then all of the roles' but the log. */
    record Wanted(
            @Nullable List<String> scopes,
            @Nullable List<String> purposes,
            @Nullable List<String> datasets,
            @Nullable String expiresIn,
            @Nullable String note) {}

    /** A token as it is listed. */
    record Listed(
            String id,
            String prefix,
            String state,
            List<String> scopes,
            List<String> purposes,
            List<String> datasets,
            String note,
            Instant createdAt,
            Instant expiresAt) {}

    /** A new token; {@code token} is shown this once. */
    record Made(
            String id,
            String token,
            List<String> scopes,
            List<String> purposes,
            List<String> datasets,
            String note,
            Instant expiresAt) {}

    /** The account's tokens, newest first. */
    record All(List<Listed> tokens) {}

    private final Tokens tokens;
    private final Vocabulary vocabulary;
    private final Clock clock;

    TokenController(Tokens tokens, Vocabulary vocabulary, Clock clock) {
        this.tokens = tokens;
        this.vocabulary = vocabulary;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Made> make(@RequestBody Wanted wanted, CallerAuthentication caller) {
        String note = wanted.note() == null ? "" : wanted.note().strip();
        if (note.length() > MAX_NOTE) {
            throw invalid("note has at most " + MAX_NOTE + " characters", "note 最多 " + MAX_NOTE + " 个字符");
        }
        Tokens.Made made = tokens.make(caller.account(), grant(wanted, caller), life(wanted.expiresIn()), note);
        AccessToken token = made.token();
        return ResponseEntity.created(URI.create("/api/v1/tokens/" + token.id()))
                .body(new Made(
                        token.id(),
                        made.secret(),
                        words(token.grant().scopes(), TokenScope::wire),
                        words(token.grant().purposes(), Purpose::curie),
                        words(token.grant().datasets(), DatasetName::value),
                        token.note(),
                        token.expiresAt()));
    }

    @GetMapping
    All list(CallerAuthentication caller) {
        Instant now = clock.instant();
        return new All(tokens.list(caller.account().id()).stream()
                .map(token -> new Listed(
                        token.id(),
                        token.prefix(),
                        token.state(now).name().toLowerCase(Locale.ROOT),
                        words(token.grant().scopes(), TokenScope::wire),
                        words(token.grant().purposes(), Purpose::curie),
                        words(token.grant().datasets(), DatasetName::value),
                        token.note(),
                        token.createdAt(),
                        token.expiresAt()))
                .toList());
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(@PathVariable String id, CallerAuthentication caller) {
        tokens.revoke(caller.account(), id);
        return ResponseEntity.noContent().build();
    }

    private TokenGrant grant(Wanted wanted, CallerAuthentication caller) {
        try {
            return new TokenGrant(
                    wanted.scopes() == null
                            ? TokenScope.unasked(caller.account().profile().roles())
                            : read(wanted.scopes(), TokenController::scope),
                    read(wanted.purposes(), vocabulary::purpose),
                    read(wanted.datasets(), vocabulary::dataset));
        } catch (IllegalArgumentException e) {
            throw invalid(
                    "purposes are CURIEs such as dpv:PersonnelPayment, datasets are names such as pay, scopes are"
                            + " query, decide, receipts, catalogue, import, log; at least one scope",
                    "purposes、datasets 或 scopes 的写法不对");
        }
    }

    private static TokenScope scope(String wire) {
        return TokenScope.of(wire).orElseThrow(() -> new IllegalArgumentException("no such scope"));
    }

    private static <T> Set<T> read(@Nullable List<String> values, Function<String, T> one) {
        if (values == null) {
            return Set.of();
        }
        if (values.isEmpty() || values.contains(null)) {
            // [] could mean none or any; neither is guessed.
            throw new IllegalArgumentException("an empty list");
        }
        return values.stream().map(one).collect(Collectors.toUnmodifiableSet());
    }

    private static Duration life(@Nullable String text) {
        if (text == null) {
            return Tokens.USUAL_LIFE;
        }
        try {
            Duration life = Duration.parse(text);
            if (life.isPositive()) {
                return life;
            }
        } catch (DateTimeParseException e) {
            // told below, without the text
        }
        throw invalid(
                "expiresIn is an ISO 8601 duration such as PT8H, longer than nothing",
                "expiresIn 须为 ISO 8601 时长，例如 PT8H");
    }

    private static <T> List<String> words(Set<T> values, Function<T, String> word) {
        return values.stream().map(word).sorted().toList();
    }

    private static ProblemException invalid(String en, String zh) {
        return new ProblemException(ProblemType.INVALID, "Check the request: " + en + ".", "请检查请求：" + zh + "。");
    }
}
