package dev.hufu.rego.builtin;

import dev.hufu.rego.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether two patterns have a string in common, by the steps of the algorithm that OPA uses (glob-intersection 0.2, whose
 * answer is sometimes no where there is such a string), each question asked once: as many questions as there are pairs
 * of places, where the original may ask exponentially often.
 */
final class GlobIntersection {
    /** How the next tokens are compared: one by one, or those of a side against the other's {@code *} or {@code +}. */
    private enum Mode {
        NORMAL,
        LEFT_STAR,
        RIGHT_STAR,
        LEFT_PLUS,
        RIGHT_PLUS
    }

    private record Question(Mode mode, int left, int right) {}

    private final Context context;
    private final List<GlobPattern.Token> left;
    private final List<GlobPattern.Token> right;
    private final Map<Question, Boolean> answers = new HashMap<>();

    private GlobIntersection(Context context, List<GlobPattern.Token> left, List<GlobPattern.Token> right) {
        this.context = context;
        this.left = left;
        this.right = right;
    }

    static void register(Registry registry) {
        registry.binary(
                "regex.globs_match",
                (context, a, b) -> Value.of(match(
                        context, GlobPattern.parse(Operands.string(1, a)), GlobPattern.parse(Operands.string(2, b)))));
    }

    private static boolean once(List<GlobPattern.Token> tokens, int at) {
        return tokens.get(at).times() == GlobPattern.Times.ONCE;
    }

    /** Cuts what both begin and end with, all but a token of it. */
    private static boolean match(Context context, List<GlobPattern.Token> a, List<GlobPattern.Token> b) {
        int from = 0;
        while (from < a.size() && from < b.size() && once(a, from) && once(b, from)) {
            if (!a.get(from).meets(b.get(from))) {
                return false;
            }
            from++;
        }
        from = Math.max(0, from - 1);
        int toA = a.size() - 1;
        int toB = b.size() - 1;
        while (toA >= from && toB >= from && once(a, toA) && once(b, toB)) {
            if (!a.get(toA).meets(b.get(toB))) {
                return false;
            }
            toA--;
            toB--;
        }
        int kept = toA < a.size() - 1 ? 2 : 1;
        return new GlobIntersection(context, a.subList(from, toA + kept), b.subList(from, toB + kept))
                .ask(Mode.NORMAL, 0, 0);
    }

    private boolean ask(Mode mode, int i, int j) {
        Question question = new Question(mode, i, j);
        Boolean known = answers.get(question);
        if (known != null) {
            return known;
        }
        context.work(1);
        boolean answer = switch (mode) {
            case NORMAL -> normal(i, j);
            case LEFT_STAR -> star(left, right, i, j, true);
            case RIGHT_STAR -> star(right, left, j, i, false);
            case LEFT_PLUS ->
                j < right.size()
                        && left.get(i).meets(right.get(j))
                        && (ask(Mode.LEFT_STAR, i, j + 1) || (!once(right, j) && ask(Mode.NORMAL, i + 1, j)));
            case RIGHT_PLUS ->
                i < left.size()
                        && right.get(j).meets(left.get(i))
                        && (ask(Mode.RIGHT_STAR, i + 1, j) || (!once(left, i) && ask(Mode.NORMAL, i, j + 1)));
        };
        answers.put(question, answer);
        return answer;
    }

    private boolean normal(int fromLeft, int fromRight) {
        int i = fromLeft;
        int j = fromRight;
        for (; i < left.size() && j < right.size(); i++, j++) {
            if (!once(left, i)) {
                return ask(left.get(i).times() == GlobPattern.Times.PLUS ? Mode.LEFT_PLUS : Mode.LEFT_STAR, i, j);
            }
            if (!once(right, j)) {
                return ask(right.get(j).times() == GlobPattern.Times.PLUS ? Mode.RIGHT_PLUS : Mode.RIGHT_STAR, i, j);
            }
            if (!left.get(i).meets(right.get(j))) {
                return false;
            }
        }
        return i == left.size() && j == right.size();
    }

    /** The starred token takes of the other side's as long as the rest does not meet. */
    private boolean star(
            List<GlobPattern.Token> starred, List<GlobPattern.Token> other, int at, int from, boolean starIsLeft) {
        GlobPattern.Token star = starred.get(at);
        boolean last = at + 1 == starred.size();
        for (int k = from; k < other.size(); k++) {
            context.spend(8);
            boolean mayEnd = !last && other.get(k).meets(starred.get(at + 1));
            if (mayEnd && (starIsLeft ? ask(Mode.NORMAL, at + 1, k) : ask(Mode.NORMAL, k, at + 1))) {
                return true;
            }
            if (!other.get(k).meets(star)) {
                return false;
            }
        }
        return last;
    }
}
