package dev.hufu.service.web.pages;

import dev.hufu.service.request.Principal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import org.springframework.context.MessageSource;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Who reads a page, and in which words. */
public final class Readers {
    private final MessageSource messages;
    private final ZoneId zone;

    public Readers(MessageSource messages, ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
    }

    /** From the session alone; nothing in the request can make it another's. */
    Principal principal(Authentication who) {
        if (who.getPrincipal() instanceof Principal principal) {
            return principal;
        }
        throw new AccessDeniedException("no account");
    }

    Words words(HttpServletRequest request) {
        return new Words(LanguageChoice.language(request), messages, zone);
    }
}
