package dev.hufu.rego.check;

import dev.hufu.rego.Dependencies;
import dev.hufu.rego.Obj;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Schemas;
import dev.hufu.rego.Source;
import dev.hufu.rego.syntax.Dialect;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.ModuleParser;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Modules that passed every check, as a tree of rewritten rules. */
public final class Program {
    /** The file of a query's own text. */
    public static final String QUERY = "query";

    private final List<Module> modules;
    private final RuleNode root;
    private final TypeChecker types;
    private final Signatures signatures;
    private final boolean v0;

    private Program(List<Module> modules, RuleNode root, TypeChecker types, Signatures signatures, boolean v0) {
        this.modules = List.copyOf(modules);
        this.root = root;
        this.types = types;
        this.signatures = signatures;
        this.v0 = v0;
    }

    /** A query's ordered body and the variables that it shows: name as written by unique name. */
    public record Query(List<Expr> body, Map<String, String> shown) {}

    public static Program check(
            List<Source> sources, Signatures signatures, boolean v0, boolean strict, Schemas schemas)
            throws RegoCompileException {
        Findings findings = new Findings();
        List<Module> modules = new ArrayList<>();
        List<Boolean> old = new ArrayList<>();
        for (Source source : sources) {
            boolean isOld = source.isV0(v0);
            ModuleParser.parse(source, dialect(isOld), findings.list()).ifPresent(modules::add);
            old.add(isOld);
        }
        findings.throwIfAny();
        RuleNode root = RuleNode.root();
        Map<Module, List<RuleNode.Entry>> entries = new LinkedHashMap<>();
        Map<String, List<Obj>> pkgAnnotations = new HashMap<>();
        for (Module module : modules) {
            RuleNode pkg = root.descendAll(module.pkg());
            List<RuleNode.Entry> own = new ArrayList<>();
            module.rules().forEach(rule -> own.add(pkg.add(rule)));
            entries.put(module, own);
            pkgAnnotations
                    .computeIfAbsent(String.join("/", module.pkg()), _ -> new ArrayList<>())
                    .addAll(module.annotations());
        }
        new RuleConflicts(root, modules, findings).check();
        for (int i = 0; i < modules.size(); i++) { // as many as sources: none of them was malformed
            Usage.check(modules.get(i), findings, strict, old.get(i));
        }
        findings.throwIfAny();
        Fresh fresh = new Fresh();
        entries.forEach((module, own) -> {
            Names names = Names.of(module, root.descendAll(module.pkg()));
            List<Obj> above = pkgAnnotations.getOrDefault(String.join("/", module.pkg()), List.of());
            MetadataCalls metadata = new MetadataCalls(module, above);
            Rewriter rewriter = new Rewriter(names, root, signatures, findings, fresh, metadata);
            own.forEach(entry -> entry.core(rewriter.rule(entry.source(), entry.suffix())));
        });
        findings.throwIfAny();
        Safety safety = new Safety(findings);
        entries.values().forEach(own -> own.forEach(entry -> safety.heads(entry.core())));
        findings.throwIfAny();
        entries.values().forEach(own -> own.forEach(entry -> entry.core(order(entry.core(), safety))));
        Recursion recursion = new Recursion(root, findings);
        recursion.check();
        findings.throwIfAny();
        SchemaAnnotations annotated = new SchemaAnnotations(schemas, entries);
        TypeChecker types = new TypeChecker(root, findings, annotated, recursion);
        types.check(recursion);
        findings.throwIfAny();
        return new Program(modules, root, types, signatures, v0);
    }

    private static Dialect dialect(boolean v0) {
        return v0 ? Dialect.v0() : Dialect.v1();
    }

    private static Rule order(Rule rule, Safety safety) {
        Set<String> globals = new HashSet<>();
        List<Term> args = rule.args();
        if (args != null) {
            args.forEach(arg -> globals.addAll(Vars.of(arg)));
        }
        List<Expr> body = safety.order(rule.body(), globals);
        Set<String> known = new HashSet<>(globals);
        rule.body().forEach(expr -> known.addAll(Vars.of(expr)));
        List<Term> keys =
                rule.name().stream().map(key -> safety.head(key, known)).toList();
        Term written = rule.member();
        @Nullable Term member = written == null ? null : safety.head(written, known);
        Term value = safety.head(rule.value(), known);
        Rule next = rule.orElse();
        @Nullable Rule orElse = next == null ? null : order(next, safety);
        return new Rule(
                keys,
                args,
                member,
                value,
                body,
                orElse,
                rule.isDefault(),
                rule.annotations(),
                rule.written(),
                rule.at(),
                rule.endRow());
    }
    /** Checks a query against these rules. */
    public Query query(String text) throws RegoCompileException {
        Findings findings = new Findings();
        List<Expr> parsed = ModuleParser.parseQuery(new Source(QUERY, text), dialect(v0), findings.list());
        findings.throwIfAny();
        Module none = new Module(
                QUERY,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                parsed.getFirst().at());
        Fresh fresh = new Fresh();
        Rewriter rewriter =
                new Rewriter(Names.none(), root, signatures, findings, fresh, new MetadataCalls(none, List.of()));
        Scope scope = new Scope(null);
        List<Expr> rewritten = rewriter.body(parsed, scope);
        findings.throwIfAny();
        List<Expr> body = new Safety(findings).order(rewritten, Set.of());
        findings.throwIfAny();
        types.query(body, findings);
        findings.throwIfAny();
        Map<String, String> shown = new LinkedHashMap<>();
        for (Expr expr : body) {
            for (String name : Vars.of(expr)) {
                if (!name.contains(Term.Var.GENERATED)) {
                    shown.put(name, name);
                }
            }
        }
        scope.declared().forEach((name, unique) -> shown.put(unique, name));
        return new Query(body, shown);
    }

    /** What the query's value depends on. */
    public Dependencies dependencies(String text) throws RegoCompileException {
        DependencySearch search = new DependencySearch(root);
        search.search(query(text).body());
        return new Dependencies(search.base(), search.rules());
    }

    public RuleNode root() {
        return root;
    }

    public List<Module> modules() {
        return modules;
    }
}
