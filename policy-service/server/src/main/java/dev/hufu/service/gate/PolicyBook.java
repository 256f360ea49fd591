package dev.hufu.service.gate;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.SetValue;
import dev.hufu.rego.Value;
import dev.hufu.service.facts.FactsSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an author reads of the bundle in use: its rules with articles and places, its cases and whether they hold. Each is worked
 * out when first asked for and kept until another bundle is in use. Thread-safe.
 */
public final class PolicyBook {
    private final PolicyEngine engine;
    private final FactsSnapshot shippedFacts;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Edition edition;

    /**
     * One bundle in use, read.
     *
     * @param engine what kind of engine judges by it, for example {@code embedded-rego}
     * @param since when this server put it to use
     * @param rules by file and line, the law's first
     * @param cases in the order of their files, each run on this bundle
     * @param trouble why the cases cannot be read, when they cannot: the file and what is wrong with it
     */
    public record Edition(
            PolicyBundle bundle,
            String engine,
            Instant since,
            List<PolicyRule> rules,
            List<CaseResult> cases,
            Optional<String> trouble) {
        public Edition {
            rules = List.copyOf(rules);
            cases = List.copyOf(cases);
        }
    }

    /**
     * @param engine whose bundle is read
     * @param shippedFacts the facts that the cases change: those of the policy files, whatever the registers hold by now
     */
    public PolicyBook(PolicyEngine engine, FactsSnapshot shippedFacts) {
        this.engine = engine;
        this.shippedFacts = shippedFacts;
    }

    /**
     * Smallest group that a figure may stand for, by the grade of the dataset asked about: what the house's table
     * {@code group_by_grade} says before anything else raises it. Empty where the bundle in use has no such table.
     */
    public Map<String, Integer> groupSizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        if (engine.active().policy().constants() instanceof Arr documents
                && documents.toJsonNode().get(1) instanceof ObjectNode house
                && house.get("group_by_grade") instanceof ObjectNode table) {
            table.properties().stream()
                    .filter(grade -> grade.getValue().canConvertToInt())
                    .forEach(grade -> sizes.put(grade.getKey(), grade.getValue().asInt()));
        }
        return sizes;
    }

    /** The bundle in use. Whoever asks first runs its cases; who asks meanwhile waits for that run instead of starting another. */
    public Edition edition() {
        PolicyEngine.Active active = engine.active();
        Edition known = edition;
        if (known != null && known.bundle() == active.policy().bundle()) {
            return known;
        }
        reading.lock();
        try {
            known = edition;
            if (known == null || known.bundle() != active.policy().bundle()) {
                known = read(active);
                edition = known;
            }
            return known;
        } finally {
            reading.unlock();
        }
    }

    private Edition read(PolicyEngine.Active active) {
        CompiledPolicy policy = active.policy();
        List<CaseResult> cases = List.of();
        Optional<String> trouble = Optional.empty();
        try {
            cases = CaseRunner.run(policy, shippedFacts);
        } catch (IllegalArgumentException malformed) {
            trouble = Optional.ofNullable(malformed.getMessage());
        }
        return new Edition(policy.bundle(), engine.engine(), active.since(), rules(policy), cases, trouble);
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
