package dev.hufu.auditlog.receipt;

import dev.hufu.auditlog.json.CanonicalJson;
import dev.hufu.auditlog.json.CanonicalJson.NotCanonicalException;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.note.Checkpoint;
import dev.hufu.auditlog.note.CheckpointSigner;
import dev.hufu.auditlog.note.Promise;
import dev.hufu.auditlog.note.SignedNote;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies receipts and whole answers offline. Every character of the file is covered: the bytes must be the canonical
 * form of what they say, and what they say is bound by a signature or equal to what is. Thread-safe.
 */
public final class ReceiptVerifier {
    private final Optional<VerifierKey> trusted;
    private final Optional<Sm2VerifierKey> sm2;
    private final Optional<WitnessPolicy> policy;

    /** A verifier that trusts {@code trusted}, or, without it, whatever key a receipt carries, and then says so. */
    public ReceiptVerifier(Optional<VerifierKey> trusted) {
        this(trusted, Optional.empty(), Optional.empty());
    }

    /** A verifier that also wants the checkpoint signed by {@code sm2} and cosigned after {@code policy}, if given. */
    public ReceiptVerifier(
            Optional<VerifierKey> trusted, Optional<Sm2VerifierKey> sm2, Optional<WitnessPolicy> policy) {
        this.trusted = trusted;
        this.sm2 = sm2;
        this.policy = policy;
    }

    /** Verifies a receipt file, or an answer file with its receipt, salt and rows. */
    public Verdict verify(byte[] file) {
        try {
            JsonNode json = CanonicalJson.parse(file);
            return json.has(Commitment.RECEIPT) && json instanceof ObjectNode answer ? answer(answer) : receipt(json);
        } catch (NotCanonicalException e) {
            return new Verdict.Fails(String.valueOf(e.getMessage()));
        }
    }

    /** Verifies a receipt file and that {@code answer} is the one its entry commits to. */
    public Verdict verify(byte[] file, byte[] answer) {
        Verdict verdict = verify(file);
        if (!(verdict instanceof Verdict.Holds holds)) {
            return verdict;
        }
        try {
            JsonNode json = CanonicalJson.parse(answer);
            if (!(json instanceof ObjectNode object)) {
                return new Verdict.Fails("the answer is not a JSON object");
            }
            if (object.has(Commitment.RECEIPT)) {
                Verdict own = answer(object);
                if (!(own instanceof Verdict.Holds ownHolds)) {
                    return own;
                }
                if (!ownHolds.receipt().id().equals(holds.receipt().id())
                        || !ownHolds.receipt().leafHash().equals(holds.receipt().leafHash())) {
                    return new Verdict.Fails("the answer carries the receipt of another entry");
                }
            }
            return checkResult(holds, object);
        } catch (NotCanonicalException e) {
            if (answer.length == 0 || answer[0] != '{') {
                return new Verdict.Fails(
                        "the answer is no JSON object; one that came as CSV carries no salt, so ask for JSON to check it");
            }
            return new Verdict.Fails("the answer is " + e.getMessage());
        }
    }

    private Verdict answer(ObjectNode answer) {
        Verdict verdict = receipt(answer.required(Commitment.RECEIPT));
        return verdict instanceof Verdict.Holds holds ? checkResult(holds, answer) : verdict;
    }

    private static Verdict checkResult(Verdict.Holds holds, ObjectNode answer) {
        Optional<Hash> committed = holds.entry().flatMap(Commitment::in);
        if (committed.isEmpty()) {
            return new Verdict.Fails("the entry commits to no answer");
        }
        Optional<Hash> actual = Commitment.of(answer);
        if (actual.isEmpty()) {
            return new Verdict.Fails("the answer carries no salt of 64 lower-case hexadecimal digits");
        }
        if (!actual.equals(committed)) {
            return new Verdict.Fails("the answer is not the one that the entry commits to");
        }
        return new Verdict.Holds(
                holds.receipt(), holds.keyGiven(), holds.mergeBy(), holds.treeSize(), holds.entry(), true);
    }

    private Verdict receipt(JsonNode json) {
        LogReceipt receipt;
        SignedNote promiseNote;
        Promise promise;
        try {
            receipt = ReceiptFile.read(json);
            promiseNote = SignedNote.parse(receipt.promise().note());
            promise = Promise.parse(promiseNote.text());
        } catch (IllegalArgumentException e) {
            return new Verdict.Fails(String.valueOf(e.getMessage()));
        }
        if (trusted.isPresent() && !trusted.get().equals(receipt.key())) {
            return new Verdict.Fails("the receipt is by another key (" + receipt.key() + ") than the one trusted");
        }
        TreeHasher hasher = new TreeHasher();
        Hash promiseLeaf = receipt.id().promiseLeaf(receipt.leafHash(), hasher);
        if (!promise.origin().equals(receipt.key().name())
                || !Proofs.verifyInclusion(
                        receipt.promise().position(),
                        promise.size(),
                        promiseLeaf,
                        receipt.promise().path(),
                        promise.root())) {
            return new Verdict.Fails("the promise is not for this entry under this id");
        }
        if (!promiseNote.verifyStrictly(receipt.key())) {
            return new Verdict.Fails("the promise is not signed by the receipt's key alone");
        }
        if (sm2.isPresent()
                && !receipt.inclusion()
                        .map(place -> place.keys().contains(sm2.get()))
                        .orElse(false)) {
            return new Verdict.Fails("the receipt carries no checkpoint signed by the SM2 key that is wanted");
        }
        if (policy.isPresent() && receipt.inclusion().isEmpty()) {
            return new Verdict.Fails("the receipt carries no checkpoint that witnesses could have cosigned");
        }
        OptionalLong treeSize = OptionalLong.empty();
        if (receipt.inclusion().isPresent()) {
            LogReceipt.Included place = receipt.inclusion().get();
            try {
                treeSize = OptionalLong.of(treeSize(receipt, place));
            } catch (IllegalArgumentException e) {
                return new Verdict.Fails(String.valueOf(e.getMessage()));
            }
        }
        return new Verdict.Holds(receipt, trusted.isPresent(), promise.mergeBy(), treeSize, entry(receipt), false);
    }

    private long treeSize(LogReceipt receipt, LogReceipt.Included place) {
        SignedNote note = SignedNote.parse(place.checkpoint());
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        boolean included = checkpoint.origin().equals(receipt.key().name())
                && Proofs.verifyInclusion(
                        place.index(), checkpoint.size(), receipt.leafHash(), place.path(), checkpoint.root());
        if (!included) {
            throw new IllegalArgumentException("the entry is not shown to stand under the checkpoint");
        }
        if (!note.verifyStrictly(CheckpointSigner.all(receipt.key(), place.keys()))) {
            throw new IllegalArgumentException("the checkpoint is not signed by the receipt's keys alone");
        }
        policy.flatMap(wanted -> wanted.refuses(note)).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return checkpoint.size();
    }

    private static Optional<JsonNode> entry(LogReceipt receipt) {
        try {
            return Optional.of(CanonicalJson.parse(receipt.entry()));
        } catch (NotCanonicalException e) {
            return Optional.empty(); // entries are opaque here
        }
    }
}
