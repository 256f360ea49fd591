package dev.hufu.service.web.pages;

import dev.hufu.service.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/**
 * Sends what goes wrong under a browser to {@link ErrorPages}. REST has its own advice, which comes first; this one answers only
 * who accepts HTML.
 */
@ControllerAdvice
@Order(-1)
class PageAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(PageAdvice.class);

    @ExceptionHandler(exception = Exception.class, produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(Exception e, HttpServletResponse response) throws Exception {
        switch (e) {
            // the security chain knows whether to ask for a sign-in or to refuse
            case AccessDeniedException denied -> throw denied;
            case ProblemException problem -> send(response, problem.type().status());
            case ErrorResponse answer -> send(response, answer.getStatusCode().value());
            default -> {
                StackTraceElement[] stack = e.getStackTrace();
                LOG.error("fault: {} at {}", e.getClass().getName(), stack.length == 0 ? "?" : stack[0]);
                send(response, 500);
            }
        }
        return new ModelAndView();
    }

    private static void send(HttpServletResponse response, int status) throws IOException {
        if (!response.isCommitted()) {
            response.sendError(status);
        }
    }
}
