package dev.hufu.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Purpose;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Accounts, sign-in and tokens over the real database, with a listener that can fail and a clock that can be moved. */
@HufuServerTest
class AccountsTest {
    private static final AccountId BY = new AccountId("admin");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final List<IdentityEvent> events = new ArrayList<>();
    private boolean logStopped;
    private Accounts accounts;
    private Tokens tokens;
    private SignIn signIn;

    @BeforeEach
    void wire() {
        IdentityListener listener = event -> {
            if (logStopped) {
                throw new IllegalStateException("log stopped");
            }
            events.add(event);
        };
        var passwords = new Passwords(random);
        var template = new TransactionTemplate(transactions);
        accounts = new Accounts(jdbc, template, passwords, listener, clock, true);
        tokens = new Tokens(jdbc, template, accounts, listener, clock, random);
        signIn = new SignIn(accounts, passwords, clock, random);
    }

    @Test
    void signIn_withOneTimePassword_provesAnAccountThatMustReplaceIt() {
        AccountId id = fresh();
        String oneTime = accounts.create(BY, id, profile(Role.ANALYST));
        assertThat(signIn.check(id.value(), oneTime))
                .isInstanceOfSatisfying(
                        SignInResult.Proved.class,
                        proved -> assertThat(proved.account().mustReplacePassword())
                                .isTrue());
        accounts.replacePassword(id, oneTime, "a much better password");
        assertThat(signIn.check(id.value(), oneTime)).isInstanceOf(SignInResult.Refused.class);
        assertThat(signIn.check(id.value(), "a much better password"))
                .isInstanceOfSatisfying(
                        SignInResult.Proved.class,
                        proved -> assertThat(proved.account().mustReplacePassword())
                                .isFalse());
        assertThat(events)
                .containsExactly(
                        new IdentityEvent.AccountCreated(BY, id, Set.of(Role.ANALYST)),
                        new IdentityEvent.PasswordReplaced(id));
    }

    @Test
    void replacePassword_withAWeakOne_isRefused() {
        AccountId id = fresh();
        String oneTime = accounts.create(BY, id, profile(Role.ANALYST));
        for (String weak : List.of("short", oneTime, "x".repeat(129))) {
            assertThatThrownBy(() -> accounts.replacePassword(id, oneTime, weak))
                    .isInstanceOfSatisfying(
                            AccountRefusedException.class,
                            e -> assertThat(e.refusal()).isEqualTo(AccountRefusal.WEAK_PASSWORD));
        }
    }

    @Test
    void disable_afterAProvedSignIn_refusesAtOnceThoughRemembered() {
        AccountId id = fresh();
        String password = accounts.create(BY, id, profile(Role.ANALYST));
        assertThat(signIn.check(id.value(), password)).isInstanceOf(SignInResult.Proved.class);
        accounts.disable(BY, id);
        assertThat(signIn.check(id.value(), password)).isInstanceOf(SignInResult.Refused.class);
        accounts.enable(BY, id);
        assertThat(signIn.check(id.value(), password)).isInstanceOf(SignInResult.Proved.class);
    }

    @Test
    void check_ofWrongPasswords_brakesTheNameAndANobodyAlike() {
        AccountId id = fresh();
        accounts.create(BY, id, profile(Role.ANALYST));
        for (String name : List.of(id.value(), fresh().value())) {
            for (int i = 0; i < 11; i++) {
                assertThat(signIn.check(name, "wrong " + i)).isInstanceOf(SignInResult.Refused.class);
            }
            assertThat(signIn.check(name, "wrong")).isInstanceOf(SignInResult.Wait.class);
        }
    }

    @Test
    void change_whoseEntryFails_isNotMade() {
        AccountId id = fresh();
        String password = accounts.create(BY, id, profile(Role.ANALYST));
        logStopped = true;
        assertThatThrownBy(() -> accounts.disable(BY, id)).hasMessage("log stopped");
        assertThatThrownBy(() -> accounts.setProfile(BY, id, profile(Role.ADMIN)))
                .hasMessage("log stopped");
        assertThat(accounts.usable(id)).hasValueSatisfying(account -> {
            assertThat(account.profile().roles()).containsExactly(Role.ANALYST);
            assertThat(account.disabled()).isFalse();
        });
        assertThat(signIn.check(id.value(), password)).isInstanceOf(SignInResult.Proved.class);
        Account account = accounts.usable(id).orElseThrow();
        assertThatThrownBy(() -> tokens.make(account, grant(), Duration.ofHours(1), ""))
                .hasMessage("log stopped");
        assertThat(tokens.list(id)).isEmpty();
    }

