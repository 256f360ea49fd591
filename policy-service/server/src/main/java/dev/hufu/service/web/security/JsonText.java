package dev.hufu.service.web.security;

import dev.hufu.service.web.ProblemException;
import dev.hufu.service.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What JSON between systems is written in: UTF-8 and nothing else (RFC 8259, 8.1). A parser that guesses would read two requests
 * from the same bytes as another does.
 */
final class JsonText {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final int DECODED_CHARS = 8192;

    private JsonText() {}

    /** Why a body cannot be read, when it cannot. */
    static Optional<ProblemException> problem(HttpServletRequest request, byte[] body) {
        if (!charset(request.getContentType()).equals("utf-8")) {
            return Optional.of(new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "JSON is UTF-8 (RFC 8259). Send it so, with Content-Type: application/json.",
                    "JSON 须为 UTF-8 编码（RFC 8259）。请以 Content-Type: application/json 发送。",
                    Map.of("code", "body.charset")));
        }
        @Nullable String packed = request.getHeader("Content-Encoding");
        if (packed != null && !packed.equalsIgnoreCase("identity")) {
            return Optional.of(new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Bodies are read as they are: send it without Content-Encoding.",
                    "请求体不支持压缩：请不要使用 Content-Encoding。",
                    Map.of("code", "body.encoding")));
        }
        int broken = broken(body);
        return broken < 0
                ? Optional.empty()
                : Optional.of(new ProblemException(
                        ProblemType.MALFORMED,
                        "The body is not UTF-8 text at byte " + (broken + 1) + ". Send JSON in UTF-8 (RFC 8259).",
                        "请求体从第 " + (broken + 1) + " 个字节起不是 UTF-8 文本。请以 UTF-8 发送 JSON（RFC 8259）。",
                        Map.of("code", "body.utf8")));
    }

    private static String charset(@Nullable String contentType) {
        Matcher named = CHARSET.matcher(contentType == null ? "" : contentType);
        return named.find() ? named.group(1).toLowerCase(Locale.ROOT).replace("utf8", "utf-8") : "utf-8";
    }

    /** Index of the first byte that is no UTF-8, or is zero, which JSON never holds and UTF-16 does; else -1. */
    private static int broken(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        var bytes = ByteBuffer.wrap(body);
        var chars = CharBuffer.allocate(Math.min(DECODED_CHARS, Math.max(1, body.length)));
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(bytes, chars, true);
        } while (result.isOverflow());
        int good = result.isError() ? bytes.position() : body.length;
        for (int i = 0; i < good; i++) {
            if (body[i] == 0) {
                return i;
            }
        }
        return result.isError() ? good : -1;
    }
}
