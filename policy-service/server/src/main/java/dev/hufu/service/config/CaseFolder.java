package dev.hufu.service.config;

import dev.hufu.service.cli.GateDocuments;
import dev.hufu.service.facts.Facts;
import dev.hufu.service.facts.FactsSnapshot;
import dev.hufu.service.gate.CaseDocuments;
import dev.hufu.service.gate.PolicyBundle;
import dev.hufu.service.registers.RegisterFiles;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** The documents of a folder of policies, for commands that run without a server. */
public final class CaseFolder {
    private CaseFolder() {}

    public static Optional<GateDocuments.Documents> documents(SortedMap<String, String> texts, String caseName) {
        // nothing of the facts depends on when they are read
        FactsSnapshot facts = Facts.of(RegisterFiles.read(texts), Instant.EPOCH);
        return caseName.isEmpty()
                ? Optional.of(new GateDocuments.Documents(Optional.empty(), CaseDocuments.data(facts)))
                : CaseDocuments.find(PolicyBundle.of(texts), facts, caseName)
                        .map(found -> new GateDocuments.Documents(Optional.of(found.input()), found.data()));
    }
}