    @Test
    void disable_ofAllAdmins_isRefusedForTheLastEvenAtTheSameTime() throws Exception {
        List<AccountId> admins = jdbc.sql("SELECT name FROM account WHERE 'admin' = ANY(roles) AND NOT disabled")
                .query((row, n) -> new AccountId(row.getString("name")))
                .list();
        AccountId another = fresh();
        accounts.create(BY, another, profile(Role.ADMIN));
        var all = new ArrayList<>(admins);
        all.add(another);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> changes = all.stream()
                    .<Callable<Boolean>>map(id -> () -> disabled(id))
                    .toList();
            int done = 0;
            for (var change : threads.invokeAll(changes)) {
                done += change.get() ? 1 : 0;
            }
            assertThat(done).isEqualTo(all.size() - 1);
        } finally {
            all.forEach(id -> accounts.enable(BY, id));
            accounts.disable(BY, another);
        }
    }

    @Test
    void token_overItsLife_worksThenExpiresAndCanBeRevokedAtOnce() {
        Account owner = owner(Role.ANALYST);
        Tokens.Made made = tokens.make(owner, grant(), Duration.ofHours(8), "for a test");
        assertThat(tokens.check(made.secret())).isInstanceOf(TokenCheck.Valid.class);
        now.updateAndGet(then -> then.plus(Duration.ofHours(8)));
        assertThat(tokens.check(made.secret())).isInstanceOf(TokenCheck.Expired.class);
        Tokens.Made second = tokens.make(owner, grant(), Duration.ofHours(8), "");
        assertThat(tokens.check(second.secret())).isInstanceOf(TokenCheck.Valid.class);
        tokens.revoke(owner, second.token().id());
        assertThat(tokens.check(second.secret())).isInstanceOf(TokenCheck.Revoked.class);
        assertThat(tokens.check(second.secret().replace('a', 'b') + "x")).isInstanceOf(TokenCheck.Unknown.class);
        assertThat(tokens.check("hufu_" + "A".repeat(43))).isInstanceOf(TokenCheck.Unknown.class);
    }

    @Test
    void token_inTheDatabase_isOnlyAHash() {
        Tokens.Made made = tokens.make(owner(Role.ANALYST), grant(), Duration.ofHours(1), "");
        String row = jdbc.sql("SELECT t::text FROM access_token t WHERE id = :id")
                .param("id", made.token().id())
                .query(String.class)
                .single();
        assertThat(row).doesNotContain(made.secret().substring(11));
        assertThat(made.token().prefix()).isEqualTo(made.secret().substring(0, 11));
    }

    @Test
    void token_ofAnAccountThatIsDisabledOrGetsAPassword_isDead() {
        Account owner = owner(Role.ANALYST);
        String first = tokens.make(owner, grant(), Duration.ofHours(1), "").secret();
        accounts.disable(BY, owner.id());
        assertThat(tokens.check(first)).isInstanceOf(TokenCheck.Revoked.class);
        accounts.enable(BY, owner.id());
        String second = tokens.make(owner, grant(), Duration.ofHours(1), "").secret();
        accounts.resetPassword(BY, owner.id());
        assertThat(tokens.check(second)).isInstanceOf(TokenCheck.Revoked.class);
    }

    @Test
    void token_beyondWhatTheAccountMay_isRefused() {
        Account analyst = owner(Role.ANALYST);
        var log = new TokenGrant(Set.of(TokenScope.LOG), Set.of(), Set.of());
        assertThatThrownBy(() -> tokens.make(analyst, log, Duration.ofHours(1), ""))
                .isInstanceOfSatisfying(
                        AccountRefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(AccountRefusal.SCOPE_NOT_YOURS));
        assertThatThrownBy(() -> tokens.make(analyst, grant(), Duration.ofDays(91), ""))
                .isInstanceOfSatisfying(
                        AccountRefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(AccountRefusal.TOO_LONG));
        Account auditor = owner(Role.AUDITOR);
        String secret = tokens.make(auditor, log, Duration.ofHours(1), "").secret();
        assertThat(tokens.check(secret)).isInstanceOf(TokenCheck.Valid.class);
        for (int i = 1; i < Tokens.MAX_ACTIVE; i++) {
            tokens.make(auditor, log, Duration.ofHours(1), "");
        }
        assertThatThrownBy(() -> tokens.make(auditor, log, Duration.ofHours(1), ""))
                .isInstanceOfSatisfying(
                        AccountRefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(AccountRefusal.TOO_MANY_TOKENS));
    }

    @Test
    void grant_byPurposeAndDataset_allowsNothingElse() {
        var pay = new DatasetName("pay");
        var payment = new Purpose("dpv:PersonnelPayment");
        var narrow = new TokenGrant(TokenScope.USUAL, Set.of(payment), Set.of(pay));
        assertThat(narrow.allows(payment, pay)).isTrue();
        assertThat(narrow.allows(payment, new DatasetName("badge"))).isFalse();
        assertThat(narrow.allows(new Purpose("dpv:PersonnelManagement"), pay)).isFalse();
        assertThat(grant().allows(payment, pay)).isTrue();
    }

    private boolean disabled(AccountId id) {
        try {
            accounts.disable(BY, id);
            return true;
        } catch (AccountRefusedException e) {
            assertThat(e.refusal()).isEqualTo(AccountRefusal.LAST_ADMIN);
            return false;
        }
    }

    private Account owner(Role role) {
        AccountId id = fresh();
        String oneTime = accounts.create(BY, id, profile(role));
        accounts.replacePassword(id, oneTime, "a much better password");
        return accounts.usable(id).orElseThrow();
    }

    private AccountId fresh() {
        return new AccountId("test-" + Passwords.word(random, 12));
    }

    private static TokenGrant grant() {
        return new TokenGrant(TokenScope.USUAL, Set.of(), Set.of());
    }

    private static Profile profile(Role role) {
        return new Profile(Set.of(role), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
