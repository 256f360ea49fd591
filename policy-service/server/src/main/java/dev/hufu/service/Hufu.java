package dev.hufu.service;

import dev.hufu.service.cli.HufuCommand;
import dev.hufu.service.cli.Terminal;
import dev.hufu.service.config.CaseFolder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/**
 * The one entry point: without arguments, with {@code serve}, or with nothing but Spring Boot's own {@code
 * --some.property=value} it starts the server; with anything else it is the command line, which never starts Spring.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class) // accounts are ours
@ComponentScan({"dev.hufu.service.config", "dev.hufu.service.web"})
public class Hufu {
    public static void main(String[] args) {
        if (args.length == 0 || args[0].matches("--[a-z-]+\\.[^=]+=.*")) {
            serve(args);
            return;
        }
        int code = HufuCommand.run(Terminal.system(), Hufu::serve, CaseFolder::documents, args);
        if (code != HufuCommand.STAYS) {
            System.exit(code);
        }
    }

    private static void serve(String[] args) {
        SpringApplication.run(Hufu.class, args);
    }
}
