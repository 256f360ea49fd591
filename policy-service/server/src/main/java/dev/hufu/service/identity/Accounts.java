package dev.hufu.service.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hufu.service.request.AccountId;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts, in PostgreSQL. A change takes effect with the next request of this process and within five seconds in others;
 * it is announced before it is committed, and what the listener throws undoes it. Thread safe.
 */
public final class Accounts {
    private static final Duration STALE = Duration.ofSeconds(5);
    private static final int MAX_REMEMBERED = 10_000;
    /** Any number: whoever changes an admin holds it, so that two cannot each remove the other as the last one. */
    private static final long ADMIN_LOCK = 0x68756675_61646d69L;

    /** The stored hash, and the count it belongs to. */
    record Secret(String hash, long credential) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Passwords passwords;
    private final IdentityListener listener;
    private final Clock clock;
    private final boolean demoMode;
    private final Cache<AccountId, Optional<Account>> known = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(STALE)
            .build();

    public Accounts(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Passwords passwords,
            IdentityListener listener,
            Clock clock,
            boolean demoMode) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.passwords = passwords;
        this.listener = listener;
        this.clock = clock;
        this.demoMode = demoMode;
    }

    /** An account that may be used now: not disabled, and not a demo account outside demo mode. */
    public Optional<Account> usable(AccountId id) {
        return find(id).filter(account -> !account.disabled() && (demoMode || !account.demo()));
    }

    public Optional<Account> find(AccountId id) {
        return known.get(id, this::load);
    }

    /** All accounts by name; an installation has hundreds, not millions, and at most 10,000 are listed. */
    public List<Account> list() {
        return jdbc.sql("SELECT * FROM account ORDER BY name LIMIT 10000")
                .query((row, n) -> account(row))
                .list();
    }

    /**
     * Makes an account.
     *
     * @return its one-time password
     */
    public String create(AccountId by, AccountId id, Profile profile) {
        String oneTime = passwords.generate();
        String hash = passwords.hash(oneTime);
        changing(id, () -> {
            if (insert(id, profile, hash, true, false) == 0) {
                throw new AccountRefusedException(AccountRefusal.NAME_TAKEN);
            }
            listener.before(new IdentityEvent.AccountCreated(by, id, profile.roles()));
            return true;
        });
        return oneTime;
    }

    /** Sets roles and what else policy may know of an account. */
    public void setProfile(AccountId by, AccountId id, Profile profile) {
        changing(id, () -> {
            if (!profile.roles().contains(Role.ADMIN)) {
                keepAnAdmin(id);
            }
            found(jdbc.sql("""
                            UPDATE account SET roles = :roles, org_unit = :orgUnit, region = :region,
                              training_valid_until = :training, employee_id = :employee
                            WHERE name = :name""")
                    .param("roles", Role.wires(profile.roles()).toArray(String[]::new))
                    .param("orgUnit", profile.orgUnit().orElse(null))
                    .param("region", profile.region().orElse(null))
                    .param(
                            "training",
                            profile.trainingValidUntil().map(Date::valueOf).orElse(null))
                    .param("employee", profile.employeeId().orElse(null))
                    .param("name", id.value())
                    .update());
            listener.before(new IdentityEvent.ProfileChanged(by, id, profile.roles()));
            return true;
        });
    }

    /** Ends an account's sessions and tokens and lets no new ones begin. */
    public void disable(AccountId by, AccountId id) {
        changing(id, () -> {
            keepAnAdmin(id);
            found(jdbc.sql("UPDATE account SET disabled = true, credential = credential + 1 WHERE name = :name")
                    .param("name", id.value())
                    .update());
            revokeTokens(id);
            listener.before(new IdentityEvent.AccountDisabled(by, id));
            return true;
        });
    }

    public void enable(AccountId by, AccountId id) {
        changing(id, () -> {
            found(jdbc.sql("UPDATE account SET disabled = false WHERE name = :name")
                    .param("name", id.value())
                    .update());
            listener.before(new IdentityEvent.AccountEnabled(by, id));
            return true;
        });
    }

    /**
     * Gives an account a one-time password and ends its sessions and tokens.
     *
     * @return the one-time password
     */
    public String resetPassword(AccountId by, AccountId id) {
        String oneTime = passwords.generate();
        String hash = passwords.hash(oneTime);
        changing(id, () -> {
            setHash(id, hash, true);
            listener.before(new IdentityEvent.PasswordReset(by, id));
            return true;
        });
        return oneTime;
    }

    /** Replaces one's own password, and with it ends one's sessions and tokens. */
    public void replacePassword(AccountId id, String current, String wanted) {
        String stored = secret(id)
                .orElseThrow(() -> new AccountRefusedException(AccountRefusal.NO_SUCH_ACCOUNT))
                .hash();
        if (!passwords.inTurn(() -> passwords.matches(current, stored))) {
            throw new AccountRefusedException(AccountRefusal.WRONG_PASSWORD);
        }
        if (wanted.equals(current) || !Passwords.acceptable(id, wanted)) {
            throw new AccountRefusedException(AccountRefusal.WEAK_PASSWORD);
        }
        String hash = passwords.hash(wanted);
        changing(id, () -> {
            setHash(id, hash, false);
            listener.before(new IdentityEvent.PasswordReplaced(id));
            return true;
        });
    }

    /** Hash of an account that may be used. */
    Optional<Secret> secret(AccountId id) {
        return jdbc.sql("""
                        SELECT password_hash, credential FROM account
                        WHERE name = :name AND NOT disabled AND (:demoMode OR NOT demo)""")
                .param("name", id.value())
                .param("demoMode", demoMode)
                .query((row, n) -> new Secret(row.getString("password_hash"), row.getLong("credential")))
                .optional();
    }

    /** Runs a change of one account in a transaction, and forgets what was known of it once that is committed. */
    <T> T changing(AccountId id, Supplier<T> change) {
        try {
            return java.util.Objects.requireNonNull(transaction.execute(status -> change.get()));
        } finally {
            known.invalidate(id);
        }
    }

    /** @return 0 when the name is taken */
    int insert(AccountId id, Profile profile, String hash, boolean oneTime, boolean demo) {
        return jdbc.sql("""
                        INSERT INTO account (name, roles, org_unit, region, training_valid_until, employee_id,
                          password_hash, one_time, demo, created_at)
                        VALUES (:name, :roles, :orgUnit, :region, :training, :employee, :hash, :oneTime, :demo, :now)
                        ON CONFLICT (name) DO NOTHING""")
                .param("name", id.value())
                .param("roles", Role.wires(profile.roles()).toArray(String[]::new))
                .param("orgUnit", profile.orgUnit().orElse(null))
                .param("region", profile.region().orElse(null))
                .param(
                        "training",
                        profile.trainingValidUntil().map(Date::valueOf).orElse(null))
                .param("employee", profile.employeeId().orElse(null))
                .param("hash", hash)
                .param("oneTime", oneTime)
                .param("demo", demo)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    void setHash(AccountId id, String hash, boolean oneTime) {
        found(jdbc.sql("""
                        UPDATE account SET password_hash = :hash, one_time = :oneTime, credential = credential + 1
                        WHERE name = :name""")
                .param("hash", hash)
                .param("oneTime", oneTime)
                .param("name", id.value())
                .update());
        revokeTokens(id);
    }

    private void revokeTokens(AccountId id) {
        jdbc.sql("UPDATE access_token SET revoked_at = :now WHERE account = :name AND revoked_at IS NULL")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("name", id.value())
                .update();
    }

    private void keepAnAdmin(AccountId leaving) {
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock)")
                .param("lock", ADMIN_LOCK)
                .query(row -> {});
        boolean another = jdbc.sql("""
                        SELECT count(*) FROM account
                        WHERE 'admin' = ANY(roles) AND NOT disabled AND (:demoMode OR NOT demo) AND name <> :name""")
                        .param("demoMode", demoMode)
                        .param("name", leaving.value())
                        .query(Long.class)
                        .single()
                > 0;
        boolean isAdmin =
                load(leaving).filter(account -> account.has(Role.ADMIN)).isPresent();
        if (isAdmin && !another) {
            throw new AccountRefusedException(AccountRefusal.LAST_ADMIN);
        }
    }

    private static void found(int rows) {
        if (rows == 0) {
            throw new AccountRefusedException(AccountRefusal.NO_SUCH_ACCOUNT);
        }
    }

    private Optional<Account> load(AccountId id) {
        return jdbc.sql("SELECT * FROM account WHERE name = :name")
                .param("name", id.value())
                .query((row, n) -> account(row))
                .optional();
    }

    private static Account account(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String wire : (String[]) row.getArray("roles").getArray()) {
            roles.add(Role.of(wire).orElseThrow());
        }
        var profile = new Profile(
                roles,
                Optional.ofNullable(row.getString("org_unit")),
                Optional.ofNullable(row.getString("region")),
                Optional.ofNullable(row.getObject("training_valid_until", LocalDate.class)),
                Optional.ofNullable(row.getString("employee_id")));
        return new Account(
                new AccountId(row.getString("name")),
                profile,
                row.getLong("credential"),
                row.getBoolean("demo"),
                row.getBoolean("disabled"),
                row.getBoolean("one_time"),
                row.getObject("created_at", java.time.OffsetDateTime.class).toInstant());
    }
}
