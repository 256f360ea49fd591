package dev.hufu.rego.syntax;

import dev.hufu.rego.Obj;
import java.util.List;

/** A parsed source. */
public record Module(
        String file, List<String> pkg, List<Import> imports, List<Rule> rules, List<Obj> annotations, Location at) {
    public Module {
        pkg = List.copyOf(pkg);
        imports = List.copyOf(imports);
        rules = List.copyOf(rules);
        annotations = List.copyOf(annotations);
    }

    /** {@code import data.a.b as alias}; the path starts with {@code data} or {@code input}. */
    public record Import(List<String> path, String alias, Location at) {
        public Import {
            path = List.copyOf(path);
        }
    }
}
