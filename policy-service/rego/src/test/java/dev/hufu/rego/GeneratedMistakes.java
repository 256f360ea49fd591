package dev.hufu.rego;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated programs with one mistake planted in each; the same from the same seed. */
final class GeneratedMistakes {
    /** Statements that are wrong where the program stands; {@code @} becomes a term, {@code ¶} a line break. */
    private static final List<String> MISTAKES = List.of(
            // unsafe variables
            "bad contains x if y == 1",
            "bad := q if input.n > 1",
            "bad if {¶\tinput.s¶\tnot lib.names[z]¶}",
            "bad(x) := y if x == @",
            "bad := [w | input.f]",
            "bad := {k: w | some k in input.ys}",
            "bad if every e in input.ys { e == m }",
            "bad := input with input.o as k",
            "bad contains x if {¶\tsome x¶\tx > @¶}",
            "bad if {¶\tx := @¶\tz > x¶}",
            "bad if count(input.ys, n) if n",
            "bad if input.ys[i] == j",
            "bad := $\"{u}\"",
            // recursion
            "bad := bad2¶¶bad2 := bad",
            "bad(x) := bad(x)",
            "bad[x] := y if {¶\tsome x in input.ys¶\ty := bad[x]¶}",
            "bad contains x if some x in bad",
            "bad if not bad",
            "bad := [x | some x in bad2]¶¶bad2 contains bad",
            // arity
            "bad := count()",
            "bad := count(@, 1, 2)",
            "bad := f(1, 2, 3)",
            "bad := lib.id()",
            "bad := lib.kind(@, 1, 2)",
            "bad := plus(1)",
            "bad if lib.limit(@, 1, 2)",
            // types
            "bad := count(1)",
            "bad := 1 + \"a\"",
            "bad := upper(3)",
            "bad if 1 == \"a\"",
            "bad := lib.names + 1",
            "bad if {¶\t{\"a\": 1} = [1]¶}",
            "bad if {¶\t[x, y] = [@]¶\tx == y¶}",
            "bad := concat(1, [\"a\"])",
            "bad if {¶\tx := \"a\"¶\tx + 1 > 2¶}",
            "bad := lib.things.foo",
            "bad := startswith(@, 1)",
            "bad := abs(lib.things)",
            // conflicts
            "default bad := 1¶¶default bad := 2",
            "default bad := 1¶¶bad contains @",
            "bad(x) := x¶¶bad := 2",
            "bad := 1¶¶bad contains 2",
            "bad(x) := 1¶¶bad(x, y) := 2",
            "bad.a := 1¶¶bad.a.b := 2",
            "bad[x] := 1 if some x in input.ys¶¶bad contains 2",
            // functions that are not there
            "bad := nofun(@)",
            "bad := lib.nofun(@)",
            "bad := strings.nofun(\"a\")",
            "bad := data.none.f(1)",
            "bad if not nofun(@)",
            // assignments and declarations
            "bad if {¶\tx := 1¶\tx := 2¶}",
            "bad if {¶\tx == 1¶\tx := 2¶}",
            "bad(x) := 1 if x := @",
            "bad if {¶\tsome x¶\tinput.s¶}",
            "bad if {¶\tsome x¶\tsome x¶\tinput.ys[x]¶}",
            "bad if {¶\tx := @¶\tsome x in input.ys¶}",
            "bad if {¶\t1 := @¶}",
            "bad if {¶\tinput.x := @¶}",
            "bad if {¶\tx := y¶\ty := @¶}",
            // modifiers
            "bad := 1 with foo as 1",
            "bad := count(input.ys) with count as nofun",
            "bad := count(input.ys) with count as lib.pair2",
            "bad := count(input.ys) with lib.nofun as 1",
            // defaults
            "default bad := input.a",
            "default bad := x",
            "default bad(1) := 2",
            "default bad := count([1])",
            // what does not parse
            "bad := [1, 2",
            "bad if { }",
            "bad := := 1",
            "bad {¶\tinput.a¶}",
            "bad[1] { true }",
            "bad if { input.a b }",
            "bad := {\"a\" 1}",
            "bad if input.a else",
            "bad := 01",
            "bad := \"a",
            "bad if some x",
            "bad := 1 if not some x in [1]",
            "import foo.bar",
            "bad if input.ys[",
            "bad := `a",
            "if := 1",
            "bad == 1",
            "bad := x if x := 1,");

    /** As above, for strict mode. */
    private static final List<String> STRICT = List.of(
            "import data.unused",
            "import data.lib",
            "import input.foo as lib",
            "bad if {¶\tx := @¶\tinput.s¶}",
            "bad contains y if {¶\tx := @¶\tsome y in input.ys¶}",
            "bad := any([true, @])",
            "bad if {¶\tinput := @¶\tinput == 1¶}",
            "bad := [1 | x := @]",
            "bad(x) := 1 if {¶\ty := x¶\tinput.s¶}",
            "data := @");

    /**
     * A program.
     *
     * @param mistake what was planted
     */
    record Planted(String name, String text, String mistake, boolean strict) {}

    private final Random random;
    private final GeneratedProgram programs;

    GeneratedMistakes(long seed) {
        random = new Random(seed);
        programs = new GeneratedProgram(seed);
    }

    /** The program without the mistake. */
    String program(String name) {
        return programs.module(name);
    }

    /** Between two of its statements; an import comes behind the others. */
    Planted planted(String name, String program, boolean strict) {
        List<String> mistakes = strict ? STRICT : MISTAKES;
        String mistake = mistakes.get(random.nextInt(mistakes.size()));
        String[] terms = {"1", "\"a\"", "input.n", "[1, input.s]", "{\"a\": input.o}", "null"};
        String statement =
                mistake.replace("@", terms[random.nextInt(terms.length)]).replace("¶", "\n");
        List<Integer> gaps = new ArrayList<>();
        for (int at = program.indexOf("\n\nf(x)"); at >= 0; at = program.indexOf("\n\n", at + 1)) {
            if (!program.startsWith("else", at + 2)) {
                gaps.add(at);
            }
        }
        int gap = mistake.startsWith("import") ? gaps.getFirst() : gaps.get(random.nextInt(gaps.size()));
        String text = program.substring(0, gap) + "\n\n" + statement + program.substring(gap);
        return new Planted(name, text, mistake, strict);
    }
}
