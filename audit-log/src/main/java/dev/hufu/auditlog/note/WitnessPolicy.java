package dev.hufu.auditlog.note;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How many of which witnesses must have cosigned a checkpoint before its reader relies on it. A log that shows two
 * histories needs that many of them to lie with it, or to have seen but one of the two.
 *
 * @param witnesses at least one, no key and no name twice: one witness must not count as two
 * @param quorum how many of them, from 1 on
 */
public record WitnessPolicy(List<WitnessKey> witnesses, int quorum) {
    /** Copies the witnesses and checks the bounds. */
    public WitnessPolicy {
        witnesses = List.copyOf(witnesses);
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (WitnessKey witness : witnesses) {
            if (!names.add(witness.name()) || !keys.add(witness.publicKey())) {
                throw new IllegalArgumentException("witness " + witness.name() + " is named twice");
            }
        }
        if (quorum < 1 || quorum > witnesses.size()) {
            throw new IllegalArgumentException(
                    "a quorum is from 1 to the number of witnesses, " + witnesses.size() + ", not " + quorum);
        }
    }

    /** Why a checkpoint is not to be relied on; empty if it is. A false cosignature fails it, whatever the others say. */
    public Optional<String> refuses(SignedNote checkpoint) {
        List<String> cosigned = new ArrayList<>();
        for (WitnessKey witness : witnesses) {
            switch (checkpoint.of(witness)) {
                case SIGNED -> cosigned.add(witness.name());
                case FORGED -> {
                    return Optional.of("the checkpoint carries a false cosignature of " + witness.name());
                }
                case ABSENT -> {}
            }
        }
        return cosigned.size() >= quorum
                ? Optional.empty()
                : Optional.of("the checkpoint is cosigned by " + cosigned.size() + " of " + witnesses.size()
                        + " witnesses " + cosigned + ", " + quorum + " are wanted");
    }
}
