package dev.hufu.service.gate;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an author reads of the bundle in use: its rules with articles and places, its cases and whether they hold. Each is worked
 * out when first asked for and kept until another bundle is in use. Thread-safe.
 */
public final class PolicyBook {
    private final EmbeddedRegoEngine engine;
    private final FactsSnapshot shippedFacts;
    private final AtomicReference<@Nullable Pages> pages = new AtomicReference<>();

    private record Pages(String digest, List<PolicyRule> rules, List<CaseResult> cases) {}

    /**
     * @param engine whose bundle is read
     * @param shippedFacts the facts that the cases change: those of the policy files, whatever the registers hold by now
     */
    public PolicyBook(EmbeddedRegoEngine engine, FactsSnapshot shippedFacts) {
        this.engine = engine;
        this.shippedFacts = shippedFacts;
    }

    public PolicyBundle bundle() {
        return engine.bundle();
    }

    /** Rules by file and line. */
    public List<PolicyRule> rules() {
        return pages().rules();
    }

    /** Cases in the order of their files, each run on the bundle in use. */
    public List<CaseResult> cases() {
        return pages().cases();
    }

    /**
     * Smallest group that a figure may stand for, by the grade of the dataset asked about: what the house's table
     * {@code group_by_grade} says before anything else raises it. Empty where the bundle in use has no such table.
     */
    public Map<String, Integer> groupSizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        if (engine.compiled().constants() instanceof Arr documents
                && documents.toJsonNode().get(1) instanceof ObjectNode house
                && house.get("group_by_grade") instanceof ObjectNode table) {
            table.properties().stream()
                    .filter(grade -> grade.getValue().canConvertToInt())
                    .forEach(grade -> sizes.put(grade.getKey(), grade.getValue().asInt()));
        }
        return sizes;
    }

    private Pages pages() {
        PolicyBundle bundle = engine.bundle();
        Pages known = pages.get();
        if (known != null && known.digest().equals(bundle.digest())) {
            return known;
        }
        try {
            CompiledPolicy compiled = CompiledPolicy.of(bundle);
            Pages fresh = new Pages(bundle.digest(), rules(compiled), CaseRunner.run(compiled, shippedFacts));
            pages.set(fresh);
            return fresh;
        } catch (PolicyBundleException impossible) {
            throw new IllegalStateException("the bundle in use compiled before", impossible);
        }
    }

    static List<PolicyRule> rules(CompiledPolicy compiled) {
        Map<String, Reason> reasons = new LinkedHashMap<>();
        Value constants = compiled.constants();
        if (constants != null) {
            collect(constants, reasons);
        }
        List<PolicyRule> rules = new ArrayList<>();
        SortedMap<String, String> modules = compiled.bundle().modules();
        reasons.values()
                .forEach(reason -> place(modules, reason.code())
                        .ifPresent(at ->
                                rules.add(new PolicyRule(reason, reason.remedy() != null, at.file(), at.line()))));
        rules.sort(Comparator.comparing((PolicyRule r) -> !r.file().startsWith("lawpacks/"))
                .thenComparing(PolicyRule::file)
                .thenComparingInt(PolicyRule::line));
        return List.copyOf(rules);
    }

    /** Reasons are constants beside the rules that give them, anywhere in the documents of law and house. */
    private static void collect(Value value, Map<String, Reason> reasons) {
        switch (value) {
            case Obj object
            when object.get(Value.of("rule")) != null && object.get(Value.of("code")) != null -> {
                Reason reason = Verdict.readReason(object.toJsonNode());
                reasons.putIfAbsent(reason.code(), reason);
            }
            case Obj object -> object.forEach((_, member) -> collect(member, reasons));
            case Arr items -> items.forEach(item -> collect(item, reasons));
            case SetValue items -> items.forEach(item -> collect(item, reasons));
            default -> {
                // scalars hold no reason
            }
        }
    }

    private record Place(String file, int line) {}

    private static Optional<Place> place(SortedMap<String, String> modules, String code) {
        String wanted = "\"code\": \"" + code + "\"";
        for (Map.Entry<String, String> module : modules.entrySet()) {
            int at = module.getValue().indexOf(wanted);
            if (at >= 0) {
                int line = 1
                        + (int) module.getValue()
                                .substring(0, at)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                return Optional.of(new Place(module.getKey(), line));
            }
        }
        return Optional.empty();
    }
}
