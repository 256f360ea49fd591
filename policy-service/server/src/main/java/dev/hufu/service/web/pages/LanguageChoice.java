package dev.hufu.service.web.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which language a request is answered in: {@code ?lang=zh|en} (which is remembered in a cookie), else the cookie, else the first
 * of the browser's languages that is one of ours, else Chinese. Nothing else is ever read from the cookie.
 */
public final class LanguageChoice implements LocaleResolver {
    static final String NAME = "lang";
    private static final Duration REMEMBERED = Duration.ofDays(365);

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return language(request).locale();
    }

    static Language language(HttpServletRequest request) {
        @Nullable String asked = asked(request);
        if (asked != null) {
            var language = Language.ofCode(asked);
            if (language.isPresent()) {
                return language.get();
            }
        }
        Cookie @Nullable [] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                var language = cookie.getName().equals(NAME) && cookie.getValue() != null
                        ? Language.ofCode(cookie.getValue())
                        : java.util.Optional.<Language>empty();
                if (language.isPresent()) {
                    return language.get();
                }
            }
        }
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null) {
            for (Locale locale : Collections.list(request.getLocales())) {
                if (locale.getLanguage().equals("zh") || locale.getLanguage().equals("en")) {
                    return Language.of(locale);
                }
            }
        }
        return Language.ZH;
    }

    /** From the address alone: reading a parameter would read a form, also one that was turned away unread. */
    private static @Nullable String asked(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null
                ? null
                : UriComponentsBuilder.newInstance()
                        .query(query)
                        .build()
                        .getQueryParams()
                        .getFirst(NAME);
    }

    /** Writes the cookie when this request asks for a language. */
    static void remember(HttpServletRequest request, HttpServletResponse response) {
        @Nullable String asked = asked(request);
        if (asked == null || response.isCommitted()) {
            return;
        }
        Language.ofCode(asked)
                .ifPresent(language -> response.addHeader(
                        HttpHeaders.SET_COOKIE,
                        ResponseCookie.from(NAME, language.code())
                                .path("/")
                                .maxAge(REMEMBERED)
                                .httpOnly(true)
                                .secure(request.isSecure())
                                .sameSite("Lax")
                                .build()
                                .toString()));
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("the language is chosen by ?lang=zh or ?lang=en");
    }
}
