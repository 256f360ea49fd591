package dev.hufu.service.web.pages;

import dev.hufu.service.web.security.PageRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** An error as a page: what happened, why, what to do next. Nothing of the request or of the exception is repeated. */
public final class ErrorPages implements ErrorViewResolver {
    /** Statuses with words of their own; any other gets those of its class. */
    private static final Set<Integer> TOLD = Set.of(400, 403, 404, 405, 413, 429, 500, 503);

    private static final List<String> FORMS = List.of("/query", "/account/password", "/logout", "/login");

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        if (request.getAttribute(PageRefusal.EXPIRED_FORM) instanceof String sentTo) {
            return new ModelAndView("oops", Map.of("kind", "expired-form", "fresh", page(sentTo)), status);
        }
        int kind = TOLD.contains(status.value()) ? status.value() : status.is4xxClientError() ? 400 : 500;
        return new ModelAndView("oops", Map.of("kind", Integer.toString(kind)), status);
    }

    /** The page that has the form which is sent to an address. */
    private static String page(String sentTo) {
        return FORMS.stream()
                .filter(page -> sentTo.equals(page) || sentTo.startsWith(page + "/"))
                .findFirst()
                .orElse("/");
    }
}
