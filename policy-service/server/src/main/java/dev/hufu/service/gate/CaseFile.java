package dev.hufu.service.gate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads case files, strictly: an unknown member, a key twice or a missing one is told with its file. */
final class CaseFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CaseFile() {}

    record Cases(List<Case> cases) {}

    record Case(
            String name,
            Text about,
            Request request,
            @Nullable JsonNode facts,
            Want want,
            PolicyCase.AuditOutline audit) {}

    record Request(
            List<String> roles,
            String action,
            String dataset,
            List<String> fields,
            String purpose,
            String legalBasis,
            @Nullable String orgUnit,
            @Nullable String region,
            @Nullable JsonNode trainingValidUntil,
            @Nullable String date,
            @Nullable String justification,
            @Nullable ObjectNode recipient) {}

    record Want(
            String outcome,
            Map<String, String> reasons,
            @Nullable List<JsonNode> obligations) {}

    /** @throws IllegalArgumentException naming the file */
    static List<PolicyCase> read(Map<String, String> files) {
        List<PolicyCase> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        files.forEach((file, text) -> {
            try {
                for (Case one : YAML.readValue(text, Cases.class).cases()) {
                    if (!names.add(one.name())) {
                        throw new IllegalArgumentException("two cases are named " + one.name());
                    }
                    all.add(read(file, one));
                }
            } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
                throw new IllegalArgumentException(file + ": " + malformed.getMessage(), malformed);
            }
        });
        return List.copyOf(all);
    }

    private static PolicyCase read(String file, Case one) {
        Want want = one.want();
        List<JsonNode> obligations = want.obligations() == null ? List.of() : want.obligations();
        return new PolicyCase(
                file,
                one.name(),
                one.about(),
                input(one.request()),
                one.facts() == null ? JsonMapper.shared().createObjectNode() : one.facts(),
                Outcome.valueOf(want.outcome().toUpperCase(java.util.Locale.ROOT)),
                new TreeMap<>(want.reasons()),
                obligations.stream().map(ObligationJson::read).toList(),
                one.audit());
    }

    /** The same document as {@link PolicyInput} makes, from a request that may also be one that no interface would let in. */
    private static ObjectNode input(Request request) {
        ObjectNode input = JsonMapper.shared().createObjectNode();
        ObjectNode subject = input.putObject("subject");
        subject.put("type", "account").put("id", "case");
        request.roles().forEach(subject.putArray("roles")::add);
        subject.put("orgUnit", request.orgUnit()).put("region", request.region());
        JsonNode training = request.trainingValidUntil();
        if (training == null) {
            subject.put("trainingValidUntil", "2027-12-31");
        } else {
            subject.set("trainingValidUntil", training);
        }
        input.putObject("action").put("name", request.action());
        ObjectNode resource = input.putObject("resource").put("dataset", request.dataset());
        request.fields().forEach(resource.putArray("fields")::add);
        LocalDate date = LocalDate.parse(request.date() == null ? "2026-11-23" : request.date());
        Instant noon = date.atTime(12, 0).atZone(PolicyInput.CHINA).toInstant();
        ObjectNode context = input.putObject("context");
        context.put("purpose", request.purpose()).put("legalBasis", request.legalBasis());
        if (request.recipient() == null) {
            context.putNull("recipient");
        } else {
            ObjectNode recipient = context.putObject("recipient");
            for (String member : List.of("kind", "contract", "region")) {
                recipient.put(member, request.recipient().path(member).asString(null));
            }
        }
        context.put("justification", request.justification() == null ? "" : request.justification())
                .put("date", date.toString())
                .put("time", noon.toString())
                .put(
                        "endOfDay",
                        date.plusDays(1)
                                .atStartOfDay(PolicyInput.CHINA)
                                .toInstant()
                                .toString());
        return input;
    }
}
