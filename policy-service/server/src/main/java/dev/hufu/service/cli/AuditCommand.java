package dev.hufu.service.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns a whole log. */
@Command(
        name = "audit",
        description = "Check an audit log, and prove from it, from its files.",
        subcommands = {
            AuditVerifyCommand.class,
            AuditProveCommand.class,
            AuditExportCommand.class,
            AuditTailCommand.class,
            AuditFsckCommand.class,
            AuditBenchCommand.class,
            AuditHammerCommand.class,
            AuditCosignCommand.class
        })
final class AuditCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        HufuCommand root = HufuCommand.of(spec);
        Objects.requireNonNull(spec).commandLine().usage(root.terminal().out());
        return HufuCommand.USAGE;
    }
}
