package dev.hufu.rego.syntax;

import dev.hufu.rego.Obj;
import java.util.List;

/** A parsed source. */
public record Module(
        String file,
        List<String> pkg,
        List<Import> imports,
        List<Rule> rules,
        List<Obj> annotations,
        List<Comment> comments,
        Location at) {
    public Module {
        pkg = List.copyOf(pkg);
        imports = List.copyOf(imports);
        rules = List.copyOf(rules);
        annotations = List.copyOf(annotations);
        comments = List.copyOf(comments);
    }

    /** A comment's text behind {@code #}. */
    public record Comment(int row, int column, String text) {}

    /**
     * {@code import data.a.b as alias}.
     *
     * @param alias the path's last name where none is written
     * @param renamed there is an {@code as}
     */
    public record Import(List<String> path, String alias, boolean renamed, Location at) {
        public Import {
            path = List.copyOf(path);
        }

        /** Of {@code rego.v1} or {@code future.keywords}: it names no document. */
        public boolean isOfKeywords() {
            return path.getFirst().equals("rego") || path.getFirst().equals("future");
        }
    }
}
