package dev.hufu.service.cli;

import dev.hufu.auditlog.note.NoteKey;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.receipt.LogReceipt;
import dev.hufu.auditlog.receipt.ReceiptVerifier;
import dev.hufu.auditlog.receipt.TlogProof;
import dev.hufu.auditlog.receipt.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What concerns one receipt. */
@Command(name = "receipt", description = "Check a receipt.", subcommands = ReceiptCommand.Verify.class)
final class ReceiptCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        Objects.requireNonNull(spec).commandLine().usage(root.terminal().out());
        return HufuCommand.USAGE;
    }

    /** Verifies a receipt offline. */
    @Command(
            name = "verify",
            description = {
                "Verify a receipt, or a whole answer with the receipt in it, offline: one file, one key, no server.",
                "A proof in the format C2SP tlog-proof, as audit prove writes it, is verified too; it names no key, so give --key.",
                "Exit code 1 if any character of it is not as it was signed."
            })
    static final class Verify implements Callable<Integer> {
        private static final long MOST_BYTES = 64L << 20;

        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "What the API returned or audit prove wrote, byte for byte.")
        private @Nullable String file;

        @Option(
                names = "--key",
                paramLabel = "VKEY",
                description =
                        "The public key to trust, or a file that holds it; else the receipt's own, and it is said so.")
        private @Nullable String key;

        @Option(
                names = "--sm2-key",
                paramLabel = "VKEY",
                description =
                        "Want the checkpoint signed by this SM2 key too (log-sm2.vkey); for a tlog-proof, or instead.")
        private @Nullable String sm2Key;

        @Mixin
        private WitnessOptions witnesses = new WitnessOptions();

        @Option(
                names = "--result",
                paramLabel = "ANSWER",
                description = "The answer to check against the receipt, byte for byte.")
        private @Nullable String result;

        @Option(
                names = "--entry",
                paramLabel = "ENTRY",
                description = "The entry, byte for byte, for a tlog-proof that does not hold it.")
        private @Nullable String entry;

        @Override
        public Integer call() {
            HufuCommand root = HufuCommand.of(spec);
            Terminal terminal = root.terminal();
            Optional<VerifierKey> trusted = Optional.ofNullable(key).map(text -> Keys.read(terminal, text));
            Optional<Sm2VerifierKey> sm2 = Optional.ofNullable(sm2Key).map(text -> Keys.readSm2(terminal, text));
            Optional<WitnessPolicy> policy = witnesses.policy(terminal);
            byte[] receipt = read(terminal, String.valueOf(file));
            if (TlogProof.isOne(receipt)) {
                return proof(root, receipt, trusted, sm2, policy);
            }
            if (entry != null) {
                throw new UsageException("--entry is for a tlog-proof; a receipt holds its entry");
            }
            ReceiptVerifier verifier = new ReceiptVerifier(trusted, sm2, policy);
            Verdict verdict =
                    result == null ? verifier.verify(receipt) : verifier.verify(receipt, read(terminal, result));
            if (root.json()) {
                root.print(json(verdict, policy));
            } else {
                print(verdict, sm2, policy, terminal.out());
                policy.filter(_ -> verdict instanceof Verdict.Holds)
                        .ifPresent(wanted -> terminal.out().println("  witnesses " + WitnessOptions.words(wanted)));
            }
            return switch (verdict) {
                case Verdict.Holds holds -> HufuCommand.HOLDS;
                case Verdict.Fails fails -> HufuCommand.DOES_NOT;
            };
        }

        private int proof(
                HufuCommand root,
                byte[] proof,
                Optional<VerifierKey> key,
                Optional<Sm2VerifierKey> sm2,
                Optional<WitnessPolicy> policy) {
            if (result != null) {
                throw new UsageException(
                        "--result is for a receipt; a tlog-proof shows that an entry stands in the log");
            }
            List<NoteKey> keys =
                    Stream.<NoteKey>concat(key.stream(), sm2.stream()).toList();
            if (keys.isEmpty()) {
                throw new UsageException("a tlog-proof names no key; give the log's (log.vkey) with --key");
            }
            return ProofWords.verify(
                    root, proof, keys, policy, Optional.ofNullable(entry).map(name -> read(root.terminal(), name)));
        }

        private static byte[] read(Terminal terminal, String name) {
            Path path = terminal.directory().resolve(name);
            try {
                if (Files.size(path) > MOST_BYTES) {
                    throw new UsageException("the file is longer than 64 MiB, which no receipt or answer is: " + path);
                }
                return Files.readAllBytes(path);
            } catch (IOException e) {
                throw new UnreachableException("the file cannot be read: " + path);
            }
        }

        private static void print(
                Verdict verdict, Optional<Sm2VerifierKey> sm2, Optional<WitnessPolicy> policy, PrintWriter out) {
            switch (verdict) {
                case Verdict.Fails(String reason) -> out.println("does not hold: " + reason);
                case Verdict.Holds holds -> {
                    LogReceipt receipt = holds.receipt();
                    out.println("holds: " + receipt.level() + " receipt of entry " + receipt.id());
                    out.println("  key       " + Keys.trusted(receipt.key(), holds.keyGiven(), "the receipt"));
                    out.println("  stands    " + standing(holds));
                    receipt.inclusion().stream()
                            .flatMap(place -> place.keys().stream())
                            .filter(further -> !(further instanceof WitnessKey))
                            .forEach(further -> {
                                boolean given = further.text()
                                        .equals(sm2.map(NoteKey::text).orElse(""));
                                out.println("  signed by "
                                        + (given
                                                ? further.text() + " (the one given with --sm2-key)"
                                                : further.text() + " (from the receipt itself)"));
                            });
                    WitnessLines.print(receipt, policy, out);
                    holds.entry().ifPresent(entry -> {
                        out.println("  time      " + entry.path("time").asString("not said"));
                        out.println("  says      " + saying(entry));
                    });
                    out.println("  answer    "
                            + (holds.resultChecked()
                                    ? "is the one that the entry commits to, row by row"
                                    : "was not given; check it with --result ANSWER"));
                }
            }
        }

        private static String standing(Verdict.Holds holds) {
            return holds.receipt()
                    .inclusion()
                    .map(place -> "entry " + place.index() + " of "
                            + holds.treeSize().orElseThrow() + " under a signed checkpoint (inclusion proved)")
                    .orElseGet(() -> "durable; promised to be in the log's tree by " + holds.mergeBy()
                            + " (fetch the receipt again for the proof)");
        }

        /** What an entry says, in a line. */
        static String saying(JsonNode entry) {
            JsonNode data = entry.path("data");
            StringBuilder words = new StringBuilder(entry.path("type").asString("an entry of no known type"));
            append(words, ", ", data.path("action"));
            append(words, " of ", data.path("dataset"));
            append(words, " for ", data.path("purpose"));
            append(words, " under ", data.path("legalBasis"));
            append(words, ": ", data.path("outcome"));
            return words.toString();
        }

        private static void append(StringBuilder words, String before, JsonNode value) {
            if (value.isString()) {
                words.append(before).append(value.stringValue());
            }
        }

        private static ObjectNode json(Verdict verdict, Optional<WitnessPolicy> policy) {
            ObjectNode json = JsonMapper.shared().createObjectNode();
            switch (verdict) {
                case Verdict.Fails(String reason) -> json.put("holds", false).put("reason", reason);
                case Verdict.Holds holds -> {
                    json.put("holds", true);
                    json.put("level", holds.receipt().level().name());
                    json.put("id", holds.receipt().id().toString());
                    json.put("key", holds.receipt().key().text());
                    json.put("keyGiven", holds.keyGiven());
                    json.put("mergeBy", holds.mergeBy().toString());
                    holds.receipt().inclusion().ifPresent(place -> {
                        json.put("index", place.index());
                        ArrayNode further = json.putArray("furtherKeys");
                        place.keys().forEach(key -> further.add(key.text()));
                    });
                    WitnessLines.json(holds.receipt(), policy, json);
                    holds.treeSize().ifPresent(size -> json.put("treeSize", size));
                    json.put("resultChecked", holds.resultChecked());
                    holds.entry().ifPresent(entry -> json.set("entry", entry));
                }
            }
            return json;
        }
    }
}
