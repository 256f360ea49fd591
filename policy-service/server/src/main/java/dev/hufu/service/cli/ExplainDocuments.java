package dev.hufu.service.cli;

import dev.hufu.rego.Obj;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.explain.Domains;
import dev.hufu.rego.explain.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What an explanation is about, read from files: JSON, or YAML where a name ends in {@code .yaml} or {@code .yml}.
 *
 * @param input null for none
 * @param gate the query is for a decision of the gate
 */
record ExplainDocuments(
        @Nullable Value input, @Nullable Value data, Domains.Given domains, Wanted wanted, String query, boolean gate) {
    private static final String DECISION = "data.hufu.decision";
    private static final String DOMAINS = "domains.yaml";
    private static final Wanted PERMIT = new Wanted(Obj.of(new Str("outcome"), new Str("permit")));
    private static final int MAX_FILES = 10_000;

    /** The options that name them, each null or empty where it was not given. */
    record Options(
            @Nullable Path policies,
            String caseName,
            @Nullable Path input,
            @Nullable Path data,
            @Nullable Path domains,
            String wanted,
            String query) {}

    static ExplainDocuments read(Path directory, GateDocuments gate, Options options) {
        Path policies = options.policies() == null ? null : directory.resolve(options.policies());
        if (policies == null && options.query().isEmpty()) {
            throw new UsageException("--query is needed, or --policies DIR for a decision of the gate");
        }
        Value input = document(directory, options.input(), "--input");
        Value data = document(directory, options.data(), "--data");
        if (policies != null) {
            GateDocuments.Documents documents = documents(gate, policies, options.caseName());
            input = input == null ? documents.input().orElse(null) : input;
            data = data == null ? documents.data() : data;
        } else if (!options.caseName().isEmpty()) {
            throw new UsageException("--case needs --policies DIR");
        }
        Path domains = options.domains();
        if (domains == null && policies != null && Files.exists(policies.resolve(DOMAINS))) {
            domains = policies.resolve(DOMAINS);
        }
        boolean decision = policies != null
                && (options.query().isEmpty() || options.query().equals(DECISION));
        return new ExplainDocuments(
                input,
                data,
                given(document(directory, domains, "--domains")),
                wanted(options, decision),
                decision ? DECISION : options.query(),
                decision);
    }

    private static Wanted wanted(Options options, boolean gate) {
        if (options.wanted().isEmpty()) {
            return gate ? PERMIT : Wanted.TRUE;
        }
        try {
            return new Wanted(Value.fromJson(options.wanted()));
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--want: " + malformed.getMessage());
        }
    }

    private static Domains.Given given(@Nullable Value document) {
        try {
            return document == null ? Domains.Given.NOTHING : Domains.Given.of(document);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--domains: " + malformed.getMessage());
        }
    }

    private static GateDocuments.Documents documents(GateDocuments gate, Path policies, String name) {
        try {
            return gate.of(texts(policies), name).orElseThrow(() -> new UsageException("no case is named " + name));
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--policies: " + malformed.getMessage());
        }
    }

    private static SortedMap<String, String> texts(Path policies) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String folder : new String[] {"vocabulary", "lawpacks", "house", "facts", "cases"}) {
            try (Stream<Path> walk = Files.walk(policies.resolve(folder))) {
                for (Path file :
                        walk.filter(Files::isRegularFile).limit(MAX_FILES).toList()) {
                    texts.put(policies.relativize(file).toString(), Files.readString(file));
                }
            } catch (IOException unreadable) {
                throw new UsageException("--policies: cannot read " + policies.resolve(folder));
            }
        }
        return texts;
    }

    private static @Nullable Value document(Path directory, @Nullable Path file, String option) {
        if (file == null) {
            return null;
        }
        try {
            String text = Files.readString(directory.resolve(file));
            boolean yaml = file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
            return yaml ? Value.fromJson(YAMLMapper.shared().readTree(text)) : Value.fromJson(text);
        } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
            throw new UsageException(option + " " + file + ": " + unreadable.getMessage());
        }
    }
}
