package dev.hufu.rego;

import dev.hufu.rego.check.Program;
import dev.hufu.rego.check.Signatures;
import dev.hufu.rego.plan.Offered;
import dev.hufu.rego.plan.Plan;
import dev.hufu.rego.syntax.Dialect;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.ModuleJson;
import dev.hufu.rego.syntax.ModuleParser;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compiled modules. Immutable; share it between threads and swap it as a whole.
 *
 * <pre>{@code
 * Policy policy = Policy.compile(List.of(new Source("p.rego", text)), CompileOptions.defaults());
 * PreparedQuery query = policy.prepare("data.example.allow");
 * Optional<Value> allow = query.evaluate(input, data, Budget.DEFAULT);
 * }</pre>
 */
public final class Policy {
    private final Program program;
    private final Plan plan;
    private final List<Annotation> annotations;
    private final List<String> tests;

    private Policy(Program program, Plan plan) {
        this.program = program;
        this.plan = plan;
        this.annotations = annotations(program);
        this.tests = tests(program);
    }

    /** Compiles modules together; the exception carries everything that was found, in order of place. */
    public static Policy compile(List<Source> sources, CompileOptions options) throws RegoCompileException {
        Signatures signatures = new Offered(options.capabilities(), false);
        try {
            Program program = Program.check(sources, signatures, options.v0(), options.strictMode(), options.schemas());
            return new Policy(
                    program,
                    new Plan(
                            program,
                            signatures,
                            options.strict(),
                            options.clock(),
                            options.coverage().orElse(null)));
        } catch (StackOverflowError deep) {
            throw tooComplex();
        }
    }

    /** A module's syntax tree, as {@code opa parse --format json} prints it; {@code v0} as in the options. */
    public static Obj parse(Source source, boolean v0) throws RegoCompileException {
        List<RegoError> errors = new ArrayList<>();
        Optional<Module> module = ModuleParser.parse(source, v0 ? Dialect.v0() : Dialect.v1(), errors);
        if (module.isEmpty()) {
            throw new RegoCompileException(errors);
        }
        return ModuleJson.of(module.get());
    }

    private static RegoCompileException tooComplex() {
        String message = "nested deeper than this thread's stack allows";
        return new RegoCompileException(List.of(new RegoError(RegoError.COMPILE, message, "", 0, 0, Optional.empty())));
    }

    /** A query with one value, most often a rule's path: {@code data.hufu.decision}. */
    public PreparedQuery prepare(String query) throws RegoCompileException {
        return new PreparedQuery(plan.single(query));
    }

    /** A query for all bindings of its variables: {@code data.servers[i].port = 80}. */
    public BindingsQuery prepareBindings(String query) throws RegoCompileException {
        return new BindingsQuery(plan.rows(query));
    }

    /** What a query's value can depend on. */
    public Dependencies dependencies(String query) throws RegoCompileException {
        return program.dependencies(query);
    }

    /** Metadata of packages and rules, in order of source. */
    public List<Annotation> annotations() {
        return annotations;
    }

    /** Paths of the rules named {@code test_…} or {@code todo_test_…}, in order of source, each once; a test passes where its value is true. */
    public List<String> tests() {
        return tests;
    }

    private static List<String> tests(Program program) {
        Set<String> found = new LinkedHashSet<>();
        for (Module module : program.modules()) {
            for (Rule rule : module.rules()) {
                String name = name(rule);
                boolean named = name.startsWith("test_") || name.startsWith("todo_test_");
                if (named && !rule.isFunction()) {
                    found.add(path(module) + "." + name);
                }
            }
        }
        return List.copyOf(found);
    }

    private static List<Annotation> annotations(Program program) {
        List<Annotation> found = new ArrayList<>();
        for (Module module : program.modules()) {
            String pkg = path(module);
            for (Obj block : module.annotations()) {
                found.add(annotation(pkg, module.file(), module.at().row(), block));
            }
            for (Rule rule : module.rules()) {
                for (Obj block : rule.annotations()) {
                    found.add(annotation(
                            pkg + "." + name(rule), rule.at().file(), rule.at().row(), block));
                }
            }
        }
        return List.copyOf(found);
    }

    private static Annotation annotation(String path, String file, int row, Obj block) {
        String scope = block.get("scope") instanceof Str text ? text.value() : "rule";
        return new Annotation(path, file, row, scope, block);
    }

    private static String path(Module module) {
        return module.pkg().stream().map(Policy::step).collect(Collectors.joining("", "data", ""));
    }

    /** A key of a path as a query has it: {@code .name}, or {@code ["any text"]}. */
    private static String step(String key) {
        return key.matches("[A-Za-z_]\\w*") ? "." + key : "[" + new Str(key) + "]";
    }

    private static String name(Rule rule) {
        StringBuilder name = new StringBuilder();
        for (Term key : rule.name()) {
            if (key instanceof Term.Var variable && name.isEmpty()) {
                name.append(variable.name());
            } else if (key instanceof Term.Const constant && constant.value() instanceof Str text) {
                name.append(step(text.value()));
            } else {
                break;
            }
        }
        return name.toString();
    }
}
