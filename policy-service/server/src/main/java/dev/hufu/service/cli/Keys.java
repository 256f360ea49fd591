package dev.hufu.service.cli;

import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Public keys as arguments and as words. */
final class Keys {
    private Keys() {}

    /** Reads the argument of {@code --key}: a key, or a file that holds one. */
    static VerifierKey read(Terminal terminal, String argument) {
        return read(terminal, "--key", argument, VerifierKey::parse);
    }

    /** Reads an argument of {@code --log}. */
    static VerifierKey readLog(Terminal terminal, String argument) {
        return read(terminal, "--log", argument, VerifierKey::parse);
    }

    /** Reads the argument of {@code --sm2-key}. */
    static Sm2VerifierKey readSm2(Terminal terminal, String argument) {
        return read(terminal, "--sm2-key", argument, Sm2VerifierKey::parse);
    }

    /** Reads an argument of {@code --witness}. */
    static WitnessKey readWitness(Terminal terminal, String argument) {
        return read(terminal, "--witness", argument, WitnessKey::parse);
    }

    private static <K> K read(Terminal terminal, String option, String argument, Function<String, K> parse) {
        Path file = terminal.directory().resolve(argument);
        try {
            return parse.apply(
                    Files.isRegularFile(file) ? Files.readString(file).strip() : argument);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    option + " is neither such a verifier key nor a file that holds one: " + e.getMessage());
        } catch (IOException e) {
            throw new UnreachableException("the key file cannot be read: " + file);
        }
    }

    /** The key, and whether it was given or came with what it verifies. */
    static String trusted(VerifierKey key, boolean given, String source) {
        return key.text()
                + (given
                        ? " (the one given with --key)"
                        : " (from " + source + " itself: name the key that you trust with --key)");
    }
}
