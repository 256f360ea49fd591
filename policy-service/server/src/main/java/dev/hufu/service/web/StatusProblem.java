package dev.hufu.service.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The problem that a status alone says, where a request was refused before anything of ours read it. A status without a type of its
 * own is {@code about:blank} (RFC 9457, 4.2.1).
 */
final class StatusProblem {
    private StatusProblem() {}

    static Map<String, @Nullable Object> body(int status, boolean chinese) {
        Optional<ProblemType> type = type(status);
        @Nullable HttpStatus known = HttpStatus.resolve(status);
        String phrase = known == null ? "HTTP " + status : known.getReasonPhrase();
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("type", type.map(ProblemType::uri).orElse("about:blank"));
        body.put("title", type.map(t -> t.title(chinese)).orElse(phrase));
        body.put("status", status);
        body.put("detail", chinese ? chinese(status) : english(status));
        return body;
    }

    private static Optional<ProblemType> type(int status) {
        return Optional.ofNullable(
                switch (status) {
                    case 400 -> ProblemType.MALFORMED;
                    case 401 -> ProblemType.UNAUTHENTICATED;
                    case 403 -> ProblemType.FORBIDDEN;
                    case 404 -> ProblemType.NOT_FOUND;
                    case 405 -> ProblemType.METHOD_NOT_ALLOWED;
                    case 406 -> ProblemType.NOT_ACCEPTABLE;
                    case 413 -> ProblemType.TOO_LARGE;
                    case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
                    case 429 -> ProblemType.TOO_MANY_REQUESTS;
                    case 500 -> ProblemType.INTERNAL;
                    case 503 -> ProblemType.BUSY;
                    default -> null;
                });
    }

    private static String english(int status) {
        return switch (status) {
            case 400 ->
                "This is not a request that is taken here: its method, address, headers or framing are not well-formed, or are"
                        + " longer than 8 KiB. See /openapi.yaml.";
            case 403 -> "This is not open to you, or the form has aged: load the page again.";
            case 404 -> "There is nothing at this address. See /openapi.yaml.";
            case 405 -> "This address does not take that method. The Allow header names those that it may take.";
            default ->
                status < 500
                        ? "The request cannot be taken as it was sent. See /openapi.yaml."
                        : "Nothing was released. Ask again later; if it goes on, tell the operator.";
        };
    }

    private static String chinese(int status) {
        return switch (status) {
            case 400 -> "无法接受该请求：其方法、地址、请求头或传输格式不正确，或长度超过 8 KiB。见 /openapi.yaml。";
            case 403 -> "您无权访问，或表单已过期：请重新打开页面。";
            case 404 -> "该地址没有内容。见 /openapi.yaml。";
            case 405 -> "该地址不支持此方法，可用的方法见 Allow 响应头。";
            default -> status < 500 ? "无法接受这样发送的请求。见 /openapi.yaml。" : "没有发布任何数据。请稍后重试；如仍失败，请告知运维人员。";
        };
    }
}
