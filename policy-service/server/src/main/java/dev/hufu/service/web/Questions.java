package dev.hufu.service.web;

import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.service.analytics.Statistics;
import dev.hufu.service.gate.Decision;
import dev.hufu.service.release.DecisionJson;
import dev.hufu.service.release.QueryPath;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Action;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.web.security.CallerAuthentication;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a caller wrote as a question and asks it. REST and the console take this one way. Thread-safe. */
public final class Questions {
    private final QueryPath path;
    private final Statistics statistics;
    private final Vocabulary vocabulary;
    private final Readiness readiness;
    private final Clock clock;

    Questions(QueryPath path, Statistics statistics, Vocabulary vocabulary, Readiness readiness, Clock clock) {
        this.path = path;
        this.statistics = statistics;
        this.vocabulary = vocabulary;
        this.readiness = readiness;
        this.clock = clock;
    }

    /** A question as its caller wrote it. */
    public record Wanted(
            @Nullable String sql,
            @Nullable String purpose,
            @Nullable String legalBasis,
            @Nullable String justification) {}

    /** The parts of what is wanted. */
    public enum Part {
        PURPOSE,
        LEGAL_BASIS,
        JUSTIFICATION,
        SQL
    }

    /** A question that can be asked. Only {@link #read} makes one. */
    public static final class Question {
        private final AccessRequest request;
        private final ParsedQuery query;
        private final String sql;

        private Question(AccessRequest request, ParsedQuery query, String sql) {
            this.request = request;
            this.query = query;
            this.sql = sql;
        }

        public ParsedQuery query() {
            return query;
        }
    }

    /** @throws ProblemException unless questions can be asked yet */
    public void requireReady() {
        readiness.require();
    }

    /** The parts that cannot be taken as they are, whatever the catalogue says of the SQL. */
    public Set<Part> unfit(Wanted wanted) {
        var unfit = EnumSet.noneOf(Part.class);
        check(Part.PURPOSE, () -> vocabulary.purpose(wanted.purpose()), unfit);
        check(Part.LEGAL_BASIS, () -> vocabulary.legalBasis(wanted.legalBasis()), unfit);
        check(Part.JUSTIFICATION, () -> DecisionController.justification(wanted.justification()), unfit);
        check(Part.SQL, () -> Vocabulary.required(wanted.sql(), "sql"), unfit);
        return unfit;
    }

    private static void check(Part part, Runnable reading, Set<Part> unfit) {
        try {
            reading.run();
        } catch (ProblemException e) {
            unfit.add(part);
        }
    }

    /**
     * @throws ProblemException when the question names what does not exist or what the caller's token is not for, or the data is
     *     still being prepared
     * @throws dev.hufu.anonymizer.query.SqlRefusedException when the SQL is not in the language
     */
    public Question read(Wanted wanted, CallerAuthentication caller) {
        requireReady();
        var purpose = vocabulary.purpose(wanted.purpose());
        var legalBasis = vocabulary.legalBasis(wanted.legalBasis());
        String justification = DecisionController.justification(wanted.justification());
        String sql = Vocabulary.required(wanted.sql(), "sql");
        ParsedQuery query = statistics.parse(sql);
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
        return new Question(request, query, sql);
    }

    /**
     * Asks, by {@link QueryPath#ask}; a denial reads as problem+json.
     *
     * @param chinese the language of its texts
     */
    public QueryPath.Outcome ask(Question question, boolean chinese) {
        return path.ask(question.request, question.query, question.sql, decision -> denial(decision, chinese));
    }

    /** Pre-checks, by {@link QueryPath#preCheck}. */
    public QueryPath.Checked preCheck(Question question, boolean chinese) {
        return path.preCheck(question.request, question.query, question.sql, decision -> denial(decision, chinese));
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
}
