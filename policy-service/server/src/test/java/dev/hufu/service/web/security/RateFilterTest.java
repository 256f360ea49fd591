package dev.hufu.service.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.identity.Account;
import dev.hufu.service.identity.Profile;
import dev.hufu.service.identity.Role;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.web.ProblemWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

class RateFilterTest {
    private final RateFilter filter = new RateFilter(1, new ProblemWriter(JsonMapper.shared()));

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void doFilter_beyondTheBurst_is429WithRetryAfterForThatAccountOnly() throws Exception {
        assertThat(call("one").getStatus()).isEqualTo(200);
        assertThat(call("one").getStatus()).isEqualTo(200);
        MockHttpServletResponse refused = call("one");
        for (int i = 0; i < 3 && refused.getStatus() == 200; i++) {
            refused = call("one"); // on a slow machine a second has passed and one more is due
        }
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getContentType()).startsWith("application/problem+json");
        assertThat(Integer.parseInt(String.valueOf(refused.getHeader("Retry-After"))))
                .isBetween(1, 2);
        assertThat(call("two").getStatus()).isEqualTo(200);
    }

    private MockHttpServletResponse call(String account) throws Exception {
        var profile = new Profile(
                Set.of(Role.ANALYST), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var caller = new CallerAuthentication(
                new Account(new AccountId(account), profile, 0, false, false, false, Instant.EPOCH), Optional.empty());
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(caller);
        SecurityContextHolder.setContext(context);
        var response = new MockHttpServletResponse();
        filter.doFilter(new MockHttpServletRequest("GET", "/api/v1/account"), response, new MockFilterChain());
        return response;
    }
}
