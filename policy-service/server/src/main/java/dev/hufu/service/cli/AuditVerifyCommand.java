package dev.hufu.service.cli;

import dev.hufu.auditlog.export.ExportVerifier;
import dev.hufu.auditlog.note.Sm2VerifierKey;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.note.WitnessPolicy;
import dev.hufu.auditlog.verify.Finding;
import dev.hufu.auditlog.verify.LogVerifier;
import dev.hufu.auditlog.verify.VerifyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Recomputes a log. */
@Command(
        name = "verify",
        description = {
            "Recompute a log from its files and its public key: every entry, promise, tile, the root and the"
                    + " signature.",
            "Needs no server and takes no lock; the server may be running. Names file and index of what is wrong.",
            "A file that audit export wrote is verified offline, by itself."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "DIR|FILE",
            description = "A log directory, a data directory that holds one, or a file that audit export wrote.")
    private @Nullable String directory;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "The public key to trust, or a file that holds it; else the directory's own log.vkey.")
    private @Nullable String key;

    @Option(
            names = "--sm2-key",
            paramLabel = "VKEY",
            description = "Want the checkpoint signed by this SM2 key too; else log-sm2.vkey is used if it is there.")
    private @Nullable String sm2Key;

    @Mixin
    private WitnessOptions witnesses = new WitnessOptions();

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        Terminal terminal = root.terminal();
        Optional<VerifierKey> trusted = Optional.ofNullable(key).map(text -> Keys.read(terminal, text));
        Optional<Sm2VerifierKey> sm2 = Optional.ofNullable(sm2Key).map(text -> Keys.readSm2(terminal, text));
        Optional<WitnessPolicy> policy = witnesses.policy(terminal);
        Path file = terminal.directory().resolve(String.valueOf(directory));
        if (Files.isRegularFile(file)) {
            return ExportWords.verify(root, file, new ExportVerifier(trusted, sm2, policy), policy);
        }
        Path log = AuditProveCommand.directory(terminal, String.valueOf(directory));
        VerifyReport report;
        try {
            report = new LogVerifier(trusted, sm2, policy).verify(log, new AuditProgress(terminal, "verified"));
        } catch (IOException e) {
            throw new UnreachableException("the log cannot be read: " + e);
        }
        if (root.json()) {
            root.print(json(report));
        } else {
            print(report, policy, terminal.out());
        }
        return report.holds() ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
    }

    private static void print(VerifyReport report, Optional<WitnessPolicy> policy, PrintWriter out) {
        out.println((report.holds() ? "holds: " : "does not hold: ") + report.directory());
        report.key()
                .ifPresent(
                        key -> out.println("  key         " + Keys.trusted(key, report.keyGiven(), "the directory")));
        report.checkpoint().ifPresent(checkpoint -> {
            out.println("  checkpoint  " + checkpoint.size() + " entries, signed");
            out.println("  root        " + checkpoint.root().base64());
        });
        out.println("  journal     " + report.entries() + " entries");
        policy.filter(_ -> report.holds())
                .ifPresent(wanted -> out.println("  witnesses   " + WitnessOptions.words(wanted)));
        report.notes().forEach(note -> out.println("  note        " + note));
        for (Finding finding : report.findings()) {
            out.println("  wrong       " + finding);
        }
    }

    private static ObjectNode json(VerifyReport report) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("holds", report.holds());
        json.put("directory", report.directory().toString());
        report.key().ifPresent(key -> json.put("key", key.text()));
        json.put("keyGiven", report.keyGiven());
        report.checkpoint()
                .ifPresent(checkpoint -> json.putObject("checkpoint")
                        .put("origin", checkpoint.origin())
                        .put("size", checkpoint.size())
                        .put("root", checkpoint.root().base64()));
        json.put("entries", report.entries());
        var findings = json.putArray("findings");
        for (Finding finding : report.findings()) {
            ObjectNode one = findings.addObject().put("file", finding.file());
            finding.index().ifPresent(index -> one.put("index", index));
            one.put("what", finding.what());
        }
        var notes = json.putArray("notes");
        report.notes().forEach(notes::add);
        return json;
    }
}
