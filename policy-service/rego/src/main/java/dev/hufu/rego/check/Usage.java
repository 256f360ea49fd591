package dev.hufu.rego.check;

import dev.hufu.rego.RegoError;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Declarations;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names that nothing uses, that hide others, and builtins that should not be used any more. */
final class Usage {
    /** How a variable came to be; {@code some … in} may bind what is not used. */
    private enum Kind {
        DECLARED,
        ASSIGNED,
        ARGUMENT,
        BOUND
    }

    private record Declared(Kind kind, Location at) {}

    /** Variables of one body, in order; what is used is taken out. */
    private static final class Block {
        final @Nullable Block outer;
        final Map<String, Declared> unused = new LinkedHashMap<>();
        final Set<String> names = new HashSet<>();

        Block(@Nullable Block outer) {
            this.outer = outer;
        }
    }

    private final Findings findings;
    private final boolean strict;
    /** What v1 refuses, v0 does in strict mode only. */
    private final boolean strictNames;

    private final boolean unusedToo;

    private final Set<String> usedImports = new HashSet<>();

    private Usage(Findings findings, boolean strict, boolean strictNames, boolean unusedToo) {
        this.findings = findings;
        this.strict = strict;
        this.strictNames = strictNames;
        this.unusedToo = unusedToo;
    }

    /** {@code strict}: what OPA finds with {@code --strict}, too. */
    static void check(Module module, Findings findings, boolean strict, boolean v0) {
        new Usage(findings, strict, strict || !v0, true).module(module);
    }

    /** What v1 refuses of names and functions, and nothing else. */
    static void checkNames(Module module, Findings findings) {
        new Usage(findings, false, true, false).module(module);
    }

    private void module(Module module) {
        if (strictNames) {
            duplicates(module.imports());
        }
        for (Rule rule : module.rules()) {
            boolean root = rule.name().getFirst() instanceof Term.Var name && Names.isRoot(name.name());
            if (root && strictNames) {
                String name = TypeChecker.show(rule.name().getFirst());
                error(rule.at(), "rules must not shadow " + name + " (use a different rule name)");
            }
            rule(rule);
        }
        for (Module.Import imported : module.imports()) {
            if (strict && !imported.isOfKeywords() && !usedImports.contains(imported.alias())) {
                error(imported.at(), "import " + show(imported) + " unused");
            }
        }
    }

    private void error(Location at, String message) {
        findings.add(RegoError.COMPILE, at, message);
    }

    private static String show(Module.Import imported) {
        String path = String.join(".", imported.path());
        return imported.renamed() ? path + " as " + imported.alias() : path;
    }

    private void duplicates(List<Module.Import> imports) {
        Map<String, Module.Import> seen = new LinkedHashMap<>();
        for (Module.Import imported : imports) {
            Module.Import before = imported.isOfKeywords() ? null : seen.putIfAbsent(imported.alias(), imported);
            if (before != null) {
                error(imported.at(), "import must not shadow import " + show(before));
            }
        }
    }

    private void rule(Rule rule) {
        Block parameters = new Block(null);
        List<Term> args = rule.args();
        if (args != null) {
            args.forEach(arg -> parameter(arg, parameters));
        }
        for (Rule part = rule; part != null; part = part.orElse()) {
            Block block = new Block(parameters);
            body(part.body(), block);
            part.name().stream().skip(1).forEach(key -> term(key, block));
            term(part.value(), block);
            Term member = part.member();
            if (member != null) {
                term(member, block);
            }
            close(block);
        }
        close(parameters);
    }

    private void parameter(Term arg, Block block) {
        if (arg instanceof Term.Var variable && Names.isRoot(variable.name())) {
            if (strictNames) {
                error(variable.at(), "args must not shadow " + variable.name() + " (use a different variable name)");
            }
            return;
        }
        Vars.ofPattern(arg).forEach(name -> {
            if (!block.names.contains(name)) {
                declare(block, new Term.Var(name, arg.at()), Kind.ARGUMENT);
            }
        });
    }

    private static void declare(Block block, Term.Var variable, Kind kind) {
        if (!variable.isWildcard() && !Names.isRoot(variable.name())) {
            block.names.add(variable.name());
            block.unused.put(variable.name(), new Declared(kind, variable.at()));
        }
    }

    private void close(Block block) {
        if (!unusedToo) {
            return;
        }
        block.unused.forEach((name, declared) -> {
            switch (declared.kind) {
                case DECLARED -> error(declared.at, "declared var " + name + " unused");
                case ASSIGNED -> strict(declared.at, "assigned var " + name + " unused");
                case ARGUMENT ->
                    strict(declared.at, "unused argument " + name + ". (hint: use _ (wildcard variable) instead)");
                case BOUND -> {
                    // a pattern may name what is not used
                }
            }
        });
    }

