package dev.hufu.service.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hufu.service.request.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a name and a password. What was proved is remembered for ten minutes under an HMAC of both with a secret of this
 * process, so that a client that sends them with every request pays for one hash; the memory holds no password and nothing that
 * could be tried against one elsewhere, and counts for nothing once the account's credential count has moved on. Thread safe.
 */
public final class SignIn {
    private static final int MAX_PROVED = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final String NO_NAME = "?";

    private record Proof(AccountId account, long credential) {}

    private final Accounts accounts;
    private final Passwords passwords;
    private final Brake brake;
    private final SecretKeySpec secret;
    private final Cache<ByteBuffer, Proof> proved = Caffeine.newBuilder()
            .maximumSize(MAX_PROVED)
            .expireAfterWrite(REMEMBERED)
            .build();

    public SignIn(Accounts accounts, Passwords passwords, Clock clock, SecureRandom random) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.brake = new Brake(clock);
        byte[] key = new byte[32];
        random.nextBytes(key);
        this.secret = new SecretKeySpec(key, "HmacSHA256");
    }

    /** @throws PasswordsBusyException when too many wait to be checked */
    public SignInResult check(String name, String password) {
        if (password.isEmpty() || password.length() > Passwords.MAX_CHARACTERS * 2 || name.length() > 64) {
            return new SignInResult.Refused();
        }
        ByteBuffer memory = memory(name, password);
        Optional<Account> known = remembered(memory);
        if (known.isPresent()) {
            return new SignInResult.Proved(known.get());
        }
        Optional<AccountId> id = id(name);
        String brakeName = id.map(AccountId::value).orElse(NO_NAME);
        Duration left = brake.wait(brakeName);
        if (left.isPositive()) {
            return new SignInResult.Wait(left);
        }
        if (passwords.inTurn(() -> remembered(memory).isPresent() || prove(memory, id, password))) {
            brake.right(brakeName);
            return remembered(memory)
                    .<SignInResult>map(SignInResult.Proved::new)
                    .orElseGet(SignInResult.Refused::new);
        }
        brake.wrong(brakeName);
        return new SignInResult.Refused();
    }

    private boolean prove(ByteBuffer memory, Optional<AccountId> id, String password) {
        Optional<Accounts.Secret> stored = id.flatMap(accounts::secret);
        if (stored.isEmpty()) {
            passwords.matchNobody(password);
            return false;
        }
        boolean right = passwords.matches(password, stored.get().hash());
        if (right) {
            proved.put(memory, new Proof(id.orElseThrow(), stored.get().credential()));
        }
        return right;
    }

    private Optional<Account> remembered(ByteBuffer memory) {
        Proof proof = proved.getIfPresent(memory);
        return proof == null
                ? Optional.empty()
                : accounts.usable(proof.account()).filter(account -> account.credential() == proof.credential());
    }

    private ByteBuffer memory(String name, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static Optional<AccountId> id(String name) {
        try {
            return Optional.of(new AccountId(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
