package dev.hufu.service.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The console's words: the same in both languages, and all that the pages ask for. */
class MessagesTest {
    private static final Path RESOURCES =
            Path.of(System.getProperty("hufu.root"), "policy-service", "server", "src", "main", "resources");

    @Test
    void messages_bothLanguages_haveTheSameKeysAndArguments() throws IOException {
        Properties zh = read("zh");
        Properties en = read("en");
        assertThat(new TreeSet<>(zh.stringPropertyNames())).isEqualTo(new TreeSet<>(en.stringPropertyNames()));
        for (String key : zh.stringPropertyNames()) {
            assertThat(arguments(zh.getProperty(key))).as(key).isEqualTo(arguments(en.getProperty(key)));
        }
    }

    @Test
    void messages_each_isWordedAndReadableByMessageFormat() throws IOException {
        for (String language : List.of("zh", "en")) {
            Properties messages = read(language);
            for (String key : messages.stringPropertyNames()) {
                String text = messages.getProperty(key);
                assertThat(text).as(language + " " + key).isNotBlank().doesNotContain("'");
                new MessageFormat(text, Locale.ROOT);
            }
        }
    }

    @Test
    void messages_chinese_usesFullWidthPunctuationBesideChinese() throws IOException {
        Pattern halfWidth = Pattern.compile("\\p{IsHan}[,;:?!]|[,;:?!]\\p{IsHan}");
        Properties zh = read("zh");
        for (String key : zh.stringPropertyNames()) {
            assertThat(halfWidth.matcher(zh.getProperty(key)).find()).as(key).isFalse();
        }
    }

    @Test
    void templates_everyKey_isInTheMessages() throws IOException {
        Properties en = read("en");
        var missing = new ArrayList<String>();
        Pattern plain = Pattern.compile("#\\{([a-z0-9.-]+)[(}]");
        Pattern composed = Pattern.compile("#\\{'([a-z0-9.-]+\\.)' \\+");
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("templates"))) {
            for (Path file : files.filter(p -> p.toString().endsWith(".html")).toList()) {
                String text = Files.readString(file);
                Matcher key = plain.matcher(text);
                while (key.find()) {
                    if (!en.containsKey(key.group(1))) {
                        missing.add(file.getFileName() + ": " + key.group(1));
                    }
                }
                Matcher prefix = composed.matcher(text);
                while (prefix.find()) {
                    if (en.stringPropertyNames().stream().noneMatch(k -> k.startsWith(prefix.group(1)))) {
                        missing.add(file.getFileName() + ": " + prefix.group(1) + "*");
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void templates_all_holdNoInlineScriptOrStyle() throws IOException {
        Pattern inline = Pattern.compile("\\sstyle=|\\son[a-z]+=|<style|<script(?![^>]*src=)|javascript:");
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("templates"))) {
            for (Path file : files.filter(p -> p.toString().endsWith(".html")).toList()) {
                assertThat(inline.matcher(Files.readString(file)).find())
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private static List<String> arguments(String text) {
        return Pattern.compile("\\{(\\d+)")
                .matcher(text)
                .results()
                .map(r -> r.group(1))
                .distinct()
                .sorted()
                .toList();
    }

    private static Properties read(String language) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(RESOURCES.resolve("messages_" + language + ".properties"))));
        return properties;
    }
}
