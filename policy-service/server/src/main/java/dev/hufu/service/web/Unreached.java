package dev.hufu.service.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.webmvc.autoconfigure.error.BasicErrorController;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the firewall or a filter refused by a status alone: a problem (RFC 9457), or a page for who reads HTML and did not ask an
 * interface. Nothing of the request is repeated.
 */
public final class Unreached extends BasicErrorController {
    private final JsonMapper json;

    public Unreached(
            ErrorAttributes attributes, WebProperties properties, List<ErrorViewResolver> pages, JsonMapper json) {
        super(attributes, properties.getError(), pages);
        this.json = json;
    }

    /** Who comes here without an error finds nothing. */
    @Override
    protected HttpStatus getStatus(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) == null
                ? HttpStatus.NOT_FOUND
                : super.getStatus(request);
    }

    @Override
    public ModelAndView errorHtml(HttpServletRequest request, HttpServletResponse response) {
        boolean ofAnInterface = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                && UnreachedInterfaces.under(uri);
        return ofAnInterface
                ? new ModelAndView((model, _, answer) -> write(request, answer))
                : super.errorHtml(request, response);
    }

    private void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getOutputStream().write(json.writeValueAsBytes(body(request)));
    }

    @Override
    public ResponseEntity<Map<String, @Nullable Object>> error(HttpServletRequest request) {
        return problem(request).body(body(request));
    }

    /** An error has no other format, whatever is asked for. */
    @Override
    public ResponseEntity<String> mediaTypeNotAcceptable(HttpServletRequest request) {
        return problem(request).body(json.writeValueAsString(body(request)));
    }

    private ResponseEntity.BodyBuilder problem(HttpServletRequest request) {
        return ResponseEntity.status(getStatus(request))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private Map<String, @Nullable Object> body(HttpServletRequest request) {
        return StatusProblem.body(getStatus(request).value(), ProblemAdvice.chinese(request));
    }
}
