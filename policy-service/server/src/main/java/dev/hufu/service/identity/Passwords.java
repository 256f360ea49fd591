package dev.hufu.service.identity;

import dev.hufu.service.request.AccountId;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Password hashes: Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet), the scheme named in the hash
 * so that it can change. At most two are computed at a time, so that guessing cannot take all memory and both processors.
 * Thread safe.
 */
public final class Passwords {
    /** Fewest characters of a password that a person chooses. */
    public static final int MIN_CHARACTERS = 12;

    /** Most characters of any password. */
    public static final int MAX_CHARACTERS = 128;

    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 10;
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford: nothing that looks alike

    private final SecureRandom random;
    private final PasswordEncoder encoder;
    private final Semaphore seats = new Semaphore(AT_ONCE, true);
    private final String ofNobody;

    public Passwords(SecureRandom random) {
        this.random = random;
        this.encoder = new DelegatingPasswordEncoder(
                "argon2id",
                Map.of(
                        "argon2id",
                        new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2),
                        "bcrypt",
                        new BCryptPasswordEncoder(12)));
        this.ofNobody = java.util.Objects.requireNonNull(encoder.encode(generate()));
    }

    String hash(String password) {
        return java.util.Objects.requireNonNull(encoder.encode(password));
    }

    boolean matches(String password, String hash) {
        return encoder.matches(password, hash);
    }

    /** As long as a real check, for a name that is nobody's, so that time does not tell which names there are. */
    void matchNobody(String password) {
        encoder.matches(password, ofNobody);
    }

    /**
     * Takes a seat and checks.
     *
     * @throws PasswordsBusyException when no seat was free for {@value #PATIENCE_SECONDS} seconds
     */
    boolean inTurn(BooleanSupplier check) {
        try {
            if (!seats.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new PasswordsBusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PasswordsBusyException();
        }
        try {
            return check.getAsBoolean();
        } finally {
            seats.release();
        }
    }

    /** A password of 100 random bits, in four groups that can be read aloud. */
    public String generate() {
        return word(random, 5) + "-" + word(random, 5) + "-" + word(random, 5) + "-" + word(random, 5);
    }

    static String word(SecureRandom random, int characters) {
        var word = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    /** Length, and not the account's own name; what NIST SP 800-63B asks for, without rules of composition. */
    static boolean acceptable(AccountId account, String password) {
        int characters = password.codePointCount(0, password.length());
        return characters >= MIN_CHARACTERS
                && characters <= MAX_CHARACTERS
                && !password.equalsIgnoreCase(account.value());
    }
}
