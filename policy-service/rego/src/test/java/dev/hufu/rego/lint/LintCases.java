package dev.hufu.rego.lint;

import dev.hufu.rego.Source;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code cases.yaml}: modules with a mark before each place where the rule finds something. */
record LintCases(Map<String, Rule> rules) {
    static final String MARK = "»";

    record Rule(LintConfig config, List<List<Source>> bad, List<List<Source>> good) {}

    static LintCases load() throws Exception {
        Map<String, Rule> rules = new TreeMap<>();
        try (InputStream in = LintCases.class.getResourceAsStream("cases.yaml")) {
            JsonNode root = YAMLMapper.shared().readTree(in == null ? new byte[0] : in.readAllBytes());
            for (Map.Entry<String, JsonNode> one : root.properties()) {
                LintConfig config =
                        LintConfig.parse(one.getValue().path("config").asString(""));
                rules.put(
                        one.getKey(),
                        new Rule(
                                config,
                                sources(one.getValue().path("bad")),
                                sources(one.getValue().path("good"))));
            }
        }
        return new LintCases(rules);
    }

    private static List<List<Source>> sources(JsonNode texts) {
        List<List<Source>> cases = new ArrayList<>();
        for (JsonNode text : texts) {
            List<Source> sources = new ArrayList<>();
            for (String part : text.asString("").split("(?m)^--- ")) {
                boolean named =
                        part.substring(0, Math.max(0, part.indexOf('\n'))).endsWith(".rego");
                if (named) {
                    int end = part.indexOf('\n');
                    sources.add(new Source(part.substring(0, end), part.substring(end + 1)));
                } else if (!part.isBlank()) {
                    sources.add(new Source("p.rego", part));
                }
            }
            cases.add(sources);
        }
        return cases;
    }

    static List<Source> unmarked(List<Source> sources) {
        return sources.stream()
                .map(source -> new Source(source.file(), source.text().replace(MARK, "")))
                .toList();
    }

    /** Where the marks stand, as {@code file:row:column}. */
    static List<String> marks(List<Source> sources) {
        List<String> places = new ArrayList<>();
        for (Source source : sources) {
            String[] lines = source.text().split("\n", -1);
            for (int row = 1; row <= lines.length; row++) {
                String line = lines[row - 1];
                int before = 0;
                for (int at = line.indexOf(MARK); at >= 0; at = line.indexOf(MARK, at + 1)) {
                    places.add(source.file() + ":" + row + ":" + (line.codePointCount(0, at) + 1 - before));
                    before++;
                }
            }
        }
        return places;
    }
}
