package dev.hufu.rego.check;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code rego.metadata.rule()} and {@code rego.metadata.chain()} are constants of the rule that they stand in. */
final class MetadataCalls {
    private final List<String> pkg;
    private final List<Obj> pkgAnnotations;
    private final List<Rule> rules;
    private @Nullable Rule rule;

    MetadataCalls(Module module, List<Obj> pkgAnnotations) {
        this.pkg = module.pkg();
        this.pkgAnnotations = pkgAnnotations;
        this.rules = module.rules();
    }

    void current(Rule next) {
        rule = next;
    }

    /** The constant, null for any other function. */
    @Nullable
    Term evaluate(Term function, Location at) {
        if (!(function instanceof Term.Var builtin)) {
            return null;
        }
        return switch (builtin.name()) {
            case "rego.metadata.rule" -> new Term.Const(ofRule(), at);
            case "rego.metadata.chain" -> new Term.Const(chain(), at);
            default -> null;
        };
    }

    private Value ofRule() {
        for (Obj annotation : annotations()) {
            if (scope(annotation).equals("rule")) {
                return annotation;
            }
        }
        return Obj.EMPTY;
    }

    private List<Obj> annotations() {
        Rule own = rule;
        if (own == null) {
            return List.of();
        }
        List<Obj> found = new ArrayList<>(own.annotations().reversed());
        rules.stream()
                .filter(other -> !other.equals(own) && names(other).equals(names(own)))
                .flatMap(other -> other.annotations().stream())
                .filter(annotation -> scope(annotation).equals("document"))
                .forEach(found::add);
        found.sort(Comparator.comparing(annotation -> !scope(annotation).equals("rule")));
        return found;
    }

    private static List<String> names(Rule rule) {
        return rule.name().stream().map(MetadataCalls::name).toList();
    }

    private static String name(Term key) {
        return key instanceof Term.Var variable
                ? variable.name()
                : key instanceof Term.Const constant ? constant.value().toString() : "_";
    }

    private Value chain() {
        List<Value> chain = new ArrayList<>();
        List<Value> path = new ArrayList<>();
        pkg.forEach(name -> path.add(new Str(name)));
        List<Value> rulePath = new ArrayList<>(path);
        if (rule != null) {
            for (Term key : rule.name()) {
                switch (key) {
                    case Term.Var variable
                    when rulePath.size() == path.size() -> rulePath.add(new Str(variable.name()));
                    case Term.Const constant -> rulePath.add(constant.value());
                    case Term.Var _, Term.Ref _, Term.ArrayOf _, Term.SetOf _, Term.ObjectOf _ -> {}
                    case Term.Comprehension _, Term.Call _, Term.Template _ -> {}
                }
            }
        }
        boolean first = true;
        for (Obj annotation : annotations()) {
            chain.add(link(rulePath, annotation));
            first = false;
        }
        if (first) {
            chain.add(new ObjBuilder().put("path", Arr.of(rulePath)).build());
        }
        pkgAnnotations.forEach(annotation -> chain.add(link(path, annotation)));
        return Arr.of(chain);
    }

    private static Obj link(List<Value> path, Obj annotation) {
        return new ObjBuilder()
                .put("path", Arr.of(path))
                .put("annotations", annotation)
                .build();
    }

    private static String scope(Obj annotation) {
        return annotation.get("scope") instanceof Str text ? text.value() : "";
    }
}
