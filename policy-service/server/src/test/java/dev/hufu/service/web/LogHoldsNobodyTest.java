package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import dev.hufu.service.LogFiles;
import dev.hufu.service.analytics.store.PeopleStore;
import dev.hufu.service.config.HufuProperties;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Nobody of the sample, and no account, stands in the log's files in clear, whatever was asked and by whom. */
@HufuServerTest
class LogHoldsNobodyTest {
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{16,}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=_-]{40,}");
    private static final List<String> ACCOUNTS =
            List.of("legal", "security", "hr", "steward", "analyst", "employee", "auditor", "admin");

    @LocalServerPort
    private int port;

    @Autowired
    private PeopleStore store;

    @Autowired
    private HufuProperties properties;

    @Test
    void filesOfTheLog_afterEveryKindOfUse_holdNoIdNameNumberOrAccountOfTheSample() throws Exception {
        Calls calls = new Calls(port).ready();
        Set<String> people = people();
        assertThat(people).hasSizeGreaterThan(20_000);
        String someone = String.join(" ", people.stream().limit(40).toList());
        for (String account : ACCOUNTS) {
            calls.post(account, "/api/v1/queries", Calls.QUERY.replace("a test from outside", someone + " " + account));
            calls.post(account, "/api/v1/queries", Calls.QUERY.replace("dpv:PersonnelPayment", "dpv:PersonnelHiring"));
            calls.post(account, "/api/v1/decisions", Calls.DECISION);
            calls.post(account, "/api/v1/decisions", Calls.naming("query", "E000001"));
            calls.post(account, "/api/v1/decisions", Calls.naming("read", "E000001"));
        }
        Map<Path, String> log = LogFiles.read(properties.dataDir());
        assertThat(log.keySet()).hasSizeGreaterThan(3);
        assertThat(log.values())
                .anySatisfy(content -> assertThat(written(content)).contains("\"outcome\":\"deny\""));
        Words wanted = new Words(people);
        log.forEach((file, content) -> {
            assertThat(wanted.in(content)).as(file.toString()).isEmpty();
            String written = written(content);
            // "legalBasis" is a member's name; an account would stand as a word.
            for (String account : ACCOUNTS) {
                assertThat(Pattern.compile("\\b" + account + "\\b")
                                .matcher(written)
                                .find())
                        .as(account + " in " + file)
                        .isFalse();
            }
        });
    }

    /**
     * What is written as text: runs of printable characters without digests, keys and ciphertexts in base64. In half a megabyte of random
     * bytes a word of two letters stands by chance.
     */
    private static String written(String content) {
        return PRINTABLE
                .matcher(content)
                .results()
                .map(run -> BASE64.matcher(run.group()).replaceAll("…"))
                .collect(Collectors.joining("\n"));
    }

    private Set<String> people() throws SQLException {
        Set<String> people = new HashSet<>();
        try (Connection snapshot = store.snapshot();
                ResultSet rows = snapshot.createStatement()
                        .executeQuery(
                                "SELECT DISTINCT employee_id, name, name_latin, id_number, bank_account FROM main.roster")) {
            while (rows.next()) {
                for (int column = 1; column <= 5; column++) {
                    String word = rows.getString(column);
                    if (word != null && word.length() > 1) {
                        people.add(word);
                    }
                }
            }
        }
        return people;
    }

    /** Many words to look for at once, by their first two characters. */
    private static final class Words {
        private final Map<Integer, Set<String>> byStart = new HashMap<>();

        Words(Set<String> words) {
            words.forEach(word -> byStart.computeIfAbsent(start(word, 0), _ -> new HashSet<>())
                    .add(word));
        }

        Set<String> in(String text) {
            Set<String> found = new HashSet<>();
            for (int at = 0; at + 1 < text.length(); at++) {
                int position = at;
                byStart.getOrDefault(start(text, at), Set.of()).stream()
                        .filter(word -> text.startsWith(word, position))
                        .forEach(found::add);
            }
            return found;
        }

        private static int start(String text, int at) {
            return text.charAt(at) << 16 | text.charAt(at + 1);
        }
    }
}
