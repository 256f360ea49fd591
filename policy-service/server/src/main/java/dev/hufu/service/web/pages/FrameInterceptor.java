package dev.hufu.service.web.pages;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Puts the {@link Frame} around every rendered page, error pages too, and says what its browser may load: only our own files. */
public final class FrameInterceptor implements HandlerInterceptor {
    static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final boolean demo;

    public FrameInterceptor(boolean demo) {
        this.demo = demo;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null || (page.getViewName() != null && page.getViewName().startsWith("redirect:"))) {
            return;
        }
        LanguageChoice.remember(request, response);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader(HttpHeaders.VARY, "Accept-Language, Cookie");
        page.addObject("frame", frame(request));
    }

    private Frame frame(HttpServletRequest request) {
        Language language = LanguageChoice.language(request);
        String path = path(request);
        @Nullable Authentication who = SecurityContextHolder.getContext().getAuthentication();
        boolean known = who != null && who.isAuthenticated() && request.getUserPrincipal() != null;
        List<String> roles = known && who != null
                ? Navigation.roles(who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .toList())
                : List.of();
        return new Frame(
                language.tag(),
                language == Language.ZH,
                language.other().code(),
                switchHref(path, request.getQueryString(), language.other()),
                known && who != null ? who.getName() : "",
                roles,
                Navigation.links(roles, path),
                demo);
    }

    /** The address that the reader sees; an error page is rendered elsewhere. */
    private static String path(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = failed instanceof String uri ? uri : request.getRequestURI();
        // two slashes would make the link one to another host
        return path.startsWith("/") && !path.startsWith("//") ? path : "/";
    }

    private static String switchHref(String path, @Nullable String query, Language other) {
        var address = UriComponentsBuilder.fromPath(UriUtils.decode(path, StandardCharsets.UTF_8));
        if (query != null) {
            var parameters =
                    UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
            parameters.forEach((name, values) -> {
                if (!name.equals(LanguageChoice.NAME)) {
                    values.forEach(
                            v -> address.queryParam(name, v == null ? "" : UriUtils.decode(v, StandardCharsets.UTF_8)));
                }
            });
        }
        return address.queryParam(LanguageChoice.NAME, other.code())
                .build()
                .encode()
                .toUriString();
    }
}
