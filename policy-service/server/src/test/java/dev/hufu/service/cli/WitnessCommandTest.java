package dev.hufu.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.auditlog.AuditLog;
import dev.hufu.auditlog.EntryId;
import dev.hufu.auditlog.LogOptions;
import dev.hufu.auditlog.note.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a log and a witness to a proof that says who cosigned, by commands alone. */
class WitnessCommandTest {
    private static final SigningKey KEY = SigningKey.ofSeed("log.example/hufu", new byte[32]);

    @TempDir
    Path directory;

    private static CommandRun hufu(String... arguments) {
        return CommandRun.of(Map.of(), "", arguments);
    }

    private void append(String name, int sequence) throws IOException {
        try (AuditLog log = AuditLog.open(directory.resolve(name), LogOptions.defaults(KEY, Clock.systemUTC()))) {
            log.append(new EntryId("p", sequence), (name + sequence).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void witness_cosignThenProve_holdsForThoseWhoWantTheWitness() throws IOException {
        append("log", 0);
        append("fork", 0);
        append("fork", 1);
        String log = directory.resolve("log").toString();
        String vkey = directory.resolve("log/log.vkey").toString();
        String state = directory.resolve("witness").toString();
        CommandRun started = hufu("witness", state, "--name", "council.example/w1", "--log", vkey, "--port", "0");
        assertThat(started.code()).as(started.err()).isEqualTo(HufuCommand.STAYS);
        List<String> lines = started.out().lines().toList();
        String witness = directory.resolve("witness/witness.vkey").toString();
        assertThat(Files.readString(Path.of(witness)).strip()).isEqualTo(lines.get(1));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("witness/witness.seed"))))
                .isEqualTo("rw-------");
        String ask = witness + "=" + lines.getFirst();
        String cosigned = directory.resolve("cosigned").toString();
        CommandRun asked = hufu("audit", "cosign", log, "--ask", ask, "--out", cosigned);
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(hufu("audit", "cosign", log, "--ask", lines.get(1) + "=" + lines.getFirst())
                        .out())
                .as("the same checkpoint, cosigned a second later perhaps")
                .startsWith(Files.readString(directory.resolve("log/checkpoint")))
                .contains("— council.example/w1 ");
        assertThat(Files.readString(Path.of(cosigned)))
                .startsWith(Files.readString(directory.resolve("log/checkpoint")))
                .contains("— council.example/w1 ");

        append("log", 1); // the cosigned checkpoint stays good for what it covers
        String proof = directory.resolve("p.tlog-proof").toString();
        assertThat(hufu("audit", "prove", log, "p.0", "--checkpoint", cosigned, "--out", proof)
                        .code())
                .isZero();
        assertThat(hufu("receipt", "verify", proof, "--key", vkey, "--witness", witness)
                        .out())
                .contains("entry 0 of 1", "at least 1 of [council.example/w1] cosigned");

        assertThat(hufu("audit", "cosign", log, "--ask", ask).code()).isZero();
        CommandRun forked = hufu("audit", "cosign", directory.resolve("fork").toString(), "--ask", ask);
        assertThat(forked.code()).isEqualTo(HufuCommand.DOES_NOT);
        assertThat(forked.err()).contains("council.example/w1 does not cosign");
        assertThat(forked.out()).isEmpty();
        assertThat(hufu("witness", state, "--log", vkey, "--port", "0").err()).contains("in use");
    }

    @Test
    void witness_withMlDsa_cosignsAndKeepsItsAlgorithm() throws IOException {
        append("log", 0);
        String vkey = directory.resolve("log/log.vkey").toString();
        String state = directory.resolve("pq").toString();
        assertThat(hufu("witness", state, "--name", "w", "--algorithm", "rsa", "--log", vkey)
                        .code())
                .isEqualTo(HufuCommand.USAGE);
        CommandRun started =
                hufu("witness", state, "--name", "w", "--algorithm", "ml-dsa-44", "--log", vkey, "--port", "0");
        assertThat(started.code()).as(started.err()).isEqualTo(HufuCommand.STAYS);
        List<String> lines = started.out().lines().toList();
        CommandRun asked = hufu(
                "audit", "cosign", directory.resolve("log").toString(), "--ask", lines.get(1) + "=" + lines.getFirst());
        assertThat(asked.code()).as(asked.err()).isZero();
        assertThat(asked.out()).contains("— w ");
        assertThat(hufu("witness", state, "--algorithm", "ed25519", "--log", vkey)
                        .err())
                .contains("cosigns with ml-dsa-44");
    }

    @Test
    void witness_usedWrongly_saysHow() throws IOException {
        append("log", 0);
        String vkey = directory.resolve("log/log.vkey").toString();
        String state = directory.resolve("w").toString();
        assertThat(hufu("witness", state, "--log", vkey).err()).contains("--name");
        assertThat(hufu("witness", state, "--name", "a b", "--log", vkey).code())
                .isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("witness", state, "--name", "w").code()).isEqualTo(HufuCommand.USAGE);
        assertThat(hufu("witness", state, "--name", "w", "--log", vkey, "--log", vkey)
                        .err())
                .contains("same name");
        assertThat(Path.of(state)).doesNotExist();
        String log = directory.resolve("log").toString();
        assertThat(hufu("audit", "cosign", log, "--ask", "rubbish").code()).isEqualTo(HufuCommand.USAGE);
    }
}
