package dev.hufu.service.config;

import dev.hufu.service.identity.Passwords;
import dev.hufu.service.sample.SampleSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.unit.DataSize;

/**
 * Reads every setting, in one place, before anything is made or started: a value that cannot be meant ends the start with the name of
 * its variable and what to write instead. An empty value is none.
 */
final class Settings {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SHOWN = 40;

    private final Function<String, Optional<String>> values;

    /** @param values the text of a setting by its name, such as {@code hufu.disk.low} */
    Settings(Function<String, Optional<String>> values) {
        this.values = name -> values.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** As written: a password may hold what would elsewhere be a placeholder. */
    static Settings of(ConfigurableEnvironment environment) {
        return new Settings(name -> environment.getPropertySources().stream()
                .map(source -> source.getProperty(name))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst());
    }

    /** @throws SettingException when a setting has a value that cannot be meant */
    HufuProperties read() {
        whole("server.port", 8080, 0, MAX_PORT);
        address();
        Path root = path("hufu.root", Path.of("").toAbsolutePath(), Path.of(""));
        Path data = path("hufu.data", root, Path.of("data"));
        boolean demo = flag("hufu.demo", true);
        return new HufuProperties(
                root,
                data,
                path("hufu.keys", root, data.resolveSibling(data.getFileName() + "-keys")),
                policies(root),
                new EngineSettings(this).read(root),
                demo,
                demo ? demoPassword() : Optional.empty(),
                new HufuProperties.Log(flag("hufu.log.sm2", false), new WitnessSettings(this).read()),
                new HufuProperties.Sample(
                        (int) whole(
                                "hufu.sample.employees", 60_000, SampleSpec.MIN_EMPLOYEES, SampleSpec.MAX_EMPLOYEES),
                        whole("hufu.sample.seed", 20_260_101, Long.MIN_VALUE, Long.MAX_VALUE)),
                disk(),
                zone(),
                (int) whole("hufu.limits.requests-per-second", 500, 1, 1_000_000));
    }

    private void address() {
        values.apply("server.address").ifPresent(text -> {
            try {
                InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw refused(
                        "server.address",
                        text,
                        "is no address known here",
                        "Write an address of this machine, such as 127.0.0.1");
            }
        });
    }

    /** As written; an empty value is none. */
    Optional<String> text(String name) {
        return values.apply(name);
    }

    /** @param usual what it is when nothing is written */
    Path path(String name, Path against, Path usual) {
        String text = values.apply(name).orElse(usual.toString());
        try {
            return against.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw refused(name, text, "is no path", "Write the path of a directory");
        }
    }

    private Optional<Path> policies(Path root) {
        String name = "hufu.policies.dir";
        return values.apply(name).map(text -> {
            Path directory = path(name, root, root);
            if (!Files.isDirectory(directory) || !Files.isReadable(directory)) {
                throw refused(
                        name,
                        text,
                        "is no directory that can be read",
                        "Name a directory laid out as policies/, or leave it out for the policies that Hufu brings");
            }
            return directory;
        });
    }

    private boolean flag(String name, boolean usual) {
        return values.apply(name)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> throw refused(name, text, "is neither true nor false", "Write true or false");
                })
                .orElse(usual);
    }

    long whole(String name, long usual, long least, long most) {
        return values.apply(name)
                .map(text -> {
                    String next = least == Long.MIN_VALUE
                            ? "Write a whole number"
                            : "Write a whole number from " + least + " to " + most;
                    try {
                        long number = Long.parseLong(text);
                        if (number >= least && number <= most) {
                            return number;
                        }
                    } catch (NumberFormatException e) {
                        // told below like a number that is out of bounds
                    }
                    throw refused(
                            name,
                            text,
                            "is not a number that it can take",
                            next + ", such as " + variable(name) + "=" + usual);
                })
                .orElse(usual);
    }

    private HufuProperties.Disk disk() {
        long low = size("hufu.disk.low", 256);
        long least = size("hufu.disk.least", 64);
        if (low < least) {
            throw new SettingException(
                    "HUFU_DISK_LEAST (" + least + " bytes) is more than HUFU_DISK_LOW (" + low
                            + " bytes), so nothing would be taken while health is still green.",
                    "Set both, for example HUFU_DISK_LOW=1GB HUFU_DISK_LEAST=256MB, or leave them at their defaults.");
        }
        return new HufuProperties.Disk(low, least);
    }

    private long size(String name, long usualMegabytes) {
        String text = values.apply(name).orElse(usualMegabytes + "MB");
        try {
            long bytes = DataSize.parse(text.toUpperCase(Locale.ROOT)).toBytes();
            if (bytes >= 0) {
                return bytes;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // told below like a size that is negative
        }
        throw refused(
                name,
                text,
                "is no size",
                "Write a whole number with its unit (B, KB, MB, GB or TB), such as " + variable(name) + "="
                        + usualMegabytes + "MB");
    }

    private ZoneId zone() {
        String name = "hufu.zone";
        String text = values.apply(name).orElse("Asia/Shanghai");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw refused(
                    name, text, "is no time zone", "Write a name such as HUFU_ZONE=Asia/Shanghai or HUFU_ZONE=UTC");
        }
    }

    /** Of any length but absurd: it opens made-up data, on loopback. Its length is told, never itself. */
    private Optional<String> demoPassword() {
        Optional<String> password = values.apply("hufu.demo-password");
        int characters =
                password.map(text -> text.codePointCount(0, text.length())).orElse(1);
        if (characters < 1 || characters > Passwords.MAX_CHARACTERS) {
            throw new SettingException(
                    "HUFU_DEMO_PASSWORD has " + characters + " characters, and a demo password has 1 to "
                            + Passwords.MAX_CHARACTERS + ".",
                    "Choose one of that length, or leave it out: then one is generated and printed.");
        }
        return password;
    }

    static SettingException refused(String name, String text, String what, String next) {
        String shown = text.codePoints()
                .limit(MAX_SHOWN)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new SettingException(
                variable(name) + " is \"" + shown + (shown.length() < text.length() ? "…" : "") + "\", which " + what
                        + ".",
                next + ".");
    }

    /** As it stands in the environment and in README. */
    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
