package dev.hufu.service.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.LoggedEntry;
import dev.hufu.service.web.Caller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an account did is in the log before it took effect, and whose account it is can only be read with a key. */
@HufuServerTest
class IdentityTrailTest {
    @Autowired
    AuditTrail trail;

    @LocalServerPort
    int port;

    @Test
    void changes_overHttp_areEntriesInOrderWithoutNames() {
        long before = size();
        Caller admin = Caller.account(port, "admin");
        String name = "traced-" + System.nanoTime();
        String oneTime = admin.post("/api/v1/accounts", "{\"name\":\"" + name + "\",\"roles\":[\"security\"]}")
                .json()
                .path("oneTimePassword")
                .asString();
        String wanted = "quite a long password";
        Caller.account(port, name, oneTime)
                .post("/api/v1/account/password", "{\"current\":\"" + oneTime + "\",\"new\":\"" + wanted + "\"}");
        Caller owner = Caller.account(port, name, wanted);
        String token = owner.post("/api/v1/tokens", "{\"purposes\":[\"dpv:PersonnelPayment\"]}")
                .json()
                .path("id")
                .asString();
        owner.delete("/api/v1/tokens/" + token);
        owner.delete("/api/v1/tokens/" + token);
        owner.get("/api/v1/account");
        admin.post("/api/v1/accounts/" + name + "/disable", "");

        List<LoggedEntry> entries = trail.entries(before, 100).stream()
                .filter(entry -> entry.json().path("type").asString("").contains("account")
                        || entry.json().path("type").asString("").contains("token"))
                .toList();
        assertThat(entries)
                .extracting(entry -> entry.json().path("type").asString())
                .containsExactly(
                        "dev.hufu.account.created",
                        "dev.hufu.account.changed",
                        "dev.hufu.token.made",
                        "dev.hufu.token.revoked",
                        "dev.hufu.account.changed");
        assertThat(entries.get(2).json().toString()).contains(token, "dpv:PersonnelPayment");
        assertThat(entries).noneMatch(entry -> entry.json().toString().contains(name));
    }

    private long size() {
        long size = 0;
        List<LoggedEntry> some = new ArrayList<>(trail.entries(0, 1000));
        while (!some.isEmpty()) {
            size += some.size();
            some = new ArrayList<>(trail.entries(size, 1000));
        }
        return size;
    }
}
