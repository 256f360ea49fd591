package dev.hufu.service.gate;

import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import java.util.List;
import java.util.Optional;

/** A case's documents as the rules see them, for those who explain a decision. */
public record CaseDocuments(String name, Value input, Value data) {
    /**
     * All cases of a bundle.
     *
     * @throws IllegalArgumentException when a case file is malformed
     */
    public static List<CaseDocuments> all(PolicyBundle bundle, FactsSnapshot facts) {
        return CaseFile.read(bundle.cases()).stream()
                .map(one -> new CaseDocuments(
                        one.name(),
                        Value.fromJson(one.input()),
                        CompiledPolicy.data(Value.fromJson(CaseRunner.facts(one, facts.document())))))
                .toList();
    }

    /** @throws IllegalArgumentException when a case file is malformed */
    public static Optional<CaseDocuments> find(PolicyBundle bundle, FactsSnapshot facts, String name) {
        return all(bundle, facts).stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    /** The document under {@code data} for facts without changes. */
    public static Value data(FactsSnapshot facts) {
        return CompiledPolicy.data(Value.fromJson(facts.document()));
    }
}
