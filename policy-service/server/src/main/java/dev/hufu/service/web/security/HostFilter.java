package dev.hufu.service.web.security;

import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import dev.hufu.service.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * In demo mode the server answers to the names of this machine only. A page elsewhere that makes its own name point to 127.0.0.1
 * (DNS rebinding) sends its own name, and gets nothing.
 */
public final class HostFilter extends OncePerRequestFilter {
    private static final Set<String> OURS = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "[0:0:0:0:0:0:0:1]");

    private final ProblemWriter problems;

    public HostFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (OURS.contains(request.getServerName().toLowerCase(Locale.ROOT))) {
            chain.doFilter(request, response);
            return;
        }
        problems.write(
                new ProblemException(
                        ProblemType.WRONG_HOST,
                        "The demo answers to localhost, 127.0.0.1 and [::1] only. Use one of these names.",
                        "演示模式只接受 localhost、127.0.0.1 和 [::1] 这几个主机名。"),
                request,
                response);
    }
}
