package dev.hufu.service.web;

import dev.hufu.service.analytics.ObligationUnmetException;
import dev.hufu.service.analytics.PublicationsNotReadyException;
import dev.hufu.service.audit.LogBusyException;
import dev.hufu.service.audit.LogStoppedException;
import dev.hufu.service.identity.AccountRefusedException;
import dev.hufu.service.identity.PasswordsBusyException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Whatever goes wrong in REST leaves as RFC 9457 with what to do next: no stack trace, no echo of the request. */
@RestControllerAdvice(annotations = org.springframework.web.bind.annotation.RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> problem(ProblemException e, HttpServletRequest request) {
        return answer(e, request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> account(AccountRefusedException e, HttpServletRequest request) {
        return answer(AccountProblems.of(e.refusal()), request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> passwordsBusy(PasswordsBusyException e, HttpServletRequest request) {
        return answer(AccountProblems.busy(), request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return answer(
                switch (e.getCause()) {
                    case UnrecognizedPropertyException unknown ->
                        new ProblemException(
                                ProblemType.MALFORMED,
                                "The body has a member that is not part of this request. Known members: "
                                        + knownMembers(unknown) + ".",
                                "请求体包含未定义的成员。可用成员：" + knownMembers(unknown) + "。");
                    case StreamReadException broken ->
                        new ProblemException(
                                ProblemType.MALFORMED,
                                "The body is not valid JSON, or names a member twice, at line "
                                        + broken.getLocation().getLineNr() + ", column "
                                        + broken.getLocation().getColumnNr() + ".",
                                "请求体不是有效的 JSON，或者有重复的成员：第 "
                                        + broken.getLocation().getLineNr() + " 行第 "
                                        + broken.getLocation().getColumnNr() + " 列。");
                    case JacksonException wrong -> wrongType(wrong);
                    case null, default ->
                        new ProblemException(
                                ProblemType.MALFORMED,
                                "The request needs a JSON object as its body. See /openapi.yaml for its members.",
                                "请求体必须是 JSON 对象，成员见 /openapi.yaml。");
                },
                request);
    }

    private static ProblemException wrongType(JacksonException e) {
        String path = e.getPath().isEmpty() ? "" : path(e);
        return new ProblemException(
                ProblemType.MALFORMED,
                "The body does not fit: "
                        + (path.isEmpty() ? "it is not the object expected" : path + " has another type or value")
                        + ". See /openapi.yaml.",
                "请求体不符合要求：" + (path.isEmpty() ? "不是所需的对象" : path + " 的类型或取值不对") + "。见 /openapi.yaml。");
    }

    private static String path(JacksonException e) {
        var path = new StringBuilder();
        for (JacksonException.Reference r : e.getPath()) {
            if (r.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(r.getPropertyName());
            } else {
                path.append('[').append(r.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static String knownMembers(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds() == null
                ? ""
                : String.join(
                        ", ",
                        e.getKnownPropertyIds().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> logStopped(LogStoppedException e, HttpServletRequest request) {
        return answer(AuditLogHealth.stopped(), request);
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Map<String, Object>> database(RuntimeException e, HttpServletRequest request) {
        return DatabaseTrouble.outside(e) ? answer(DatabaseTrouble.problem(), request) : fault(e, request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> notPublished(PublicationsNotReadyException e, HttpServletRequest request) {
        return answer(
                new ProblemException(
                        ProblemType.NOT_READY,
                        "The statistics are being published. Ask again in a few seconds; GET /actuator/health is UP when it is done.",
                        "统计数据正在发布。请稍后重试；就绪后 GET /actuator/health 为 UP。"),
                request);
    }

    /** A duty that the enforcing side cannot meet is a denial; that the query came to nothing is an entry already. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unmet(ObligationUnmetException e, HttpServletRequest request) {
        return answer(
                new ProblemException(
                        ProblemType.DENIED,
                        "The permit carries a duty that a statistic cannot meet, so nothing was released. Tell legal or security.",
                        "许可所附的义务，统计方式无法履行，因此没有发布任何数据。请将此情况告知法务或安全团队。",
                        Map.of("code", "obligation.unmet")),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> logBusy(LogBusyException e, HttpServletRequest request) {
        return answer(
                new ProblemException(
                        ProblemType.BUSY,
                        "Too many requests wait for the audit log. Nothing was released; ask again in a moment.",
                        "等待写入审计日志的请求过多。没有发布任何数据，请稍后重试。"),
                request);
    }

    @ExceptionHandler({ServletRequestBindingException.class, MethodArgumentTypeMismatchException.class})
    ResponseEntity<Map<String, Object>> parameter(Exception e, HttpServletRequest request) {
        return answer(
                new ProblemException(
                        ProblemType.MALFORMED,
                        "A parameter is missing or has the wrong form. See /openapi.yaml.",
                        "缺少参数或参数格式不对。见 /openapi.yaml。"),
                request);
    }

    /** Our own fault: the log gets the exception's type and place under a number that the caller sees, never its text. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> fault(Exception e, HttpServletRequest request) {
        String number = Long.toString(ThreadLocalRandom.current().nextLong(36L * 36 * 36 * 36 * 36 * 36), 36);
        StackTraceElement[] stack = e.getStackTrace();
        LOG.error("fault {}: {} at {}", number, e.getClass().getName(), stack.length == 0 ? "?" : stack[0]);
        return answer(
                new ProblemException(
                        ProblemType.INTERNAL,
                        "Nothing was released. Tell the operator the fault number " + number + ".",
                        "没有发布任何数据。请将故障编号 " + number + " 告知运维人员。",
                        Map.of("fault", number)),
                request);
    }

    private static ResponseEntity<Map<String, Object>> answer(ProblemException e, HttpServletRequest request) {
        var answer = ResponseEntity.status(e.type().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (e.type().status() == 503 || e.type().status() == 429) {
            answer.header(HttpHeaders.RETRY_AFTER, "2");
        }
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").body(e.body(chinese(request)));
    }

    /** Whether the caller would rather read Chinese. */
    static boolean chinese(HttpServletRequest request) {
        @Nullable String language = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        return language != null && language.toLowerCase(Locale.ROOT).startsWith("zh");
    }
}
