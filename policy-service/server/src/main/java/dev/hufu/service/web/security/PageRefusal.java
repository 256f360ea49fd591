package dev.hufu.service.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Leads a reader who may not see a page to where they can go on: sign-in, a new password, or a page that says why not. */
public final class PageRefusal implements AuthenticationEntryPoint, AccessDeniedHandler {
    /** Request attribute of a refusal that has nothing to do with the reader's role: the form they sent has expired. */
    public static final String EXPIRED_FORM = PageRefusal.class.getName() + ".expiredForm";

    private static final String SIGN_IN = "/login";
    private static final String NEW_PASSWORD = "/account/password";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ignored)
            throws IOException {
        go(SIGN_IN + (request.getRequestedSessionId() != null ? "?expired" : ""), request, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (denied instanceof CsrfException) {
            request.setAttribute(EXPIRED_FORM, request.getRequestURI());
        }
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller)) {
            if (request.getRequestURI().equals(SIGN_IN)) {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
            } else {
                go(SIGN_IN + "?expired", request, response); // a form of a session that has ended
            }
        } else if (caller.account().mustReplacePassword()) {
            go(NEW_PASSWORD, request, response);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** A part of a page that a script fetches would show the whole sign-in page inside itself; it is told to leave instead. */
    private static void go(String where, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", where);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, where);
        }
    }
}
