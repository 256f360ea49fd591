package dev.hufu.service.cli;

import dev.hufu.auditlog.AuditLogException;
import dev.hufu.auditlog.hammer.HammerLog;
import dev.hufu.auditlog.hammer.LogHammer;
import dev.hufu.auditlog.verify.Finding;
import dev.hufu.auditlog.verify.LogVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Beats on a log and checks that it keeps its promises. */
@Command(
        name = "hammer",
        description = {
            "Append from many callers at once and check: every receipt holds, every checkpoint continues the one before,"
                    + " random entries are proved, and all that was acknowledged comes under a checkpoint, once.",
            "DIR is a new or empty directory, or one of an earlier hammer; its log stays there and is verified as a whole in"
                    + " the end. No other log is written to.",
            "URL is a running server: every append is a decision asked for, which is logged for good. It needs --dataset,"
                    + " --purpose, --legal-basis and who asks; reading needs no more than anybody may."
        })
final class AuditHammerCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 3600;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR|URL", description = "A directory for a log of its own, or a server's address.")
    private @Nullable String log;

    @Option(names = "--callers", defaultValue = "16", paramLabel = "N", description = "Who append; 16 if not given.")
    private int callers;

    @Option(
            names = "--readers",
            defaultValue = "2",
            paramLabel = "N",
            description = "Who have entries proved meanwhile; 2 if not given.")
    private int readers;

    @Option(names = "--seconds", defaultValue = "10", paramLabel = "N", description = "How long; 10 if not given.")
    private int seconds;

    @Option(
            names = "--size",
            defaultValue = "200",
            paramLabel = "BYTES",
            description = "Bytes of an entry in DIR; 200 if not given.")
    private int size;

    @Option(names = "--dataset", paramLabel = "NAME", description = "What a server is asked about.")
    private @Nullable String dataset;

    @Option(names = "--purpose", paramLabel = "CURIE", description = "For example dpv:PersonnelPayment.")
    private @Nullable String purpose;

    @Option(names = "--legal-basis", paramLabel = "ARTICLE", description = "For example 13-1-2.")
    private @Nullable String legalBasis;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "The server's log's public key, or a file that holds it; else what the server shows.")
    private @Nullable String key;

    @Mixin
    private Login login = new Login();

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        if (seconds < 1 || seconds > MAX_SECONDS || size < 0 || size > 65_535) {
            throw new UsageException("--seconds is 1 to " + MAX_SECONDS + ", --size 0 to 65535");
        }
        LogHammer.Plan plan;
        try {
            plan = new LogHammer.Plan(callers, readers, Duration.ofSeconds(seconds));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        String target = String.valueOf(log);
        try (Interruption _ = Interruption.ofThisThread()) {
            LogHammer.Result result = LogSource.isAddress(target)
                    ? new LogHammer(server(root.terminal(), target), plan, new SecureRandom()).run()
                    : directory(root.terminal().directory().resolve(target), plan, root.terminal());
            say(root, result);
            return result.wrong().isEmpty() ? HufuCommand.HOLDS : HufuCommand.DOES_NOT;
        } catch (AuditLogException e) {
            root.terminal().err().println("hufu: nothing is hammered on: " + e.getMessage());
            return HufuCommand.DOES_NOT;
        } catch (IOException | UncheckedIOException e) {
            throw new UnreachableException("the log cannot be used: " + e);
        }
    }

    /** A log of its own, recomputed as a whole after it was closed. */
    private LogHammer.Result directory(Path directory, LogHammer.Plan plan, Terminal terminal) throws IOException {
        if (dataset != null || purpose != null || legalBasis != null) {
            throw new UsageException("--dataset, --purpose and --legal-basis are what a server is asked about");
        }
        LogHammer.Result result;
        try (HammerLog own = new HammerLog(directory, size, terminal.clock())) {
            result = new LogHammer(own, plan, new SecureRandom()).run();
        }
        boolean interrupted = Thread.interrupted(); // it ended the appends; what came of them is still worth a check
        List<String> wrong = new ArrayList<>(result.wrong());
        new LogVerifier(Optional.empty())
                .verify(directory).findings().stream().map(Finding::toString).forEach(wrong::add);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new LogHammer.Result(
                result.acknowledged(),
                result.busy(),
                result.checkpoints(),
                result.proofs(),
                result.size(),
                result.nanos(),
                wrong);
    }

    private HammerServer server(Terminal terminal, String address) throws IOException {
        if (dataset == null || purpose == null || legalBasis == null) {
            throw new UsageException("a server is asked for decisions: give --dataset, --purpose and --legal-basis");
        }
        ObjectNode question = JsonMapper.shared()
                .createObjectNode()
                .put("action", "query")
                .put("dataset", dataset)
                .put("purpose", purpose)
                .put("legalBasis", legalBasis);
        question.putArray("fields");
        LogSource source = LogSource.of(terminal, address);
        Map<String, String> environment = new HashMap<>(terminal.environment());
        environment.put("HUFU_URL", address);
        Terminal there = new Terminal(
                environment,
                terminal.directory(),
                terminal.clock(),
                terminal.in(),
                terminal.out(),
                terminal.err(),
                terminal.askPassword());
        return new HammerServer(login.server(there), question, source.tiles(), source.key(terminal, key));
    }

    private static void say(HufuCommand root, LogHammer.Result result) {
        if (root.json()) {
            ObjectNode json = JsonMapper.shared()
                    .createObjectNode()
                    .put("holds", result.wrong().isEmpty())
                    .put("acknowledged", result.acknowledged())
                    .put("busy", result.busy())
                    .put("checkpoints", result.checkpoints())
                    .put("proofs", result.proofs())
                    .put("treeSize", result.size())
                    .put("seconds", result.nanos() / 1e9);
            ArrayNode wrong = json.putArray("wrong");
            result.wrong().forEach(wrong::add);
            root.print(json);
            return;
        }
        PrintWriter out = root.terminal().out();
        out.println(result.wrong().isEmpty() ? "holds" : "does not hold");
        out.println(String.format(
                Locale.ROOT,
                "  appended    %,d acknowledged, every receipt verified, %,.0f a second; %,d refused for the moment",
                result.acknowledged(),
                result.acknowledged() * 1e9 / result.nanos(),
                result.busy()));
        out.println(String.format(
                Locale.ROOT,
                "  read        %,d checkpoints, each continues the one before; %,d entries proved at random; %,d in the log",
                result.checkpoints(),
                result.proofs(),
                result.size()));
        result.wrong().forEach(what -> out.println("  wrong       " + what));
    }
}
