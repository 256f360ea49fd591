package dev.hufu.service.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Requests to an interface that reach no controller: problems there, where a page would get a page. */
final class UnreachedInterfaces implements HandlerExceptionResolver, Ordered {
    private static final List<String> INTERFACES = List.of("/api/", "/access/", "/log/", "/.well-known/");

    private final ProblemWriter problems;

    UnreachedInterfaces(ProblemWriter problems) {
        this.problems = problems;
    }

    /** Whether an address belongs to an interface, where errors are problems whatever the caller accepts. */
    static boolean under(String uri) {
        return INTERFACES.stream().anyMatch(uri::startsWith);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (!under(request.getRequestURI())) {
            return null;
        }
        ProblemException problem = switch (e) {
            case NoResourceFoundException _ ->
                new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is nothing at this address. See /openapi.yaml.",
                        "该地址没有内容。见 /openapi.yaml。");
            case HttpRequestMethodNotSupportedException method -> method(method, response);
            case HttpMediaTypeNotSupportedException sent ->
                new ProblemException(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Send the body as " + MediaType.toString(sent.getSupportedMediaTypes()) + ", in UTF-8.",
                        "请以 " + MediaType.toString(sent.getSupportedMediaTypes()) + "（UTF-8）发送请求体。");
            case HttpMediaTypeNotAcceptableException accept ->
                new ProblemException(
                        ProblemType.NOT_ACCEPTABLE,
                        "Ask for one of: " + MediaType.toString(accept.getSupportedMediaTypes()) + ".",
                        "可用格式：" + MediaType.toString(accept.getSupportedMediaTypes()) + "。");
            default -> null;
        };
        if (problem == null) {
            return null;
        }
        try {
            problems.write(problem, request, response);
            return new ModelAndView();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static ProblemException method(HttpRequestMethodNotSupportedException e, HttpServletResponse response) {
        String[] supported = e.getSupportedMethods();
        String allowed = supported == null ? "" : String.join(", ", supported);
        response.setHeader(HttpHeaders.ALLOW, allowed);
        return new ProblemException(
                ProblemType.METHOD_NOT_ALLOWED, "This address takes " + allowed + ".", "该地址支持的方法：" + allowed + "。");
    }
}
