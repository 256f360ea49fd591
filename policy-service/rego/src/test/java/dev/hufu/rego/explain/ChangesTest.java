package dev.hufu.rego.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hufu.rego.Bool;
import dev.hufu.rego.Budget;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Policy;
import dev.hufu.rego.PreparedQuery;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final SearchLimits PATIENT = new SearchLimits(
            4,
            5_000_000,
            100_000,
            Duration.ofMinutes(10),
            new Budget(1_000_000, 100, 5_000_000, Duration.ofMinutes(1)));

    private static ExplainedQuery query(String module) throws RegoCompileException {
        return Explained.compile(List.of(new Source("p.rego", module)), CompileOptions.defaults())
                .prepare("data.p.allow");
    }

    private static String found(String module, String input, String data, Domains.Given given)
            throws RegoCompileException {
        ExplainedQuery query = query(module);
        Value in = Value.fromJson(input);
        Value base = Value.fromJson(data);
        Domains domains = query.domains(in, base, given);
        return ChangesText.of(query.changes(in, base, Wanted.TRUE, domains, PATIENT, System::nanoTime), Wanted.TRUE);
    }

    @Test
    void table_inData_givesWhatItsRowsHold() throws RegoCompileException {
        String module = """
                package p

                import data.grants

                allow if {
                	some role in input.roles
                	input.action in grants[role]
                	not expired
                }

                expired if input.until < input.today
                """;
        assertThat(found(
                        module,
                        "{\"roles\": [\"a\"], \"action\": \"read\", \"until\": \"2026-11-01\", \"today\": \"2026-11-02\"}",
                        "{\"grants\": {\"a\": [\"write\"], \"b\": [\"read\"]}}",
                        Domains.Given.NOTHING.fixing(List.of("input.today"))))
                .startsWith("smallest changes that give true\n")
                .contains(
                        "  • input.action → \"write\"  and  input.until → \"2026-11-02\"",
                        "  • add \"b\" to input.roles  and  input.until → \"2026-11-02\"",
                        "  • add \"b\" to input.roles  and  remove input.until")
                .contains("searched all changes");
    }

    @Test
    void helpersAndFunctions_theirConstants_areFound() throws RegoCompileException {
        String module = """
                package p

                allow if {
                	ok(kind)
                	size >= 10
                }

                kind := lower(input.kind)

                size := object.get(input, "size", 0)

                ok(k) if k in {"x", "y"}
                """;
        assertThat(found(module, "{\"kind\": \"Z\", \"size\": 3}", "{}", Domains.Given.NOTHING))
                .contains(
                        "  • input.kind → \"x\"  and  input.size → 10 or 11",
                        "  • input.kind → \"y\"  and  input.size → 10");
    }

    @Test
    void fixedAndGiven_overrideWhatThePolicySays() throws RegoCompileException {
        String module = "package p\n\nallow if input.a == 1\n\nallow if input.b == 2\n\nallow if input.c > input.d\n";
        Domains.Given given = Domains.Given.of(
                Value.fromJson(
                        "{\"input.a\": \"fixed\", \"input.b\": [3, 4], \"input.c\": {\"values\": [9], \"absent\": true}, \"d\": \"fixed\"}"));
        assertThat(found(module, "{\"a\": 0, \"b\": 0, \"c\": 0, \"d\": 5}", "{}", given))
                .isEqualTo("""
                smallest changes that give true
                  • input.c → 9
                searched all changes of up to 2 of 2 attributes; 5 evaluations
                """);
        assertThatThrownBy(() -> Domains.Given.of(Value.fromJson("{\"input.a\": 3}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input.a");
    }

    @Test
    void nothingThatGivesIt_isSaidToBeComplete() throws RegoCompileException {
        assertThat(found(
                        "package p\n\nallow if {\n\tinput.a == 1\n\tinput.a == 2\n}\n",
                        "{}",
                        "{}",
                        Domains.Given.NOTHING))
                .startsWith("nothing found that gives true")
                .contains("searched all changes");
    }

    @Test
    void hostilePolicy_staysWithinItsBudget() throws RegoCompileException {
        String module = """
                package p

                allow if {
                	count([1 | some i in numbers.range(1, 3000); some j in numbers.range(1, 3000); i == j]) == input.n
                	input.a == 1
                	input.b == 2
                }
                """;
        ExplainedQuery query = query(module);
        Value input = Value.fromJson("{\"n\": 0, \"a\": 0, \"b\": 0}");
        Budget small = new Budget(20_000, 50, 100_000, Duration.ofSeconds(1));
        Trace trace = query.trace(input, Obj.EMPTY, small, TraceOptions.DEFAULT);
        assertThat(trace.error().orElse("")).contains("eval_budget_error");
        SearchLimits limits = new SearchLimits(3, 10, 10, Duration.ofMinutes(10), small);
        Changes changes = query.changes(
                input, Obj.EMPTY, Wanted.TRUE, query.domains(input, Obj.EMPTY, Domains.Given.NOTHING), limits, () -> 0);
        assertThat(changes.proposals()).isEmpty();
        assertThat(changes.evaluations()).isLessThanOrEqualTo(11);
        assertThat(changes.complete()).isFalse();
        assertThat(changes.exceeded()).isEqualTo(changes.evaluations());
        assertThat(ChangesText.of(changes, Wanted.TRUE)).contains("beyond their budget");
    }

    @Test
    void limit_reached_isSaidWithWhatWasSearched() throws RegoCompileException {
        String module = "package p\n\nallow if {\n\tinput.a == 1\n\tinput.b == 2\n\tinput.c == 3\n}\n";
        ExplainedQuery query = query(module);
        Value input = Value.fromJson("{\"a\": 0, \"b\": 0, \"c\": 0}");
        Domains domains = query.domains(input, Obj.EMPTY, Domains.Given.NOTHING);
        SearchLimits few = new SearchLimits(3, 4, 10, PATIENT.time(), PATIENT.each());
        Changes changes = query.changes(input, Obj.EMPTY, Wanted.TRUE, domains, few, System::nanoTime);
        assertThat(changes.complete()).isFalse();
        assertThat(ChangesText.of(changes, Wanted.TRUE)).isEqualTo("""
                nothing found that gives true
                searched all changes of up to 1 of 3 attributes and some of 2, then stopped at the search's limit; 4 evaluations
                """);
    }

    @Test
    void operands_areSearched() throws RegoCompileException {
        String module = "package p\n\nimport rego.v2\n\nallow if input.a == 1 and (input.b == 2 or not input.c)\n";
        assertThat(found(module, "{\"a\": 0, \"b\": 0, \"c\": 0}", "{}", Domains.Given.NOTHING))
                .contains("  • input.a → 1  and  input.b → 2\n", "  • input.a → 1  and  remove input.c");
    }

    @Test
    void wanted_object_isMetByItsMembers() {
        Wanted wanted = new Wanted(Value.fromJson("{\"outcome\": \"permit\", \"reasons\": [1]}"));
        assertThat(wanted.isMetBy(
                        Optional.of(Value.fromJson("{\"outcome\": \"permit\", \"reasons\": [2, 1], \"x\": 0}"))))
                .isTrue();
        assertThat(wanted.isMetBy(Optional.of(Value.fromJson("{\"outcome\": \"permit\", \"reasons\": [2]}"))))
                .isFalse();
        assertThat(wanted.isMetBy(Optional.empty())).isFalse();
    }

    /** Random rules over four attributes of three values each, one of them being absent. */
    private static String module(Random random) {
        StringBuilder text = new StringBuilder("package p\n\nimport rego.v2\n\n");
        for (String name : List.of("allow", "allow", "h0", "h1")) {
            boolean helper = !name.equals("allow");
            text.append(name).append(" if {\n");
            int lines = 1 + random.nextInt(3);
            for (int i = 0; i < lines; i++) {
                text.append('\t').append(line(random, helper)).append('\n');
            }
            text.append("}\n\n");
        }
        return text.append("f(x) if x == \"v1\"\n\nf(x) if x != input.a0\n").toString();
    }

    private static String line(Random random, boolean helper) {
        String path = "input.a" + random.nextInt(4);
        return switch (random.nextInt(helper ? 7 : 9)) {
            case 0 -> path + " == \"v" + random.nextInt(3) + "\"";
            case 1 -> path + " != \"v" + random.nextInt(3) + "\"";
            case 2 -> "not " + path;
            case 3 -> "f(" + path + ")";
            case 4 -> "every k in [\"a0\", \"a1\"] { input[k] != " + path + " }";
            case 5 -> path + " == \"v0\" or not input.a" + random.nextInt(4) + " and " + path + " != \"v1\"";
            case 6 -> "not { " + path + "; input.a0 == \"v" + random.nextInt(3) + "\" }";
            case 7 -> "h" + random.nextInt(2);
            default -> "not h" + random.nextInt(2);
        };
    }

    @Test
    void search_ofGeneratedPolicies_findsWhatTryingEverythingFinds() throws RegoCompileException {
        List<Optional<Value>> all = List.of(
                Optional.of(new Str("v0")), Optional.of(new Str("v1")), Optional.of(new Str("v2")), Optional.empty());
        int withProposals = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String module = module(random);
            List<Optional<Value>> input = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                input.add(all.get(random.nextInt(4)));
            }
            Map<List<Value>, List<Optional<Value>>> values = new HashMap<>();
            for (int i = 0; i < 4; i++) {
                values.put(List.of(new Str("a" + i)), all);
            }
            ExplainedQuery query = query(module);
            Domains domains =
                    query.domains(document(input), Obj.EMPTY, new Domains.Given(values, Map.of(), Set.of(), Set.of()));
            Changes changes =
                    query.changes(document(input), Obj.EMPTY, Wanted.TRUE, domains, PATIENT, System::nanoTime);
            Set<String> ours = new TreeSet<>();
            for (Changes.Proposal proposal : changes.proposals()) {
                assertThat(proposal.result()).isEqualTo(Bool.TRUE);
                Map<String, String> one = new TreeMap<>();
                proposal.changes()
                        .forEach(change -> one.put(
                                change.attribute().path().getFirst().toString(),
                                change.to().toString()));
                ours.add(one.toString());
            }
            PreparedQuery plain = Policy.compile(List.of(new Source("p.rego", module)), CompileOptions.defaults())
                    .prepare("data.p.allow");
            assertThat(changes.complete()).isTrue();
            assertThat(ours).as("seed %d, input %s\n%s", seed, input, module).isEqualTo(everything(plain, input, all));
            withProposals += ours.isEmpty() ? 0 : 1;
        }
        assertThat(withProposals).isGreaterThan(50);
    }

    private static Value document(List<Optional<Value>> input) {
        ObjBuilder members = new ObjBuilder();
        for (int i = 0; i < input.size(); i++) {
            int at = i;
            input.get(i).ifPresent(value -> members.put("a" + at, value));
        }
        return members.build();
    }

    /** All 256 inputs; of those that permit, the ones whose changed attributes no other's are a part of. */
    private static Set<String> everything(PreparedQuery query, List<Optional<Value>> input, List<Optional<Value>> all) {
        Map<Set<Integer>, List<List<Optional<Value>>>> permitting = new HashMap<>();
        for (int code = 0; code < 256; code++) {
            List<Optional<Value>> tried = new ArrayList<>();
            Set<Integer> changed = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                tried.add(all.get((code >> (2 * i)) & 3));
                if (!tried.get(i).equals(input.get(i))) {
                    changed.add(i);
                }
            }
            if (query.evaluate(document(tried), Obj.EMPTY, Budget.DEFAULT).equals(Optional.of(Bool.TRUE))) {
                permitting.computeIfAbsent(changed, _ -> new ArrayList<>()).add(tried);
            }
        }
        Set<String> minimal = new TreeSet<>();
        permitting.forEach((changed, inputs) -> {
            boolean smaller = permitting.keySet().stream()
                    .anyMatch(other -> changed.containsAll(other) && other.size() < changed.size());
            if (!smaller && !changed.isEmpty()) {
                inputs.forEach(one -> {
                    Map<String, String> shown = new TreeMap<>();
                    changed.forEach(i -> shown.put("\"a" + i + "\"", one.get(i).toString()));
                    minimal.add(shown.toString());
                });
            }
        });
        return minimal;
    }
}
