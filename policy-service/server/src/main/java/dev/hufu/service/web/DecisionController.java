package dev.hufu.service.web;

import dev.hufu.service.release.DecisionJson;
import dev.hufu.service.release.DecisionPath;
import dev.hufu.service.release.ProvenAnswer;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.Recipient;
import dev.hufu.service.web.security.CallerAuthentication;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;

/** Decisions for whoever enforces them elsewhere. */
@RestController
class DecisionController {
    /** To whom data would go. */
    record WantedRecipient(
            @Nullable String kind,
            @Nullable String contract,
            @Nullable String region) {}

    /** The body of the request. */
    record Wanted(
            @Nullable String action,
            @Nullable String dataset,
            @Nullable List<@Nullable String> fields,
            @Nullable String purpose,
            @Nullable String legalBasis,
            @Nullable String justification,
            @Nullable WantedRecipient recipient,
            @Nullable List<@Nullable String> subjects) {}

    private final DecisionPath path;
    private final Vocabulary vocabulary;
    private final NamedPeople people;
    private final Readiness readiness;
    private final Clock clock;

    DecisionController(DecisionPath path, Vocabulary vocabulary, NamedPeople people, Readiness readiness, Clock clock) {
        this.path = path;
        this.vocabulary = vocabulary;
        this.people = people;
        this.readiness = readiness;
        this.clock = clock;
    }

    @PostMapping(
            path = "/api/v1/decisions",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> decide(@RequestBody Wanted wanted, CallerAuthentication caller) {
        readiness.require();
        AccessRequest request = request(wanted, caller);
        ProvenAnswer answer = path.decide(
                request,
                people.read(wanted.subjects(), caller.getPrincipal()),
                decision -> JsonNodeFactory.instance.objectNode().set("decision", DecisionJson.of(decision)));
        return ResponseEntity.ok()
                .header("Hufu-Decision", answer.decision().id().value())
                .header("Hufu-Receipt", answer.receipt().id())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.bytes());
    }

    private AccessRequest request(Wanted wanted, CallerAuthentication caller) {
        var purpose = vocabulary.purpose(wanted.purpose());
        var dataset = vocabulary.dataset(wanted.dataset());
        Vocabulary.within(caller.grant(), purpose, dataset);
        List<String> fields = vocabulary.fields(dataset, wanted.fields());
        WantedRecipient recipient = wanted.recipient();
        return new AccessRequest(
                caller.getPrincipal(),
                vocabulary.action(wanted.action()),
                dataset,
                fields,
                purpose,
                vocabulary.legalBasis(wanted.legalBasis()),
                recipient == null
                        ? Optional.empty()
                        : Optional.of(new Recipient(
                                Vocabulary.required(recipient.kind(), "recipient.kind"),
                                Optional.ofNullable(recipient.contract()),
                                Optional.ofNullable(recipient.region()))),
                justification(wanted.justification()),
                clock.instant());
    }

    static String justification(@Nullable String text) {
        String justification = text == null ? "" : text.strip();
        if (justification.length() > AccessRequest.MAX_JUSTIFICATION) {
            throw new ProblemException(
                    ProblemType.MALFORMED,
                    "A justification has at most " + AccessRequest.MAX_JUSTIFICATION + " characters.",
                    "理由最多 " + AccessRequest.MAX_JUSTIFICATION + " 个字符。");
        }
        return justification;
    }
}
