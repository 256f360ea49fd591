package dev.hufu.service.web.security;

import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import dev.hufu.service.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A body has at most 1 MiB, whether its length is announced or it comes in chunks, and is UTF-8 ({@link JsonText}); it is read here
 * before anything looks at it. Imports are large by nature, come in other encodings, and bound themselves.
 */
public final class BodyLimitFilter extends OncePerRequestFilter {
    /** Bytes. */
    public static final int LIMIT = 1 << 20;

    private static final String IMPORTS = "/api/v1/imports";

    private final ProblemWriter problems;

    public BodyLimitFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    /**
     * The same bound for forms, told as a page. A form's length is always announced; one whose is not is turned away unread, since
     * nothing here could read it for the servlet container.
     */
    public static OncePerRequestFilter ofForms() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (request.getContentLengthLong() > LIMIT) {
                    response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
                } else if (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null) {
                    response.sendError(HttpServletResponse.SC_LENGTH_REQUIRED);
                } else {
                    chain.doFilter(request, response);
                }
            }
        };
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals(IMPORTS) || path.startsWith(IMPORTS + "/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LIMIT) {
            problems.write(tooLarge(), request, response);
            return;
        }
        if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
        Optional<ProblemException> problem =
                body.length > LIMIT ? Optional.of(tooLarge()) : JsonText.problem(request, body);
        if (problem.isPresent()) {
            problems.write(problem.get(), request, response);
        } else {
            chain.doFilter(new Read(request, body), response);
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "A request has at most " + LIMIT + " bytes. Send less, or import a file: hufu import.",
                "请求体最多 " + LIMIT + " 字节。请减少内容，或使用 hufu import 导入文件。",
                Map.of("limitBytes", LIMIT));
    }

    /** A request whose body has been read. */
    private static final class Read extends HttpServletRequestWrapper {
        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public int getContentLength() {
            return body.length;
        }

        @Override
        public long getContentLengthLong() {
            return body.length;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("the body is here already; read it");
                }

                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    return bytes.read(into, offset, length);
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
