package dev.hufu.service.audit;

import dev.hufu.auditlog.merkle.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is to be logged (compliance-docs/spec/entry-format.md). Only {@code actor} and {@code cohort} may identify people;
 * everything else stands in the log in clear. Immutable; made by {@link #of} and the {@code with} methods.
 *
 * @param type what happened
 * @param stage stage of the data life cycle
 * @param action what was asked for, {@code query}, {@code read}, …
 * @param outcome {@code permit}, {@code deny}, {@code failure}, {@code done}
 * @param dataset the dataset asked for
 * @param fields the fields asked for
 * @param purpose CURIE of the purpose
 * @param legalBasis article of the legal basis
 * @param reasons codes of the reasons
 * @param obligations obligations applied, as the wire has them
 * @param policy on what the decision rests
 * @param commitment to the answer
 * @param cohort people concerned
 * @param actor acting person
 * @param details anything else that is not personal, by name
 */
public record Entry(
        EntryType type,
        Optional<Stage> stage,
        String action,
        String outcome,
        Optional<String> dataset,
        List<String> fields,
        Optional<String> purpose,
        Optional<String> legalBasis,
        List<String> reasons,
        List<JsonNode> obligations,
        Optional<PolicyReference> policy,
        Optional<Hash> commitment,
        Optional<Cohort> cohort,
        Optional<Actor> actor,
        Map<String, String> details) {

    /** Copies the collections. */
    public Entry {
        fields = List.copyOf(fields);
        reasons = List.copyOf(reasons);
        obligations = List.copyOf(obligations);
        details = Map.copyOf(details);
    }

    /** An entry with nothing but this. */
    public static Entry of(EntryType type, String action, String outcome) {
        return new Entry(
                type,
                Optional.empty(),
                action,
                outcome,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** With the stage of the data life cycle. */
    public Entry withStage(Stage value) {
        return new Entry(
                type,
                Optional.of(value),
                action,
                outcome,
                dataset,
                fields,
                purpose,
                legalBasis,
                reasons,
                obligations,
                policy,
                commitment,
                cohort,
                actor,
                details);
    }

    /** With the data asked for, and for what. */
    public Entry withData(String datasetName, List<String> fieldNames, String purposeCurie, String article) {
        return new Entry(
                type,
                stage,
                action,
                outcome,
                Optional.of(datasetName),
                fieldNames,
                Optional.of(purposeCurie),
                Optional.of(article),
                reasons,
                obligations,
                policy,
                commitment,
                cohort,
                actor,
                details);
    }

    /** With the dataset alone. */
    public Entry withDataset(String datasetName) {
        return new Entry(
                type,
                stage,
                action,
                outcome,
                Optional.of(datasetName),
                fields,
                purpose,
                legalBasis,
                reasons,
                obligations,
                policy,
                commitment,
                cohort,
                actor,
                details);
    }

    /** With why it was decided so, on what policy, and what was applied. */
    public Entry withDecision(List<String> reasonCodes, List<JsonNode> applied, PolicyReference reference) {
        return new Entry(
                type,
                stage,
                action,
                outcome,
                dataset,
                fields,
                purpose,
                legalBasis,
                reasonCodes,
                applied,
                Optional.of(reference),
                commitment,
                cohort,
                actor,
                details);
    }

    /** With the commitment to the answer. */
    public Entry withCommitment(Hash value) {
        return new Entry(
                type,
                stage,
                action,
                outcome,
                dataset,
                fields,
                purpose,
                legalBasis,
                reasons,
                obligations,
                policy,
                Optional.of(value),
                cohort,
                actor,
                details);
    }

    /** With the people concerned. */
    public Entry withCohort(Cohort value) {
        return new Entry(
                type,
                stage,
                action,
                outcome,
                dataset,
                fields,
                purpose,
                legalBasis,
                reasons,
                obligations,
                policy,
                commitment,
                Optional.of(value),
                actor,
                details);
    }

    /** With the acting person. */
    public Entry withActor(Actor value) {
        return new Entry(
                type,
                stage,
                action,
                outcome,
                dataset,
                fields,
                purpose,
                legalBasis,
                reasons,
                obligations,
                policy,
                commitment,
                cohort,
                Optional.of(value),
                details);
    }

    /** With other things that are not personal. */
    public Entry withDetails(Map<String, String> value) {
        return new Entry(
                type,
                stage,
                action,
                outcome,
                dataset,
                fields,
                purpose,
                legalBasis,
                reasons,
                obligations,
                policy,
                commitment,
                cohort,
                actor,
                value);
    }
}
