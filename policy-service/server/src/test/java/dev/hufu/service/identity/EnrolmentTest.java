package dev.hufu.service.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.request.AccountId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a start does to the accounts, in transactions that are rolled back: others use the same database. */
@HufuServerTest
class EnrolmentTest {
    private static final String PASSWORD = "another demo password";

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final SecureRandom random = new SecureRandom();
    private final Passwords passwords = new Passwords(random);

    /** One start of the server. */
    private record Start(Accounts accounts, Tokens tokens, SignIn signIn, Enrolment enrolment) {}

    @Test
    void demo_whenThePasswordChanges_takesTheNewOneAndEndsTokens() {
        rolledBack(() -> {
            Start first = start(true);
            assertThat(first.enrolment().demo(PASSWORD)).hasSize(8);
            assertThat(proves(first, "analyst", PASSWORD)).isTrue();
            assertThat(proves(first, "analyst", HufuServerTest.PASSWORD)).isFalse();
            Account analyst = first.accounts().usable(new AccountId("analyst")).orElseThrow();
            String token = first.tokens()
                    .make(analyst, new TokenGrant(TokenScope.USUAL, Set.of(), Set.of()), Duration.ofHours(1), "")
                    .secret();
            Start same = start(true);
            same.enrolment().demo(PASSWORD);
            assertThat(same.tokens().check(token)).isInstanceOf(TokenCheck.Valid.class);
            Start changed = start(true);
            changed.enrolment().demo(PASSWORD + "!");
            assertThat(changed.tokens().check(token)).isInstanceOf(TokenCheck.Revoked.class);
            assertThat(proves(changed, "analyst", PASSWORD)).isFalse();
        });
    }

    @Test
    void demo_ofAPasswordThatAnAccountChose_leavesItWhileTheDemoPasswordStays() {
        rolledBack(() -> {
            Start first = start(true);
            first.enrolment().demo(PASSWORD);
            first.accounts().replacePassword(new AccountId("legal"), PASSWORD, "chosen by legal itself");
            Start second = start(true);
            second.enrolment().demo(PASSWORD);
            assertThat(proves(second, "legal", "chosen by legal itself")).isTrue();
        });
    }

    @Test
    void firstAdmin_afterADemo_takesTheNameAndLeavesTheDemoAccountsAsleep() {
        rolledBack(() -> {
            start(true).enrolment().demo(PASSWORD);
            Start own = start(false);
            String oneTime = own.enrolment().firstAdmin().orElseThrow();
            assertThat(proves(own, "admin", PASSWORD)).isFalse();
            assertThat(proves(own, "analyst", PASSWORD)).isFalse();
            assertThat(proves(own, "admin", oneTime)).isTrue();
            Start again = start(false);
            assertThat(again.enrolment().firstAdmin()).isEmpty();
            assertThat(proves(again, "admin", oneTime)).isTrue();
            Start demo = start(true);
            assertThat(demo.enrolment().demo(PASSWORD)).hasSize(7).doesNotContain(new AccountId("admin"));
            assertThat(proves(demo, "admin", PASSWORD)).isFalse();
        });
    }

    private boolean proves(Start start, String name, String password) {
        return start.signIn().check(name, password) instanceof SignInResult.Proved;
    }

    private Start start(boolean demoMode) {
        var template = new TransactionTemplate(transactions);
        IdentityListener nobody = event -> {};
        var accounts = new Accounts(jdbc, template, passwords, nobody, Clock.systemUTC(), demoMode);
        return new Start(
                accounts,
                new Tokens(jdbc, template, accounts, nobody, Clock.systemUTC(), random),
                new SignIn(accounts, passwords, Clock.systemUTC(), random),
                new Enrolment(jdbc, accounts, passwords, nobody, Clock.systemUTC()));
    }

    private void rolledBack(Runnable test) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            try {
                test.run();
            } finally {
                status.setRollbackOnly();
            }
        });
    }
}
