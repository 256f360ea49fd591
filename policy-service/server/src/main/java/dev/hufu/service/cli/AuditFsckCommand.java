package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.note.VerifierKey;
import dev.hufu.auditlog.verify.Finding;
import dev.hufu.auditlog.verify.FsckReport;
import dev.hufu.auditlog.verify.LogFsck;
import dev.hufu.auditlog.verify.Structure;
import dev.hufu.auditlog.verify.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks a log's directory and mends what can be derived. */
@Command(
        name = "fsck",
        description = {
            "Check a log's directory: every journal segment, tile, bundle and partial one, the id index, and which files there"
                    + " are. Says what is wrong, where, and how far the log can still be trusted.",
            "With --repair-partials, tiles, bundles, their partial forms, the id index and tiles.forced are written anew"
                    + " from the journal where they are wrong, if the journal leads to the signed root, and only while no"
                    + " server runs. The journal and the checkpoint are never written."
        })
final class AuditFsckCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A log directory, or a data directory that holds one.")
    private @Nullable String directory;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "The public key to trust, or a file that holds it; else the directory's own log.vkey.")
    private @Nullable String key;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "An older checkpoint of the log that was kept elsewhere; once for each. Where the newest is not"
                            + " borne out, they say since when.")
    private List<String> checkpoints = List.of();

    @Option(names = "--repair-partials", description = "Write anew what is wrong and can be derived.")
    private boolean repair;

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        Terminal terminal = root.terminal();
        Path log = AuditProveCommand.directory(terminal, String.valueOf(directory));
        Optional<VerifierKey> trusted = Optional.ofNullable(key).map(text -> Keys.read(terminal, text));
        try {
            LogFsck fsck = new LogFsck(trusted, notes(terminal));
            AuditProgress progress = new AuditProgress(terminal, "checked");
            if (!repair) {
                FsckReport report = fsck.check(log, progress);
                say(root, report, Optional.empty());
                return report.log().holds() ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
            }
            LogFsck.Repaired repaired = fsck.repair(log, progress);
            say(root, repaired.after(), Optional.of(repaired));
            return repaired.after().log().holds() ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--checkpoint: " + e.getMessage());
        } catch (AuditLogException.InUse e) {
            terminal.err().println("hufu: nothing is repaired: " + e.getMessage());
            return HufuCommand.DOES_NOT;
        } catch (IOException e) {
            throw new UnreachableException("the log cannot be read: " + e);
        }
    }

    private List<String> notes(Terminal terminal) throws IOException {
        List<String> notes = new ArrayList<>();
        for (String file : checkpoints) {
            notes.add(Files.readString(terminal.directory().resolve(file)));
        }
        return notes;
    }

    private void say(HufuCommand root, FsckReport report, Optional<LogFsck.Repaired> repaired) {
        if (root.json()) {
            root.print(json(report, repaired));
        } else {
            print(report, repaired, root.terminal().out());
        }
    }

    private static void print(FsckReport report, Optional<LogFsck.Repaired> repaired, PrintWriter out) {
        out.println((report.log().holds() ? "sound: " : "not sound: ")
                + report.log().directory());
        Structure files = report.structure();
        out.println("  files       " + files.segments() + " journal segments, " + files.bundles() + " full bundles, "
                + files.tiles() + " full tiles, " + files.partials() + " partial ones");
        out.println("  entries     " + report.log().entries() + " in the journal, "
                + report.log()
                        .checkpoint()
                        .map(signed -> signed.size() + " signed")
                        .orElse("no sound checkpoint"));
        out.println("  trusted     " + words(report.trust()));
        repaired.filter(done -> done.before().repairable())
                .ifPresent(
                        done -> out.println("  repaired    " + done.written() + " tiles and bundles were written anew; "
                                + done.before().log().findings().size() + " findings before, "
                                + report.log().findings().size() + " now"));
        files.unknown().forEach(name -> out.println("  note        " + name + ": is no file of a log"));
        report.log().notes().forEach(note -> out.println("  note        " + note));
        for (Finding finding : report.log().findings()) {
            out.println("  wrong       " + finding);
        }
        if (!report.log().holds()) {
            out.println("  next        " + next(report));
        }
    }

    private static String words(Trust trust) {
        if (trust.anchored() == 0) {
            return "no entry: the files lead to no signed checkpoint; if you kept an older one, give it with --checkpoint";
        }
        String sound = trust.soundBelow() == 0
                ? "no entry in every copy"
                : "entries 0 to " + (trust.soundBelow() - 1) + " stand as signed, in every copy";
        return trust.soundBelow() == trust.anchored()
                ? sound
                : sound + "; from " + trust.soundBelow()
                        + " on a copy is wrong or missing, but the files lead to the root" + " signed at "
                        + trust.anchored() + " entries: what hashes to its leaf is what was signed";
    }

    private static String next(FsckReport report) {
        if (report.repairable()) {
            return "all of it can be derived from the journal: stop the server and run it with --repair-partials";
        }
        return report.log().rootSigned()
                ? "restore " + report.beyondRepair().getFirst().file() + " from a copy; it cannot be derived"
                : "keep the files as they are, and compare with a copy: the journal does not lead to what was signed";
    }

    private static ObjectNode json(FsckReport report, Optional<LogFsck.Repaired> repaired) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("holds", report.log().holds());
        json.put("directory", report.log().directory().toString());
        json.put("entries", report.log().entries());
        report.log().checkpoint().ifPresent(signed -> json.put("signed", signed.size()));
        Structure files = report.structure();
        json.putObject("files")
                .put("segments", files.segments())
                .put("bundles", files.bundles())
                .put("tiles", files.tiles())
                .put("partials", files.partials());
        json.put("anchored", report.trust().anchored());
        json.put("soundBelow", report.trust().soundBelow());
        json.put("repairable", report.repairable());
        repaired.ifPresent(done -> json.put("written", done.written()));
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : report.log().findings()) {
            ObjectNode one = findings.addObject().put("file", finding.file());
            finding.index().ifPresent(index -> one.put("index", index));
            one.put("what", finding.what());
        }
        ArrayNode notes = json.putArray("notes");
        files.unknown().forEach(name -> notes.add(name + ": is no file of a log"));
        report.log().notes().forEach(notes::add);
        return json;
    }
}
