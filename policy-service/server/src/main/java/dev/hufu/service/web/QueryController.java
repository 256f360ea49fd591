package dev.hufu.service.web;

import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.SqlRefusedException;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.release.DecisionJson;
import dev.hufu.service.release.ProvenAnswer;
import dev.hufu.service.release.QueryPath;
import dev.hufu.service.release.Release;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.web.security.CallerAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

    private final QueryPath path;
    private final Statistics statistics;
    private final Vocabulary vocabulary;
    private final Readiness readiness;
    private final Clock clock;

    QueryController(QueryPath path, Statistics statistics, Vocabulary vocabulary, Readiness readiness, Clock clock) {
        this.path = path;
        this.statistics = statistics;
        this.vocabulary = vocabulary;
        this.readiness = readiness;
        this.clock = clock;
    }

    @PostMapping(
            path = "/api/v1/queries",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    ResponseEntity<byte[]> query(@RequestBody Wanted wanted, CallerAuthentication caller, HttpServletRequest http) {
        readiness.require();
        requireThreshold(wanted.mode());
        var purpose = vocabulary.purpose(wanted.purpose());
        var legalBasis = vocabulary.legalBasis(wanted.legalBasis());
        String justification = DecisionController.justification(wanted.justification());
        String sql = Vocabulary.required(wanted.sql(), "sql");
        ParsedQuery query = parse(sql);
        var dataset = new DatasetName(query.dataset().name());
        Vocabulary.within(caller.grant(), purpose, dataset);
        var request = new AccessRequest(
                caller.getPrincipal(),
                Action.QUERY,
                dataset,
                query.fields(),
                purpose,
                legalBasis,
                Optional.empty(),
                justification,
                clock.instant());
        boolean chinese = ProblemAdvice.chinese(http);
        return switch (path.ask(request, query, sql, decision -> denial(decision, chinese))) {
            case QueryPath.Outcome.Denied(ProvenAnswer answer) ->
                headers(
                                ResponseEntity.status(ProblemType.DENIED.status()),
                                answer.decision(),
                                answer.receipt().id())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(answer.bytes());
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

    private ParsedQuery parse(String sql) {
        try {
            return statistics.parse(sql);
        } catch (SqlRefusedException e) {
            throw refused(e);
        }
    }

    /** Says where and why, and nothing of any literal. */
    static ProblemException refused(SqlRefusedException e) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", e.code());
        members.put("line", e.line());
        members.put("column", e.column());
        e.identifier().ifPresent(identifier -> members.put("identifier", identifier));
        return new ProblemException(ProblemType.SQL_REFUSED, e.nextStepEn(), e.nextStepZh(), members);
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

    private static ObjectNode denial(Decision decision, boolean chinese) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", ProblemType.DENIED.uri());
        body.put("title", ProblemType.DENIED.title(chinese));
        body.put("status", ProblemType.DENIED.status());
        body.put(
                "detail",
                decision.reasons().stream()
                        .map(r -> {
                            var remedy = r.remedy();
                            String why = chinese ? r.text().zh() : r.text().en();
                            return remedy == null ? why : why + " " + (chinese ? remedy.zh() : remedy.en());
                        })
                        .findFirst()
                        .orElse(ProblemType.DENIED.title(chinese)));
        body.set("decision", DecisionJson.of(decision));
        return body;
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
