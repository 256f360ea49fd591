package dev.hufu.service.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who speaks to the server: an account with its password, or the token in {@code HUFU_TOKEN}. */
public final class Login {
    @Option(
            names = {"-a", "--account"},
            paramLabel = "NAME",
            description =
                    "Account to speak as, with its password from HUFU_PASSWORD, HUFU_DEMO_PASSWORD or the keyboard.")
    private @Nullable String account;

    @Option(names = "--password-stdin", description = "Read the account's password from standard input.")
    private boolean passwordFromInput;

    /** The server, spoken to as the account that was named, or else with {@code HUFU_TOKEN}. */
    public Server server(Terminal terminal) {
        Optional<String> token = terminal.variable("HUFU_TOKEN");
        if (account == null && token.isPresent()) {
            return Server.of(terminal, Server.bearer(token.orElseThrow()));
        }
        return asAccount(terminal);
    }

    /** The server, spoken to as the account that was named; a token will not do. */
    public Server asAccount(Terminal terminal) {
        if (account == null || account.isBlank()) {
            throw new UsageException("who speaks? Give --account NAME (or, where a token will do, set HUFU_TOKEN)");
        }
        if (account.contains(":")) {
            throw new UsageException("an account's name has no colon");
        }
        return Server.of(terminal, Server.basic(account, password(terminal)));
    }

    private String password(Terminal terminal) {
        if (passwordFromInput) {
            return terminal.readLine("the password");
        }
        return terminal.variable("HUFU_PASSWORD")
                .or(() -> terminal.variable("HUFU_DEMO_PASSWORD"))
                .or(() -> terminal.askPassword().apply("Password of " + account + ": "))
                .orElseThrow(() -> new UsageException(
                        "no password: set HUFU_PASSWORD (or HUFU_DEMO_PASSWORD), or give --password-stdin"));
    }
}
