package dev.hufu.service.cli;

import dev.hufu.auditlog.export.ExportVerdict;
import dev.hufu.auditlog.export.ExportVerifier;
import dev.hufu.auditlog.export.LogExport;
import dev.hufu.auditlog.note.WitnessPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Verifies an export and says what came of it. */
final class ExportWords {
    private ExportWords() {}

    static int verify(HufuCommand root, Path file, ExportVerifier verifier, Optional<WitnessPolicy> policy) {
        ExportVerdict verdict;
        try (InputStream start = Files.newInputStream(file);
                InputStream in = Files.newInputStream(file)) {
            if (!LogExport.isOne(start.readNBytes(LogExport.START_BYTES))) {
                throw new UsageException(file + " is neither a directory nor what audit export wrote;"
                        + " a receipt or a proof is checked with: hufu receipt verify FILE");
            }
            verdict = verifier.verify(in, new AuditProgress(root.terminal(), "verified"));
        } catch (IOException e) {
            throw new UnreachableException("the file cannot be read: " + e);
        }
        if (root.json()) {
            root.print(json(verdict));
        } else {
            print(verdict, file, policy, root.terminal().out());
        }
        return switch (verdict) {
            case ExportVerdict.Holds _ -> HufuCommand.HOLDS;
            case ExportVerdict.Fails _ -> HufuCommand.DOES_NOT;
        };
    }

    private static void print(ExportVerdict verdict, Path file, Optional<WitnessPolicy> policy, PrintWriter out) {
        switch (verdict) {
            case ExportVerdict.Fails(String reason) -> out.println("does not hold: " + reason);
            case ExportVerdict.Holds holds -> {
                out.println("holds: " + file);
                out.println("  key         " + Keys.trusted(holds.key(), holds.keyGiven(), "the file"));
                out.println("  entries     " + holds.from() + " to " + (holds.to() - 1) + ", all "
                        + (holds.to() - holds.from()) + " of them, unchanged and in order");
                out.println("  checkpoint  " + holds.checkpoint().size() + " entries, signed");
                out.println("  root        " + holds.checkpoint().root().base64());
                policy.ifPresent(wanted -> out.println("  witnesses   " + WitnessOptions.words(wanted)));
            }
        }
    }

    private static ObjectNode json(ExportVerdict verdict) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        switch (verdict) {
            case ExportVerdict.Fails(String reason) -> json.put("holds", false).put("reason", reason);
            case ExportVerdict.Holds holds -> {
                json.put("holds", true);
                json.put("key", holds.key().text()).put("keyGiven", holds.keyGiven());
                json.put("from", holds.from()).put("to", holds.to());
                json.putObject("checkpoint")
                        .put("origin", holds.checkpoint().origin())
                        .put("size", holds.checkpoint().size())
                        .put("root", holds.checkpoint().root().base64());
            }
        }
        return json;
    }
}
