package dev.hufu.service.cli;

import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.bundle.BundleException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The root of the command line. Every command returns {@link #HOLDS}, {@link #DOES_NOT}, {@link #USAGE} or {@link
 * #UNREACHABLE}, prints its answer on standard output and words for a person on standard error, and understands {@code
 * --json}. A new command is one more line in {@code subcommands}.
 */
@Command(
        name = "hufu",
        description = "The command line of Hufu, the control plane for people data.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = HufuCommand.Version.class,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it holds: done, permitted, verified",
            "1:it does not: refused, denied, altered, not found",
            "2:the command was used wrongly; nothing was done",
            "3:server or file not reachable"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  HUFU_URL            where the server is (default http://localhost:8080, or SERVER_PORT's port)",
            "  HUFU_TOKEN          token to speak with (make one: hufu token)",
            "  HUFU_PASSWORD       password of --account; else HUFU_DEMO_PASSWORD, else asked for",
            "  HUFU_JAVA           a JDK 25 or newer to run on, if it is not found"
        },
        subcommands = {
            ServeCommand.class,
            DoctorCommand.class,
            PolicyCommand.class,
            TokenCommand.class,
            QueryCommand.class,
            DecideCommand.class,
            RegoCommand.class,
            AuditCommand.class,
            ReceiptCommand.class,
            WitnessCommand.class,
            ImportCommand.class,
        })
public final class HufuCommand implements Callable<Integer> {
    /** It holds: done, permitted, verified. */
    public static final int HOLDS = 0;
    /** It does not hold: refused, denied, altered. */
    public static final int DOES_NOT = 1;
    /** Used wrongly; nothing was done. */
    public static final int USAGE = 2;
    /** Server or file not reachable. */
    public static final int UNREACHABLE = 3;
    /** Not an exit code: the server runs on in its own threads. */
    public static final int STAYS = -1;

    private final Terminal terminal;
    private final Consumer<String[]> server;
    private final GateDocuments gate;

    @Option(names = "--json", description = "Answer in JSON on standard output.", scope = ScopeType.INHERIT)
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private HufuCommand(Terminal terminal, Consumer<String[]> server, GateDocuments gate) {
        this.terminal = terminal;
        this.server = server;
        this.gate = gate;
    }

    /**
     * Runs one command.
     *
     * @param server starts the control plane with the arguments after the command's name
     * @param gate reads cases from files
     * @return the exit code, or {@link #STAYS}
     */
    public static int run(Terminal terminal, Consumer<String[]> server, GateDocuments gate, String... args) {
        var root = new HufuCommand(terminal, server, gate);
        CommandLine line = new CommandLine(root)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, ignored) -> root.usage(wrong))
                .setExecutionExceptionHandler((failure, command, ignored) -> root.explain(failure, command));
        int code = root.executed(line, args);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /** The root of a command that is being run. */
    public static HufuCommand of(@Nullable CommandSpec command) {
        return (HufuCommand) Objects.requireNonNull(command).root().userObject();
    }

    public Terminal terminal() {
        return terminal;
    }

    /** Whether {@code --json} was given, before or after the command's name. */
    public boolean json() {
        return json;
    }

    /** Prints a value as indented JSON on standard output. */
    public void print(JsonNode value) {
        terminal.out()
                .println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }

    GateDocuments gate() {
        return gate;
    }

    void serve(String[] args) {
        server.accept(args);
    }

    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().usage(terminal.out());
        return HOLDS;
    }

    /** What is read may be larger than what is there to read it with. */
    private int executed(CommandLine line, String[] args) {
        try {
            return line.execute(args);
        } catch (OutOfMemoryError full) {
            terminal.err().println("hufu: the memory of this command is not enough for what it was given");
            terminal.err()
                    .println("  Next: give it less at a time, or run hufu.jar with a larger heap (java -Xmx4g -jar)");
            return DOES_NOT;
        }
    }

    private int usage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        terminal.err().println("hufu: " + words(wrong, command));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, terminal.err());
        terminal.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    /** Behind a command that only groups others, a word that is none of them is a command that there is not. */
    private static String words(ParameterException wrong, CommandLine command) {
        boolean group = !command.getSubcommands().isEmpty()
                && command.getCommandSpec().positionalParameters().isEmpty();
        return group
                        && wrong instanceof CommandLine.UnmatchedArgumentException unmatched
                        && !unmatched.isUnknownOption()
                ? "there is no command " + unmatched.getUnmatched().getFirst() + "; there are "
                        + String.join(", ", command.getSubcommands().keySet())
                : String.valueOf(wrong.getMessage());
    }

    private int explain(Exception failure, CommandLine command) {
        return switch (failure) {
            case UsageException wrong -> {
                say(wrong);
                terminal.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
                yield USAGE;
            }
            case UnreachableException away -> {
                say(away);
                yield UNREACHABLE;
            }
            case RefusedException refused -> {
                if (json) {
                    print(refused.problem());
                }
                ProblemText.print(refused, terminal.err());
                yield DOES_NOT;
            }
            case BundleException refused
            when refused.getCause() instanceof RegoCompileException failed -> {
                PolicyCommand.show(this, List.of(), failed);
                yield DOES_NOT;
            }
            case BundleException refused -> {
                if (json) {
                    var error = JsonMapper.shared().createObjectNode();
                    error.put("code", refused.code().text()).put("message", refused.problem());
                    error.put("file", refused.file());
                    var errors = JsonMapper.shared().createObjectNode();
                    errors.putArray("errors").add(error);
                    print(errors);
                }
                say(refused);
                yield DOES_NOT;
            }
            default -> {
                // Ours to mend; a reader can do nothing with a stack trace.
                StackTraceElement[] stack = failure.getStackTrace();
                terminal.err()
                        .println("hufu: something went wrong inside: "
                                + failure.getClass().getSimpleName() + " at " + (stack.length == 0 ? "?" : stack[0])
                                + "\n  Next: run it again; if it stays, report this line");
                yield DOES_NOT;
            }
        };
    }

    private void say(Exception failure) {
        terminal.err().println("hufu: " + failure.getMessage());
    }

    /** Version from the jar's manifest and the Java that runs it. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = HufuCommand.class.getPackage().getImplementationVersion();
            return new String[] {"hufu " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()};
        }
    }
}
