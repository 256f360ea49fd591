package dev.hufu.service.web;

import dev.hufu.anonymizer.query.SqlRefusedException;
import dev.hufu.service.analytics.PreCheck;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.release.ProvenAnswer;
import dev.hufu.service.release.QueryPath;
import dev.hufu.service.release.Release;
import dev.hufu.service.web.security.CallerAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Statistics: the analyst's everyday. */
@RestController
class QueryController {
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    /** The body of the request. */
    record Wanted(
            @Nullable String sql,
            @Nullable String purpose,
            @Nullable String legalBasis,
            @Nullable String justification,
            @Nullable String mode) {}

    private final Questions questions;
    private final Vocabulary vocabulary;

    QueryController(Questions questions, Vocabulary vocabulary) {
        this.questions = questions;
        this.vocabulary = vocabulary;
    }

    @PostMapping(
            path = "/api/v1/queries",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    ResponseEntity<byte[]> query(@RequestBody Wanted wanted, CallerAuthentication caller, HttpServletRequest http) {
        questions.requireReady();
        requireThreshold(wanted.mode());
        Questions.Question question = read(wanted, caller);
        return switch (questions.ask(question, ProblemAdvice.chinese(http))) {
            case QueryPath.Outcome.Denied(ProvenAnswer answer) -> denied(answer);
            case QueryPath.Outcome.Released(Release release) -> {
                var out = headers(
                        ResponseEntity.ok(),
                        release.result().decision(),
                        release.receipt().id());
                yield wantsCsv(http)
                        ? out.contentType(CSV).body(CsvTable.of(release.result()))
                        : out.contentType(MediaType.APPLICATION_JSON).body(release.bytes());
            }
        };
    }

    /** What would come of a query; nothing is run. */
    @PostMapping(
            path = "/api/v1/queries/pre-check",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> preCheck(@RequestBody Wanted wanted, CallerAuthentication caller, HttpServletRequest http) {
        questions.requireReady();
        requireThreshold(wanted.mode());
        Questions.Question question = read(wanted, caller);
        return switch (questions.preCheck(question, ProblemAdvice.chinese(http))) {
            case QueryPath.Outcome.Denied(ProvenAnswer answer) -> denied(answer);
            case QueryPath.Checked.Permitted(PreCheck _, ProvenAnswer answer) ->
                headers(ResponseEntity.ok(), answer.decision(), answer.receipt().id())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(answer.bytes());
        };
    }

    private static ResponseEntity<byte[]> denied(ProvenAnswer answer) {
        return headers(
                        ResponseEntity.status(ProblemType.DENIED.status()),
                        answer.decision(),
                        answer.receipt().id())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(answer.bytes());
    }

    private Questions.Question read(Wanted wanted, CallerAuthentication caller) {
        try {
            return questions.read(
                    new Questions.Wanted(wanted.sql(), wanted.purpose(), wanted.legalBasis(), wanted.justification()),
                    caller);
        } catch (SqlRefusedException e) {
            throw refused(e, e.identifier().map(vocabulary::ungraded).orElse(List.of()));
        }
    }

    /**
     * Says where and why, and nothing of any literal.
     *
     * @param ungraded columns that want class and grade, when a dataset is at fault
     */
    private static ProblemException refused(SqlRefusedException e, List<String> ungraded) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", e.code());
        members.put("line", e.line());
        members.put("column", e.column());
        e.identifier().ifPresent(identifier -> members.put("identifier", identifier));
        if (!e.near().isEmpty()) {
            members.put("near", e.near());
        }
        String en = e.causeEn() + ". " + e.nextStepEn();
        String zh = e.causeZh() + "。" + e.nextStepZh();
        if (ungraded.isEmpty()) {
            return new ProblemException(ProblemType.SQL_REFUSED, en, zh, members);
        }
        members.put("ungraded", ungraded);
        return new ProblemException(
                ProblemType.SQL_REFUSED,
                en + " Without a grade: " + String.join(", ", ungraded) + ".",
                zh + "尚未定级的列：" + String.join("、", ungraded) + "。",
                members);
    }

    private static void requireThreshold(@Nullable String mode) {
        if (mode != null && !mode.equals("threshold")) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "There is one mode now: threshold. Leave mode out, or name it.",
                    "目前只有 threshold（门槛）模式。请省略 mode，或填写 threshold。",
                    Map.of("code", "mode.unknown"));
        }
    }

    private static ResponseEntity.BodyBuilder headers(
            ResponseEntity.BodyBuilder out, Decision decision, String receiptId) {
        return out.header("Hufu-Decision", decision.id().value())
                .header("Hufu-Receipt", receiptId)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** CSV when it is asked for before JSON. */
    private static boolean wantsCsv(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null) {
            return false;
        }
        var wanted = MediaType.parseMediaTypes(accept);
        org.springframework.util.MimeTypeUtils.sortBySpecificity(wanted);
        for (MediaType type : wanted) {
            if (type.includes(MediaType.APPLICATION_JSON)) {
                return false;
            }
            if (type.includes(CSV) || type.equalsTypeAndSubtype(CSV)) {
                return true;
            }
        }
        return false;
    }
}
