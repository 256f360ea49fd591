package dev.hufu.service.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tokens: 256 random bits, of which only SHA-256 is kept (a hash without salt or cost is enough for what cannot be guessed),
 * narrowed by scope, purpose, dataset and time. A revocation holds for the next request of this process and within five seconds
 * in others. Thread safe.
 */
public final class Tokens {
    /** What a token lives when nobody says. */
    public static final Duration USUAL_LIFE = Duration.ofHours(8);

    /** What a token may live at most. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(90);

    /** Most tokens of one account that work at the same time. */
    public static final int MAX_ACTIVE = 100;

    private static final String MARK = "hufu_";
    private static final int PREFIX_CHARACTERS = MARK.length() + 6;
    private static final Pattern FORM = Pattern.compile(MARK + "[A-Za-z0-9_-]{43}");
    private static final Duration STALE = Duration.ofSeconds(5);
    private static final int MAX_REMEMBERED = 20_000;

    /** A new token with its secret, which is never to be had again. */
    public record Made(String secret, AccessToken token) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Accounts accounts;
    private final IdentityListener listener;
    private final Clock clock;
    private final SecureRandom random;
    private final Cache<String, Optional<AccessToken>> known = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(STALE)
            .build();

    public Tokens(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Accounts accounts,
            IdentityListener listener,
            Clock clock,
            SecureRandom random) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.accounts = accounts;
        this.listener = listener;
        this.clock = clock;
        this.random = random;
    }

    /** @throws AccountRefusedException for a scope that the roles do not carry, too long a life, or too many tokens */
    public Made make(Account owner, TokenGrant grant, Duration life, String note) {
        if (life.compareTo(LONGEST_LIFE) > 0) {
            throw new AccountRefusedException(AccountRefusal.TOO_LONG);
        }
        if (!grant.scopes().stream()
                .allMatch(scope -> scope.open(owner.profile().roles()))) {
            throw new AccountRefusedException(AccountRefusal.SCOPE_NOT_YOURS);
        }
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        String secret = MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        Instant now = clock.instant();
        var token = new AccessToken(
                "t-" + Passwords.word(random, 16),
                owner.id(),
                secret.substring(0, PREFIX_CHARACTERS),
                grant,
                note,
                now,
                now.plus(life),
                Optional.empty());
        transaction.executeWithoutResult(status -> {
            makeRoom(owner.id(), now);
            insert(token, hash(secret));
            listener.before(new IdentityEvent.TokenMade(owner.id(), token.id(), grant, token.expiresAt()));
        });
        return new Made(secret, token);
    }

    /** The account's tokens, newest first; those that ended more than 30 days ago are gone. */
    public List<AccessToken> list(AccountId account) {
        return jdbc.sql("SELECT * FROM access_token WHERE account = :account ORDER BY created_at DESC, id LIMIT 1000")
                .param("account", account.value())
                .query((row, n) -> token(row))
                .list();
    }

    /** Ends a token at once: one's own, or for an administrator anyone's. Ending an ended one changes nothing. */
    public void revoke(Account by, String id) {
        String hash = java.util.Objects.requireNonNull(transaction.execute(status -> {
            AccountId owner = jdbc.sql("SELECT account FROM access_token WHERE id = :id FOR UPDATE")
                    .param("id", id)
                    .query((row, n) -> new AccountId(row.getString("account")))
                    .optional()
                    .filter(account -> account.equals(by.id()) || by.has(Role.ADMIN))
                    .orElseThrow(() -> new AccountRefusedException(AccountRefusal.NO_SUCH_TOKEN));
            int ended = jdbc.sql("UPDATE access_token SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("id", id)
                    .update();
            if (ended > 0) {
                listener.before(new IdentityEvent.TokenRevoked(by.id(), owner, id));
            }
            return jdbc.sql("SELECT hash FROM access_token WHERE id = :id")
                    .param("id", id)
                    .query(String.class)
                    .single();
        }));
        known.invalidate(hash);
    }

    /** Checks what was presented as a token. */
    public TokenCheck check(String secret) {
        if (!FORM.matcher(secret).matches()) {
            return new TokenCheck.Unknown();
        }
        Optional<AccessToken> found = known.get(hash(secret), this::load);
        if (found.isEmpty()) {
            return new TokenCheck.Unknown();
        }
        AccessToken token = found.get();
        return switch (token.state(clock.instant())) {
            case REVOKED -> new TokenCheck.Revoked();
            case EXPIRED -> new TokenCheck.Expired();
            case ACTIVE ->
                accounts.usable(token.account())
                        .<TokenCheck>map(account -> account.mustReplacePassword()
                                ? new TokenCheck.Revoked()
                                : new TokenCheck.Valid(account, token))
                        .orElseGet(TokenCheck.Revoked::new);
        };
    }

    private void makeRoom(AccountId account, Instant now) {
        // One at a time for an account, so that the count holds.
        jdbc.sql("SELECT name FROM account WHERE name = :account FOR UPDATE")
                .param("account", account.value())
                .query(row -> {});
        jdbc.sql("""
                        DELETE FROM access_token
                        WHERE account = :account AND least(expires_at, coalesce(revoked_at, expires_at)) < :old""")
                .param("account", account.value())
                .param("old", now.minus(Duration.ofDays(30)).atOffset(ZoneOffset.UTC))
                .update();
        long active = jdbc.sql("""
                        SELECT count(*) FROM access_token
                        WHERE account = :account AND revoked_at IS NULL AND expires_at > :now""")
                .param("account", account.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        if (active >= MAX_ACTIVE) {
            throw new AccountRefusedException(AccountRefusal.TOO_MANY_TOKENS);
        }
    }

    private void insert(AccessToken token, String hash) {
        jdbc.sql("""
                        INSERT INTO access_token (id, account, hash, prefix, scopes, purposes, datasets, note,
                          created_at, expires_at)
                        VALUES (:id, :account, :hash, :prefix, :scopes, :purposes, :datasets, :note, :created, :expires)
                        """)
                .param("id", token.id())
                .param("account", token.account().value())
                .param("hash", hash)
                .param("prefix", token.prefix())
                .param("scopes", strings(token.grant().scopes().stream().map(TokenScope::wire)))
                .param("purposes", strings(token.grant().purposes().stream().map(Purpose::curie)))
                .param("datasets", strings(token.grant().datasets().stream().map(DatasetName::value)))
                .param("note", token.note())
                .param("created", token.createdAt().atOffset(ZoneOffset.UTC))
                .param("expires", token.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static String[] strings(Stream<String> values) {
        return values.sorted().toArray(String[]::new);
    }

    private Optional<AccessToken> load(String hash) {
        return jdbc.sql("SELECT * FROM access_token WHERE hash = :hash")
                .param("hash", hash)
                .query((row, n) -> token(row))
                .optional();
    }

    private static AccessToken token(ResultSet row) throws SQLException {
        var grant = new TokenGrant(
                values(row, "scopes", wire -> TokenScope.of(wire).orElseThrow()),
                values(row, "purposes", Purpose::new),
                values(row, "datasets", DatasetName::new));
        return new AccessToken(
                row.getString("id"),
                new AccountId(row.getString("account")),
                row.getString("prefix"),
                grant,
                row.getString("note"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("revoked_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static <T> java.util.Set<T> values(ResultSet row, String column, Function<String, T> read)
            throws SQLException {
        return Stream.of((String[]) row.getArray(column).getArray()).map(read).collect(Collectors.toUnmodifiableSet());
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
