package dev.hufu.rego.lint;

import com.google.re2j.Pattern;
import dev.hufu.rego.builtin.Registry;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Declarations;
import dev.hufu.rego.types.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calls of functions. */
final class CallChecks {
    private static final Set<String> WITHOUT_RESULT = Set.of("print", "walk", "rego.metadata.chain");
    /** Which argument is a pattern. */
    private static final Map<String, List<Integer>> PATTERNS = Map.of(
            "regex.match", List.of(0),
            "regex.is_valid", List.of(0),
            "regex.split", List.of(0),
            "regex.find_n", List.of(0),
            "regex.find_all_string_submatch_n", List.of(0),
            "regex.template_match", List.of(0),
            "regex.replace", List.of(1),
            "regex.globs_match", List.of(0, 1),
            "re_match", List.of(0));

    private static final Pattern PLAIN_VERBS = Pattern.compile("(?s)(?:[^%]|%[sqdv%])*");

    private CallChecks() {}

    static void deprecatedBuiltin(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            String name = Terms.called(term);
            if (Declarations.isDeprecated(name)
                    && !report.project().globals(module).contains(name)) {
                report.at(term.at(), name);
            }
        }
    }

    static void sprintfArgumentsMismatch(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            List<Term> args = Terms.argsOf(term, "sprintf");
            String format = args == null ? null : Terms.text(args.getFirst());
            if (args == null || format == null || args.size() < 2 || !(args.get(1) instanceof Term.ArrayOf values)) {
                continue;
            }
            int wanted = verbs(format);
            if (wanted >= 0 && wanted != values.items().size()) {
                report.at(args.getFirst().at(), wanted + " ≠ " + values.items().size());
            }
        }
    }

    /** How many values a format takes; -1 where it names them by index. */
    static int verbs(String format) {
        int wanted = 0;
        int i = format.indexOf('%');
        while (i >= 0) {
            i++;
            while (i < format.length() && "+-# 0123456789.*[".indexOf(format.charAt(i)) >= 0) {
                if (format.charAt(i) == '[') {
                    return -1;
                }
                wanted += format.charAt(i) == '*' ? 1 : 0;
                i++;
            }
            wanted += i < format.length() && format.charAt(i) != '%' ? 1 : 0;
            i = format.indexOf('%', i + 1);
        }
        return wanted;
    }

    static void preferStringInterpolation(Linted module, Report report) {
        boolean any = report.settings().flag("include-non-var-args", false);
        Set<String> globals = report.project().globals(module);
        for (Term term : module.tree().terms()) {
            List<Term> args = Terms.argsOf(term, "sprintf");
            String format = args == null ? null : Terms.text(args.getFirst());
            if (args != null && format != null && args.size() == 2 && args.get(1) instanceof Term.ArrayOf values) {
                boolean plain = format.replace("%%", "").split("%", -1).length - 1
                                == values.items().size()
                        && PLAIN_VERBS.matcher(format).matches();
                boolean defined = values.items().stream()
                        .allMatch(item -> item instanceof Term.Var variable && !globals.contains(variable.name()));
                if (plain && !values.items().isEmpty() && (any || defined)) {
                    report.at(term);
                }
            }
        }
    }

    static void timeNowNsTwice(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            boolean before = false;
            for (Term term : new Tree(rule).terms()) {
                if (Terms.called(term).equals("time.now_ns")) {
                    if (before) {
                        report.at(term);
                    }
                    before = true;
                }
            }
        }
    }

    static void unassignedReturnValue(Linted module, Report report) {
        for (Tree.Body body : module.tree().bodies()) {
            for (Expr expr : body.exprs()) {
                if (expr.form() instanceof Expr.Holds holds && holds.term() instanceof Term.Call call) {
                    String name = Terms.called(call);
                    Type.Function declared = Declarations.of(name);
                    boolean defined = report.project().globals(module).contains(name.split("\\.", 2)[0]);
                    if (declared != null
                            && !defined
                            && !WITHOUT_RESULT.contains(name)
                            && isNeverFalse(declared, call)) {
                        report.at(expr.at(), name);
                    }
                }
            }
        }
    }

    private static boolean isNeverFalse(Type.Function declared, Term.Call call) {
        Type result = declared.result().type();
        Registry.Builtin builtin = Registry.find(Terms.called(call));
        boolean whole = builtin == null || builtin.arity() == call.args().size();
        return whole
                && !result.equals(Type.BOOLEAN)
                && !(result instanceof Type.Any)
                && !(result instanceof Type.Unknown);
    }

    static void nonRawRegexPattern(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            if (term instanceof Term.Call call) {
                for (int index : PATTERNS.getOrDefault(Terms.called(call), List.of())) {
                    Term pattern = index < call.args().size() ? call.args().get(index) : null;
                    if (pattern != null && Terms.text(pattern) != null && module.charAt(pattern.at()) == '"') {
                        report.at(pattern);
                    }
                }
            }
        }
    }

    static void useStringsCount(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            List<Term> args = Terms.argsOf(term, "count");
            if (args != null
                    && args.size() == 1
                    && Terms.called(args.getFirst()).equals("indexof_n")) {
                report.at(term);
            }
        }
    }

    static void useArrayFlatten(Linted module, Report report) {
        boolean all = report.settings().flag("flag-all-concat", false);
        boolean wrapped = report.settings().flag("flag-wrapped-concat", false);
        nested(
                module,
                report,
                "array.concat",
                args -> all || (wrapped && args.stream().anyMatch(Term.ArrayOf.class::isInstance)));
    }

    static void useObjectUnionN(Linted module, Report report) {
        boolean all = report.settings().flag("flag-all-union", false);
        nested(module, report, "object.union", _ -> all);
    }

    /** The outermost of calls within calls. */
    private static void nested(Linted module, Report report, String builtin, Predicate<List<Term>> also) {
        Set<Term> inner = new HashSet<>();
        for (Term term : module.tree().terms()) {
            List<Term> args = Terms.argsOf(term, builtin);
            if (args == null) {
                continue;
            }
            List<Term> within = args.stream()
                    .filter(arg -> Terms.called(arg).equals(builtin))
                    .toList();
            inner.addAll(within);
            if (!inner.contains(term) && (!within.isEmpty() || also.test(args))) {
                report.at(term);
            }
        }
    }

    static void singleItemIn(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            List<Term> args = Terms.argsOf(term, "internal.member_2");
            if (args != null && size(args.getLast()) == 1) {
                report.at(term);
            }
        }
    }

    private static int size(Term term) {
        return switch (term) {
            case Term.ArrayOf array -> array.items().size();
            case Term.SetOf set -> set.items().size();
            case Term.ObjectOf object -> object.entries().size();
            case Term.Const _, Term.Var _, Term.Ref _, Term.Call _, Term.Template _, Term.Comprehension _ -> -1;
        };
    }

    static void functionArgReturn(Linted module, Report report) {
        List<String> except = report.settings().texts("except-functions", List.of("walk"));
        for (Term term : module.tree().terms()) {
            if (term instanceof Term.Call call) {
                String name = Terms.called(call);
                Integer arity = arity(module, report, name);
                if (arity != null
                        && call.args().size() == arity + 1
                        && !except.contains(name)
                        && !name.equals("print")) {
                    report.at(call.args().getLast());
                }
            }
        }
    }

    private static @Nullable Integer arity(Linted module, Report report, String name) {
        for (Linted other : report.project().modules()) {
            if (other.module().pkg().equals(module.module().pkg())) {
                for (Rule rule : other.module().rules()) {
                    if (rule.args() != null && Terms.name(rule).equals(name)) {
                        return rule.args().size();
                    }
                }
            }
        }
        Registry.Builtin builtin = Registry.find(name);
        if (builtin == null || name.startsWith("internal.")) {
            return null;
        }
        return builtin.arity();
    }

    static void printOrTraceCall(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            String name = Terms.called(term);
            if (name.equals("print") || name.equals("trace")) {
                report.at(term.at(), name);
            }
        }
    }

    static void dubiousPrintSprintf(Linted module, Report report) {
        for (Term term : module.tree().terms()) {
            List<Term> args = Terms.argsOf(term, "print");
            if (args != null) {
                args.stream().filter(arg -> Terms.called(arg).equals("sprintf")).forEach(report::at);
            }
        }
    }

    static void walkNoPath(Linted module, Report report) {
        for (Rule rule : module.module().rules()) {
            List<Term> terms = new Tree(rule).terms();
            for (Term term : terms) {
                List<Term> args = Terms.argsOf(term, "walk");
                if (args != null
                        && args.size() == 2
                        && args.getLast() instanceof Term.ArrayOf pair
                        && pair.items().size() == 2
                        && pair.items().getFirst() instanceof Term.Var path
                        && !path.isWildcard()
                        && terms.stream()
                                        .filter(other -> Terms.isVar(other, path.name()))
                                        .count()
                                == 1) {
                    report.at(path);
                }
            }
        }
    }

    static void forbiddenFunctionCall(Linted module, Report report) {
        List<String> forbidden = report.settings().texts("forbidden-functions", List.of());
        for (Term term : module.tree().terms()) {
            if (forbidden.contains(Terms.called(term))) {
                report.at(term.at(), Terms.called(term));
            }
        }
    }
}
