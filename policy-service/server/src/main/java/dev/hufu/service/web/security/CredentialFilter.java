package dev.hufu.service.web.security;

import dev.hufu.service.identity.PasswordsBusyException;
import dev.hufu.service.identity.SignIn;
import dev.hufu.service.identity.SignInResult;
import dev.hufu.service.identity.TokenCheck;
import dev.hufu.service.identity.Tokens;
import dev.hufu.service.web.DatabaseTrouble;
import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import dev.hufu.service.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads HTTP Basic (RFC 7617) and Bearer (RFC 6750). A credential that does not hold is remembered with the request and told by
 * {@link #commence}, once the address turns out to need one; an open address does not look at it.
 */
public final class CredentialFilter extends OncePerRequestFilter implements AuthenticationEntryPoint {
    private static final String TROUBLE = CredentialFilter.class.getName() + ".trouble";
    private static final String BASIC = "Basic realm=\"Hufu\", charset=\"UTF-8\"";
    private static final String BEARER = "Bearer realm=\"Hufu\"";

    private final SignIn signIn;
    private final Tokens tokens;
    private final ProblemWriter problems;

    public CredentialFilter(SignIn signIn, Tokens tokens, ProblemWriter problems) {
        this.signIn = signIn;
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> sent = new ArrayList<>(Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)));
        if (!sent.isEmpty() && Doors.needsCredential(request)) {
            try {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(caller(sent));
                SecurityContextHolder.setContext(context);
            } catch (ProblemException trouble) {
                request.setAttribute(TROUBLE, trouble);
            } catch (DataAccessException | TransactionException e) {
                if (!DatabaseTrouble.outside(e)) {
                    throw e;
                }
                request.setAttribute(TROUBLE, DatabaseTrouble.problem());
            }
        }
        chain.doFilter(request, response);
    }

    /** Answers a request whose address needs a caller who is known. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ignored)
            throws IOException {
        ProblemException problem = request.getAttribute(TROUBLE) instanceof ProblemException trouble
                ? trouble
                : new ProblemException(
                        ProblemType.UNAUTHENTICATED,
                        "Send an account and its password (HTTP Basic), or a token (Authorization: Bearer).",
                        "请使用账号和密码（HTTP Basic）或令牌（Authorization: Bearer）。");
        if (problem.type().status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BASIC);
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BEARER + bearerError(problem));
        }
        Object seconds = problem.body(false).get("retryAfterSeconds");
        if (seconds != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
        problems.write(problem, request, response);
    }

    private static String bearerError(ProblemException problem) {
        return switch (problem.type()) {
            case TOKEN_EXPIRED -> ", error=\"invalid_token\", error_description=\"expired\"";
            case TOKEN_INVALID -> ", error=\"invalid_token\", error_description=\"unknown or revoked\"";
            default -> "";
        };
    }

    private CallerAuthentication caller(List<String> sent) {
        String header = sent.size() == 1 ? sent.getFirst() : "";
        int space = header.indexOf(' ');
        String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
        String value = header.substring(space + 1).strip();
        return switch (scheme) {
            case "basic" -> byPassword(value);
            case "bearer" -> byToken(value);
            default ->
                throw new ProblemException(
                        ProblemType.UNAUTHENTICATED,
                        "Send one Authorization header, with Basic or Bearer.",
                        "请发送一个 Authorization 请求头，方式为 Basic 或 Bearer。");
        };
    }

    private CallerAuthentication byPassword(String encoded) {
        Optional<String> pair = decode(encoded);
        int colon = pair.orElse("").indexOf(':');
        if (colon < 0) {
            throw wrong();
        }
        SignInResult result;
        try {
            result = signIn.check(
                    pair.orElseThrow().substring(0, colon), pair.orElseThrow().substring(colon + 1));
        } catch (PasswordsBusyException e) {
            throw new ProblemException(
                    ProblemType.BUSY,
                    "Too many passwords are being checked. Try again in a few seconds.",
                    "正在核对的密码过多，请几秒后再试。",
                    java.util.Map.of("retryAfterSeconds", 5));
        }
        return switch (result) {
            case SignInResult.Proved proved -> new CallerAuthentication(proved.account(), Optional.empty());
            case SignInResult.Refused refused -> throw wrong();
            case SignInResult.Wait wait ->
                throw new ProblemException(
                        ProblemType.TOO_MANY_REQUESTS,
                        "Too many wrong passwords for this account. Wait, then try again.",
                        "该账号密码错误次数过多，请稍候再试。",
                        java.util.Map.of("retryAfterSeconds", wait.left().toSeconds() + 1));
        };
    }

    private CallerAuthentication byToken(String token) {
        return switch (tokens.check(token)) {
            case TokenCheck.Valid valid ->
                new CallerAuthentication(
                        valid.account(), Optional.of(valid.token().grant()));
            case TokenCheck.Expired expired ->
                throw new ProblemException(
                        ProblemType.TOKEN_EXPIRED,
                        "This token's time is over. Make a new one: hufu token.",
                        "令牌已过期，请用 hufu token 重新生成。");
            case TokenCheck.Unknown unknown -> throw deadToken();
            case TokenCheck.Revoked revoked -> throw deadToken();
        };
    }

    private static ProblemException deadToken() {
        return new ProblemException(
                ProblemType.TOKEN_INVALID,
                "This token is unknown or was revoked. Make a new one: hufu token.",
                "令牌无效或已被撤销，请用 hufu token 重新生成。");
    }

    private static ProblemException wrong() {
        return new ProblemException(ProblemType.UNAUTHENTICATED, "The account or its password is wrong.", "账号或密码错误。");
    }

    private static Optional<String> decode(String encoded) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
