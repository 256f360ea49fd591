package dev.hufu.service.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hufu.service.identity.Accounts;
import dev.hufu.service.release.DecisionJson;
import dev.hufu.service.release.DecisionPath;
import dev.hufu.service.release.ProvenAnswer;
import dev.hufu.service.request.AccessRequest;
import dev.hufu.service.request.AccountId;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Principal;
import dev.hufu.service.web.security.CallerAuthentication;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Access evaluation after AuthZEN Authorization API 1.0. The resource is a {@code dataset}, or the record of one {@code person} in
 * the dataset that its properties name; purpose and legal basis stand in the context. What AuthZEN does not define is passed over, as it says; what it defines must have its form.
 */
@RestController
class AuthZenController {
    /** The standard's word, and the policy's. */
    private static final Set<String> SUBJECT_TYPES = Set.of("user", "account");

    private static final int MAX_REQUEST_ID = 128;

    private final DecisionPath path;
    private final Vocabulary vocabulary;
    private final NamedPeople people;
    private final Accounts accounts;
    private final Readiness readiness;
    private final Clock clock;

    AuthZenController(
            DecisionPath path,
            Vocabulary vocabulary,
            NamedPeople people,
            Accounts accounts,
            Readiness readiness,
            Clock clock) {
        this.path = path;
        this.vocabulary = vocabulary;
        this.people = people;
        this.accounts = accounts;
        this.readiness = readiness;
        this.clock = clock;
    }

    /**
     * Where what is (AuthZEN 1.0, Policy Decision Point Metadata). Its identifier is the address at which it was asked for, as a
     * client must find it there; an interface that is not served is not named.
     */
    record Metadata(
            @JsonProperty("policy_decision_point") String policyDecisionPoint,
            @JsonProperty("access_evaluation_endpoint") String accessEvaluationEndpoint) {}

    @GetMapping(path = "/.well-known/authzen-configuration", produces = MediaType.APPLICATION_JSON_VALUE)
    Metadata metadata() {
        String here = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        return new Metadata(here, here + "/access/v1/evaluation");
    }

    @PostMapping(
            path = "/access/v1/evaluation",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ObjectNode> evaluate(
            @RequestBody JsonNode body,
            @RequestHeader(name = "X-Request-ID", required = false) @Nullable String requestId,
            CallerAuthentication caller,
            HttpServletResponse http) {
        if (requestId != null && requestId.length() <= MAX_REQUEST_ID && requestId.matches("[\\x21-\\x7e]+")) {
            http.setHeader("X-Request-ID", requestId); // on a refusal too
        }
        readiness.require();
        AccessRequest request = request(body, caller);
        ProvenAnswer answer = path.decide(
                request,
                people.read(subjects(object(body, "resource")), caller.getPrincipal()),
                decision -> JsonNodeFactory.instance.objectNode().set("decision", DecisionJson.of(decision)));
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("decision", answer.decision().permitted());
        ObjectNode context = DecisionJson.of(answer.decision());
        context.putObject("receipt").put("id", answer.receipt().id());
        response.set("context", context);
        return ResponseEntity.ok()
                .header("Hufu-Decision", answer.decision().id().value())
                .header("Hufu-Receipt", answer.receipt().id())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(response);
    }

    private AccessRequest request(JsonNode body, CallerAuthentication caller) {
        JsonNode resource = object(body, "resource");
        JsonNode context = body.path("context");
        var purpose = vocabulary.purpose(optional(context, "purpose"), "context.purpose");
        var dataset = vocabulary.dataset(
                person(resource)
                        ? text(resource.path("properties"), "dataset", "resource.properties.dataset")
                        : text(resource, "id", "resource.id"));
        Vocabulary.within(caller.grant(), purpose, dataset);
        return new AccessRequest(
                subject(object(body, "subject"), caller),
                vocabulary.action(text(object(body, "action"), "name", "action.name")),
                dataset,
                fields(dataset, resource),
                purpose,
                vocabulary.legalBasis(optional(context, "legalBasis"), "context.legalBasis"),
                Optional.empty(),
                DecisionController.justification(optional(context, "justification")),
                clock.instant());
    }

    private Principal subject(JsonNode subject, CallerAuthentication caller) {
        if (!SUBJECT_TYPES.contains(text(subject, "type", "subject.type"))) {
            throw malformed("subject.type is user or account", "subject.type 为 user 或 account");
        }
        String id = text(subject, "id", "subject.id");
        if (id.equals(caller.getName())) {
            return caller.getPrincipal();
        }
        if (!caller.getPrincipal().hasRole("admin")) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Ask about yourself: asking about another subject needs the role admin.",
                    "只能查询自己：查询其他主体需要 admin 角色。");
        }
        try {
            return accounts.find(new AccountId(id))
                    .orElseThrow(IllegalArgumentException::new)
                    .principal();
        } catch (IllegalArgumentException e) {
            throw malformed("subject.id is no account", "subject.id 不是账号");
        }
    }

    /** Whether the resource is one person's record, and not a dataset. */
    private static boolean person(JsonNode resource) {
        return switch (text(resource, "type", "resource.type")) {
            case "person" -> true;
            case "dataset" -> false;
            default -> throw malformed("resource.type is dataset or person", "resource.type 为 dataset 或 person");
        };
    }

    private static @Nullable List<@Nullable String> subjects(JsonNode resource) {
        return person(resource) ? List.of(text(resource, "id", "resource.id")) : texts(resource, "subjects");
    }

    private List<String> fields(DatasetName dataset, JsonNode resource) {
        return vocabulary.fields(dataset, texts(resource, "fields"));
    }

    /** A property of the resource that is a list of texts; null where it is not there. */
    private static @Nullable List<@Nullable String> texts(JsonNode resource, String property) {
        JsonNode list = resource.path("properties").path(property);
        if (list.isMissingNode()) {
            return null;
        }
        if (!list.isArray()) {
            throw malformed(
                    "resource.properties." + property + " is a list of texts",
                    "resource.properties." + property + " 是文本列表");
        }
        var texts = new ArrayList<@Nullable String>();
        for (JsonNode text : list) {
            texts.add(text.isString() ? text.stringValue() : null);
        }
        return texts;
    }

    private static JsonNode object(JsonNode parent, String name) {
        JsonNode child = parent.path(name);
        if (!child.isObject()) {
            throw malformed(name + " is a required object", name + " 为必填对象");
        }
        return child;
    }

    private static String text(JsonNode parent, String name, String path) {
        JsonNode child = parent.path(name);
        if (!child.isString() || child.stringValue().isBlank()) {
            throw malformed(path + " is a required text", path + " 为必填文本");
        }
        return child.stringValue();
    }

    private static @Nullable String optional(JsonNode parent, String name) {
        JsonNode child = parent.path(name);
        if (child.isMissingNode()) {
            return null;
        }
        if (!child.isString()) {
            throw malformed("context." + name + " is a text", "context." + name + " 为文本");
        }
        return child.stringValue();
    }

    private static ProblemException malformed(String en, String zh) {
        return new ProblemException(ProblemType.MALFORMED, en + ".", zh + "。");
    }
}
