package dev.hufu.service.identity;

import dev.hufu.service.request.AccountId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The accounts that are there at the start: in demo mode one a role, else a first administrator. Runs once, before the server
 * takes requests.
 */
public final class Enrolment {
    private static final AccountId SYSTEM = new AccountId("system");
    private static final AccountId FIRST_ADMIN = new AccountId("admin");

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Passwords passwords;
    private final IdentityListener listener;
    private final Clock clock;

    public Enrolment(JdbcClient jdbc, Accounts accounts, Passwords passwords, IdentityListener listener, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.passwords = passwords;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Sees to the demo accounts. Their password is this one from now on; one that a demo account chose itself stays until this
     * one changes. An account of the same name that is no demo account is left alone.
     *
     * @return the names of the demo accounts
     */
    public List<AccountId> demo(String password) {
        Optional<String> mark = jdbc.sql("SELECT password_hash FROM demo_password")
                .query(String.class)
                .optional();
        boolean same = mark.isPresent() && passwords.matches(password, mark.get());
        // One hash for all: they share the password anyway, and eight hashes would cost a slow machine a second.
        String hash = same ? mark.get() : passwords.hash(password);
        LocalDate trained = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusYears(1);
        profiles(trained)
                .forEach((id, profile) -> accounts.changing(id, () -> {
                    if (accounts.insert(id, profile, hash, false, true) > 0) {
                        listener.before(new IdentityEvent.AccountCreated(SYSTEM, id, profile.roles()));
                    } else if (isDemo(id)) {
                        refresh(id, trained);
                        if (!same) {
                            accounts.setHash(id, hash, false);
                            listener.before(new IdentityEvent.PasswordReset(SYSTEM, id));
                        }
                    }
                    return true;
                }));
        if (!same) {
            jdbc.sql("""
                            INSERT INTO demo_password (id, password_hash) VALUES (1, :hash)
                            ON CONFLICT (id) DO UPDATE SET password_hash = excluded.password_hash""").param("hash", hash).update();
        }
        return profiles(trained).keySet().stream().filter(this::isDemo).toList();
    }

    /**
     * Sees to an administrator where nobody could administer: an account {@code admin} with a one-time password.
     *
     * @return the one-time password, when one was made now
     */
    public Optional<String> firstAdmin() {
        boolean there = jdbc.sql("""
                        SELECT count(*) FROM account WHERE 'admin' = ANY(roles) AND NOT demo AND NOT disabled""").query(Long.class).single() > 0;
        if (there) {
            return Optional.empty();
        }
        String oneTime = passwords.generate();
        String hash = passwords.hash(oneTime);
        var profile =
                new Profile(Set.of(Role.ADMIN), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        accounts.changing(FIRST_ADMIN, () -> {
            if (accounts.insert(FIRST_ADMIN, profile, hash, true, false) == 0) {
                // The name is the demo's, or that of an account that was disabled past help: it starts anew.
                jdbc.sql("UPDATE account SET demo = false, disabled = false, roles = '{admin}' WHERE name = :name")
                        .param("name", FIRST_ADMIN.value())
                        .update();
                accounts.setHash(FIRST_ADMIN, hash, true);
            }
            listener.before(new IdentityEvent.AccountCreated(SYSTEM, FIRST_ADMIN, profile.roles()));
            return true;
        });
        return Optional.of(oneTime);
    }

    private boolean isDemo(AccountId id) {
        return accounts.find(id).filter(Account::demo).isPresent();
    }

    private void refresh(AccountId id, LocalDate trained) {
        jdbc.sql("UPDATE account SET training_valid_until = :trained WHERE name = :name AND demo")
                .param("trained", java.sql.Date.valueOf(trained))
                .param("name", id.value())
                .update();
    }

    private static Map<AccountId, Profile> profiles(LocalDate trained) {
        var profiles = new LinkedHashMap<AccountId, Profile>();
        put(profiles, Role.LEGAL, "Legal and Compliance", trained, null);
        put(profiles, Role.SECURITY, "Digital and IT", trained, null);
        put(profiles, Role.HR, "Human Resources", trained, null);
        put(profiles, Role.STEWARD, "Digital and IT", trained, null);
        put(profiles, Role.ANALYST, "Human Resources", trained, null);
        put(profiles, Role.EMPLOYEE, null, trained, "E000001");
        put(profiles, Role.AUDITOR, "Internal Audit", trained, null);
        put(profiles, Role.ADMIN, "Digital and IT", trained, null);
        return profiles;
    }

    private static void put(
            Map<AccountId, Profile> profiles,
            Role role,
            @org.jspecify.annotations.Nullable String orgUnit,
            LocalDate trained,
            @org.jspecify.annotations.Nullable String employee) {
        profiles.put(
                new AccountId(role.wire()),
                new Profile(
                        Set.of(role),
                        Optional.ofNullable(orgUnit),
                        Optional.empty(),
                        Optional.of(trained),
                        Optional.ofNullable(employee)));
    }
}
