package dev.hufu.service.config;

import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says on the console where to go and how to sign in. On the console and not in the log: logs are collected and kept, and a
 * password in them would be too.
 */
final class StartAnnouncement implements ApplicationListener<ApplicationReadyEvent> {
    private final IdentityConfig.Credentials credentials;
    private final PrintStream console;

    StartAnnouncement(IdentityConfig.Credentials credentials, PrintStream console) {
        this.credentials = credentials;
        this.console = console;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        String port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port", "?");
        var text = new StringBuilder(System.lineSeparator())
                .append("  Hufu is at http://localhost:")
                .append(port)
                .append(System.lineSeparator());
        credentials.lines().forEach(line -> text.append("  ").append(line).append(System.lineSeparator()));
        console.println(text);
        console.flush();
    }
}