    private void strict(Location at, String message) {
        if (strict) {
            error(at, message);
        }
    }

    private void use(String name, @Nullable Block from) {
        for (Block block = from; block != null; block = block.outer) {
            if (block.names.contains(name)) {
                block.unused.remove(name);
                return;
            }
        }
        usedImports.add(name);
    }

    private void body(List<Expr> body, Block block) {
        body.forEach(expr -> expression(expr, block));
    }

    private void expression(Expr expr, Block block) {
        switch (expr.form()) {
            case Expr.Assign assign -> {
                term(assign.value(), block);
                target(assign.target(), block, Kind.ASSIGNED);
            }
            case Expr.SomeVars some -> some.vars().forEach(variable -> declare(block, variable, Kind.DECLARED));
            case Expr.SomeIn some -> {
                term(some.domain(), block);
                Term key = some.key();
                if (key != null) {
                    target(key, block, Kind.BOUND);
                }
                target(some.value(), block, Kind.BOUND);
            }
            case Expr.Every every -> every(every, block);
            case Expr.Logic logic -> logic.operands().forEach(operand -> operand(operand, block));
            case Expr.Equal equal -> {
                term(equal.left(), block);
                term(equal.right(), block);
            }
            case Expr.Holds holds -> term(holds.term(), block);
        }
        expr.withs().forEach(with -> {
            term(with.target(), block);
            term(with.value(), block);
        });
    }

    private void operand(Expr.Operand operand, Block block) {
        Block own = operand.explicit() ? new Block(block) : block;
        body(operand.body(), own);
        if (operand.explicit()) {
            close(own);
        }
    }

    private void every(Expr.Every every, Block block) {
        term(every.domain(), block);
        Block inner = new Block(block);
        Term.Var key = every.key();
        if (key != null) {
            declare(inner, key, Kind.DECLARED);
        }
        declare(inner, every.value(), Kind.DECLARED);
        Block own = new Block(inner);
        body(every.body(), own);
        close(own);
        close(inner);
    }

    private void target(Term target, Block block, Kind kind) {
        switch (target) {
            case Term.Var variable -> declare(block, variable, kind);
            case Term.ArrayOf array -> array.items().forEach(item -> target(item, block, kind));
            case Term.ObjectOf object ->
                object.entries().forEach(entry -> {
                    term(entry.key(), block);
                    target(entry.value(), block, kind);
                });
            case Term other when kind == Kind.ASSIGNED -> error(other.at(), "cannot assign to " + kind(other));
            case Term.Const _, Term.Ref _, Term.SetOf _, Term.Comprehension _, Term.Call _, Term.Template _ ->
                term(target, block);
        }
    }

    private static String kind(Term term) {
        return switch (term) {
            case Term.Const constant -> constant.value().typeName();
            case Term.Ref _ -> "ref";
            case Term.SetOf _ -> "set";
            case Term.Comprehension comprehension ->
                comprehension.shape().name().toLowerCase(Locale.ROOT) + "comprehension";
            case Term.Call _ -> "call";
            case Term.Template _ -> "templatestring";
            case Term.Var _ -> "var";
            case Term.ArrayOf _ -> "array";
            case Term.ObjectOf _ -> "object";
        };
    }

    private void term(Term term, Block block) {
        switch (term) {
            case Term.Var variable -> use(variable.name(), block);
            case Term.Comprehension comprehension -> {
                Block inner = new Block(block);
                body(comprehension.body(), inner);
                Term key = comprehension.key();
                if (key != null) {
                    term(key, inner);
                }
                term(comprehension.value(), inner);
                close(inner);
            }
            case Term.Call call -> {
                term(call.function(), block);
                deprecated(call);
                call.args().forEach(arg -> term(arg, block));
            }
            case Term.Template template -> template.parts().forEach(part -> expression(part, block));
            case Term.Const _, Term.Ref _, Term.ArrayOf _, Term.SetOf _, Term.ObjectOf _ ->
                Vars.parts(term).forEach(part -> term(part, block));
        }
    }

    private void deprecated(Term.Call call) {
        String name = TypeChecker.show(call.function());
        if (strictNames && Declarations.isDeprecated(name)) {
            String message = "deprecated built-in function calls in expression: " + name;
            findings.add(RegoError.TYPE, call.at(), message, replacement(name));
        }
    }

    private static String replacement(String name) {
        return switch (name) {
            case "re_match" -> "use `regex.match`";
            case "net.cidr_overlap" -> "use `net.cidr_contains`";
            case "set_diff" -> "use `-`";
            case "any" -> "use `true in xs`";
            case "all" -> "use `every x in xs { x }`";
            default -> "";
        };
    }
}
