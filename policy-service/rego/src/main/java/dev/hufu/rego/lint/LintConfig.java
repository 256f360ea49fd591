package dev.hufu.rego.lint;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A configuration in the form of Regal's {@code .regal/config.yaml}: levels and settings of rules, defaults of categories
 * and of all, files to leave out. Immutable.
 */
public final class LintConfig {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final String DEFAULT = "default";

    private record Entry(Optional<Level> level, Settings settings, FilePatterns ignored) {}

    private final Optional<Level> level;
    private final Map<Category, Level> categories = new HashMap<>();
    private final Map<String, Entry> rules = new HashMap<>();
    private final FilePatterns ignored;
    private final boolean v0;
    private final List<String> unknown = new ArrayList<>();

    private LintConfig(JsonNode root) throws LintConfigException {
        for (Map.Entry<String, JsonNode> member :
                object(root, "the configuration").properties()) {
            if (!List.of("rules", "ignore", "project", "capabilities", "features", "fixes")
                    .contains(member.getKey())) {
                unknown.add(member.getKey());
            }
        }
        ignored = ignored(root.path("ignore"), "ignore");
        v0 = root.path("project").path("rego-version").asInt(1) == 0;
        JsonNode all = object(root.path("rules"), "rules");
        level = level(all.path(DEFAULT), "rules.default");
        for (Map.Entry<String, JsonNode> member : all.properties()) {
            if (!member.getKey().equals(DEFAULT)) {
                category(member.getKey(), member.getValue());
            }
        }
    }

    /** Nothing is configured. */
    public static LintConfig none() {
        try {
            return new LintConfig(YAML.createObjectNode());
        } catch (LintConfigException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static LintConfig parse(String yaml) throws LintConfigException {
        try {
            JsonNode root = YAML.readTree(yaml);
            return root == null || root.isMissingNode() || root.isNull() ? none() : new LintConfig(root);
        } catch (JacksonException malformed) {
            throw new LintConfigException("not YAML: " + malformed.getOriginalMessage());
        }
    }

    private void category(String name, JsonNode members) throws LintConfigException {
        Optional<Category> category = Category.of(name);
        if (category.isEmpty()) {
            unknown.add("rules." + name);
            return;
        }
        Optional<Level> own = level(members.path(DEFAULT), "rules." + name + ".default");
        own.ifPresent(found -> categories.put(category.get(), found));
        for (Map.Entry<String, JsonNode> member :
                object(members, "rules." + name).properties()) {
            String rule = member.getKey();
            if (rule.equals(DEFAULT)) {
                continue;
            }
            String place = "rules." + name + "." + rule;
            if (Rules.find(rule)
                    .filter(found -> found.category() == category.get())
                    .isEmpty()) {
                unknown.add(place);
            }
            rules.put(rule, entry(object(member.getValue(), place), place));
        }
    }

    private static Entry entry(JsonNode node, String place) throws LintConfigException {
        Map<String, JsonNode> settings = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            settings.put(member.getKey(), member.getValue());
            requirePatterns(member.getKey(), member.getValue(), place + "." + member.getKey());
        }
        return new Entry(level(node, place), new Settings(settings), ignored(node.path("ignore"), place + ".ignore"));
    }

    private static void requirePatterns(String name, JsonNode node, String place) throws LintConfigException {
        if (name.endsWith("pattern") && !isPattern(node.asString(""))) {
            throw new LintConfigException(place + " is no pattern (RE2)");
        }
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            requirePatterns("", element, place);
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            requirePatterns(member.getKey(), member.getValue(), place + "." + member.getKey());
        }
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException malformed) {
            return false;
        }
    }

    private static JsonNode object(JsonNode node, String place) throws LintConfigException {
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            throw new LintConfigException(place + " is no mapping");
        }
        return node;
    }

    private static Optional<Level> level(JsonNode node, String place) throws LintConfigException {
        JsonNode written = object(node, place).path("level");
        if (written.isMissingNode()) {
            return Optional.empty();
        }
        Optional<Level> level = Level.of(written.asString(""));
        if (level.isEmpty()) {
            throw new LintConfigException(place + ".level is error, warning or ignore");
        }
        return level;
    }

    private static FilePatterns ignored(JsonNode node, String place) throws LintConfigException {
        JsonNode files = object(node, place).path("files");
        if (!files.isArray() && !files.isMissingNode() && !files.isNull()) {
            throw new LintConfigException(place + ".files is no list");
        }
        List<String> globs = new ArrayList<>();
        for (JsonNode file : files) {
            globs.add(file.asString(""));
        }
        return new FilePatterns(globs);
    }

    /** Places that name no rule, category or part that is known: most likely a slip. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** {@code project.rego-version: 0}. */
    public boolean v0() {
        return v0;
    }

    Level level(LintRule rule) {
        Optional<Level> own = Optional.ofNullable(rules.get(rule.name())).flatMap(Entry::level);
        if (own.isPresent()) {
            return own.get();
        }
        Level ofCategory = categories.get(rule.category());
        return ofCategory != null ? ofCategory : level.orElse(rule.level());
    }

    Settings settings(LintRule rule) {
        Entry entry = rules.get(rule.name());
        return entry == null ? new Settings(Map.of()) : entry.settings();
    }

    boolean ignores(String file) {
        return ignored.matches(file);
    }

    boolean ignores(LintRule rule, String file) {
        Entry entry = rules.get(rule.name());
        return entry != null && entry.ignored().matches(file);
    }
}
