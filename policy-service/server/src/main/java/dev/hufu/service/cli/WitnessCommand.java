package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.note.SigningKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessAlgorithm;
import dev.hufu.auditlog.note.WitnessKey;
import dev.hufu.auditlog.note.WitnessSigningKey;
import dev.hufu.auditlog.witness.Witness;
import dev.hufu.auditlog.witness.WitnessServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A witness that somebody else than the log's operator runs. */
@Command(
        name = "witness",
        description = {
            "Witness logs: cosign a checkpoint if it continues what was cosigned before, and refuse a rollback or a fork.",
            "Speaks C2SP tlog-witness (POST /add-checkpoint) on this machine only, and stays until Ctrl-C. Run it apart"
                    + " from the log, with a directory of its own: the key and what was cosigned last. Never restore"
                    + " that directory from a copy."
        })
final class WitnessCommand implements Callable<Integer> {
    private static final String SEED = "witness.seed";
    private static final String VKEY = "witness.vkey";
    private static final int DEFAULT_PORT = 8090;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where key and state are kept; made at the first start.")
    private @Nullable String directory;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The witness's name, for example council.example/w1; needed at the first start, then kept.")
    private @Nullable String name;

    @Option(
            names = "--algorithm",
            paramLabel = "ALGORITHM",
            description = "ed25519 (default) or ml-dsa-44 (FIPS 204); chosen at the first start, then kept.")
    private @Nullable String algorithm;

    @Option(
            names = "--log",
            required = true,
            paramLabel = "VKEY",
            description = "The public key of a log to witness, or a file that holds it; once for each log.")
    private List<String> logs = List.of();

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen (default 8090; 0: any free one).")
    private int port = DEFAULT_PORT;

    @Override
    public Integer call() {
        Terminal terminal = HufuCommand.of(spec).terminal();
        Path path = terminal.directory().resolve(String.valueOf(directory));
        List<VerifierKey> keys =
                logs.stream().map(text -> Keys.readLog(terminal, text)).toList();
        if (keys.stream().map(VerifierKey::name).distinct().count() != keys.size()) {
            throw new UsageException("two of the logs have the same name");
        }
        try {
            WitnessSigningKey key = key(path);
            Witness witness = Witness.open(path, key, keys, terminal.clock());
            WitnessServer server;
            try {
                server = WitnessServer.start(witness, port);
            } catch (IOException e) {
                witness.close();
                throw new UnreachableException("port " + port + " cannot be listened on; name another with --port");
            }
            terminal.out().println("http://localhost:" + server.port());
            terminal.out().println(key.verifierKey().text());
            return HufuCommand.STAYS;
        } catch (AuditLogException e) {
            throw new UnreachableException("the witness does not start: " + e.getMessage());
        } catch (IOException e) {
            throw new UnreachableException("the witness's directory cannot be used: " + e);
        }
    }

    private WitnessSigningKey key(Path path) throws IOException {
        Path published = path.resolve(VKEY);
        if (Files.notExists(published)) {
            if (name == null) {
                throw new UsageException("there is no witness in " + path + " yet; name the new one with --name");
            }
            return begin(path, name, algorithm().orElse(WitnessAlgorithm.ED25519));
        }
        try {
            WitnessKey kept = WitnessKey.parse(Files.readString(published).strip());
            if (name != null && !name.equals(kept.name())) {
                throw new UsageException("the witness in " + path + " is named " + kept.name());
            }
            if (algorithm().filter(asked -> asked != kept.algorithm()).isPresent()) {
                throw new UsageException("the witness in " + path + " cosigns with "
                        + kept.algorithm().wire());
            }
            byte[] seed =
                    HexFormat.of().parseHex(Files.readString(path.resolve(SEED)).strip());
            WitnessSigningKey key = WitnessSigningKey.ofSeed(kept.name(), kept.algorithm(), seed);
            if (key.verifierKey().equals(kept)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new UnreachableException(SEED + " and " + VKEY + " in " + path + " are no pair; put the right ones back");
    }

    private Optional<WitnessAlgorithm> algorithm() {
        return Optional.ofNullable(algorithm)
                .map(wire -> WitnessAlgorithm.of(wire)
                        .orElseThrow(() -> new UsageException("--algorithm is ed25519 or ml-dsa-44")));
    }

    /** The seed first: a published key whose seed is lost would be one that nobody can use. */
    private static WitnessSigningKey begin(Path path, String name, WitnessAlgorithm algorithm) throws IOException {
        byte[] seed = new byte[SigningKey.SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        WitnessSigningKey key;
        try {
            key = WitnessSigningKey.ofSeed(name, algorithm, seed);
            key.verifierKey();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--name: " + e.getMessage());
        }
        Files.createDirectories(path);
        Path file = path.resolve(SEED);
        Files.deleteIfExists(file); // of a first start that was cut short: nothing was published over it
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, HexFormat.of().formatHex(seed) + "\n", StandardOpenOption.CREATE);
        Files.writeString(path.resolve(VKEY), key.verifierKey().text() + "\n", StandardOpenOption.CREATE_NEW);
        return key;
    }
}
