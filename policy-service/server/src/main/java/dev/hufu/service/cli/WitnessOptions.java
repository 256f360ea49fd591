package dev.hufu.service.cli;

import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which witnesses a command wants under a checkpoint. */
final class WitnessOptions {
    @Option(
            names = "--witness",
            paramLabel = "VKEY",
            description =
                    "A witness's public key (C2SP tlog-cosignature), or a file that holds it; once for each witness.")
    private List<String> witnesses = List.of();

    @Option(
            names = "--quorum",
            paramLabel = "K",
            description = "How many of the witnesses must have cosigned the checkpoint; else all.")
    private @Nullable Integer quorum;

    /** The policy; empty if no witness is named. */
    Optional<WitnessPolicy> policy(Terminal terminal) {
        if (witnesses.isEmpty()) {
            if (quorum != null) {
                throw new UsageException("--quorum is of the witnesses that --witness names");
            }
            return Optional.empty();
        }
        List<WitnessKey> keys =
                witnesses.stream().map(text -> Keys.readWitness(terminal, text)).toList();
        try {
            return Optional.of(new WitnessPolicy(keys, quorum == null ? keys.size() : quorum));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** What a command that verified says of them. */
    static String words(WitnessPolicy policy) {
        return "at least " + policy.quorum() + " of "
                + policy.witnesses().stream().map(WitnessKey::name).toList() + " cosigned the checkpoint";
    }
}
