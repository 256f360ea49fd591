package dev.hufu.service.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import dev.hufu.service.web.ProblemWriter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many requests a second for each account, whatever it calls with, and twice as many at once. At most 10,000 accounts are
 * counted; one that has been idle for a minute starts afresh, which is what its full bucket would say anyway.
 */
public final class RateFilter extends OncePerRequestFilter {
    private static final int MAX_ACCOUNTS = 10_000;

    private final int perSecond;
    private final ProblemWriter problems;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_ACCOUNTS)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build();

    public RateFilter(int perSecond, ProblemWriter problems) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("requests a second: at least 1, not " + perSecond);
        }
        this.perSecond = perSecond;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller instanceof CallerAuthentication) {
            ConsumptionProbe probe = buckets.get(caller.getName(), this::bucket).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                refuse(request, response, probe);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Bucket bucket(String account) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(2L * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, ConsumptionProbe probe)
            throws IOException {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        @Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)) {
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value()); // a browser gets it as a page
            return;
        }
        problems.write(
                new ProblemException(
                        ProblemType.TOO_MANY_REQUESTS,
                        "An account may send " + perSecond + " requests a second. Wait, then go on more slowly.",
                        "每个账号每秒最多 " + perSecond + " 个请求，请稍候并放慢速度。",
                        Map.of("retryAfterSeconds", seconds)),
                request,
                response);
    }
}
