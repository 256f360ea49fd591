package dev.hufu.rego.format;

import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.Source;
import dev.hufu.rego.syntax.Expr;
import dev.hufu.rego.syntax.Extents;
import dev.hufu.rego.syntax.Extents.Extent;
import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Module;
import dev.hufu.rego.syntax.Module.Comment;
import dev.hufu.rego.syntax.Module.Import;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a module: its package, imports in their groups, and rules, in the order of the text. */
final class ModuleWriter {
    private static final List<String> REGO_V1 = List.of("rego", "v1");
    private static final List<String> REGO_V2 = List.of("rego", "v2");
    private static final int LONG_NAME = 3;
    private static final Comparator<Import> BY_PATH = (a, b) -> {
        for (int i = 0; i < Math.min(a.path().size(), b.path().size()); i++) {
            int order = a.path().get(i).compareTo(b.path().get(i));
            if (order != 0) {
                return order;
            }
        }
        int longer = Integer.compare(a.path().size(), b.path().size());
        return longer != 0 ? longer : alias(a).compareTo(alias(b));
    };

    private final Source source;
    private final boolean careful;
    private final Module module;
    private final Formatter.Language language;
    private final String text;
    private final Page page = new Page();
    private final Margin margin;
    private final Extents extents;
    private final Style style;
    private final RuleWriter rules;
    /** Operators whose keywords are imported behind {@code rego.v1}, which would drop those imports. */
    private final Set<Expr.Operator> operators;
    /** Imports that nobody wrote. */
    private final List<Import> added = new ArrayList<>();

    ModuleWriter(Source source, Module module, Extents extents, Formatter.Language language, boolean careful) {
        this(source, module, extents, language, careful, Set.of());
    }

    private ModuleWriter(
            Source source,
            Module module,
            Extents extents,
            Formatter.Language language,
            boolean careful,
            Set<Expr.Operator> operators) {
        this.operators = operators;
        this.source = source;
        this.careful = careful;
        this.module = module;
        this.language = language;
        this.text = source.text();
        this.extents = extents;
        this.margin = new Margin(page, module.comments());
        this.style = style();
        Extent first = new Extent(text, 1, 1, 0, 0);
        this.rules = new RuleWriter(page, margin, new Layout(extents, first), style, careful);
    }

    /** The text. Throws RegoCompileException where an operator has too few operands or too many. */
    String text() throws RegoCompileException {
        String written = write();
        Set<Expr.Operator> needed = rules.logic().written();
        boolean in = language == Formatter.Language.V0 && rules.terms().wroteIn() && !importsIn(module);
        if (needed.isEmpty() && !in) {
            return written;
        }
        Module importing = in ? importingIn() : module;
        return new ModuleWriter(source, importing, extents, language, careful, needed).write();
    }

    private Module importingIn() {
        List<Import> imports = new ArrayList<>(module.imports());
        imports.add(new Import(List.of("future", "keywords", "in"), "in", false, behindKeywords(module.imports())));
        return new Module(
                module.file(),
                module.pkg(),
                imports,
                module.rules(),
                module.annotations(),
                module.comments(),
                module.at());
    }

    private static boolean importsIn(Module module) {
        return module.imports().stream()
                .map(Import::path)
                .anyMatch(path -> path.equals(REGO_V1)
                        || path.equals(REGO_V2)
                        || path.equals(List.of("future", "keywords"))
                        || path.equals(keyword("in"))
                        || path.equals(keyword("every")));
    }

    private String write() throws RegoCompileException {
        try {
            margin.upTo(module.at().row());
            page.startLine();
            page.write("package " + path(module.pkg(), module.at(), "package".length()));
            page.blankLine();
            statements();
        } catch (CrowdedLineException impossible) {
            throw new IllegalStateException("two comments on the line of a package or import", impossible);
        }
        margin.writeRest();
        if (!rules.terms().problems().isEmpty()) {
            throw new RegoCompileException(rules.terms().problems());
        }
        return page.finished();
    }

    /** Imports and rules in turns, as they stand. */
    private void statements() throws CrowdedLineException {
        List<Import> imports = imports();
        List<Rule> left = module.rules();
        int firstRow = left.isEmpty() ? Integer.MAX_VALUE : row(left.getFirst());
        if (added.stream().anyMatch(one -> one.at().row() >= firstRow)) {
            // they would have no effect behind a rule
            imports.removeAll(added);
            imports(added);
        }
        while (!imports.isEmpty() || !left.isEmpty()) {
            int ruleRow = left.isEmpty() ? Integer.MAX_VALUE : row(left.getFirst());
            int before = (int)
                    imports.stream().takeWhile(one -> one.at().row() < ruleRow).count();
            if (before > 0) {
                imports(imports.subList(0, before));
            }
            imports = imports.subList(before, imports.size());
            int importRow = imports.isEmpty()
                    ? Integer.MAX_VALUE
                    : imports.getFirst().at().row();
            int until = (int)
                    left.stream().takeWhile(rule -> row(rule) <= importRow).count();
            rules.rules(left.subList(0, until));
            left = left.subList(until, left.size());
        }
    }

    private int row(Rule rule) {
        return extents.ofRule(rule).row();
    }

    /** Those of keywords that {@code rego.v1} or {@code rego.v2} brings along are dropped. */
    private List<Import> imports() {
        List<Import> imports = new ArrayList<>(module.imports());
        boolean v2 = imports.stream().anyMatch(one -> one.path().equals(REGO_V2));
        boolean v1 = imports.stream().anyMatch(one -> one.path().equals(REGO_V1));
        if (v2) {
            imports.removeIf(one -> one.path().equals(REGO_V1));
        } else if (language == Formatter.Language.V0_TO_V1 && !v1) {
            add(REGO_V1, imports);
            v1 = true;
        }
        if (v1 || v2) {
            imports.removeIf(one -> one.path().getFirst().equals("future"));
        }
        if (v1 && !v2) {
            // opa gives them their rows in a random order, which is seen where a comment stands in one of those rows
            operators.stream().map(Expr.Operator::word).sorted().forEach(word -> add(keyword(word), imports));
        }
        imports.sort(Comparator.<Import>comparingInt(one -> one.at().row())
                .thenComparingInt(one -> one.at().column()));
        return imports;
    }

    private void add(List<String> path, List<Import> imports) {
        Import made = new Import(path, path.getLast(), false, behindKeywords(imports));
        added.add(made);
        imports.add(made);
    }

    /** Where an import of keywords is added. */
    private Location behindKeywords(List<Import> imports) {
        int last = imports.stream()
                .filter(Import::isOfKeywords)
                .mapToInt(one -> one.at().row())
                .max()
                .orElse(0);
        return new Location(module.file(), last + 1, 1);
    }

    private void imports(List<Import> imports) throws CrowdedLineException {
        Map<Import, Comment> beside = new HashMap<>();
        List<Comment> others = new ArrayList<>();
        for (Comment comment : margin.left()) {
            imports.stream()
                    .filter(one -> one.at().row() == comment.row())
                    .findFirst()
                    .ifPresentOrElse(one -> beside.put(one, comment), () -> others.add(comment));
        }
        margin.putBack(others);
        for (List<Import> group : groups(imports)) {
            margin.upTo(group.getFirst().at().row());
            for (Import one : group.stream().sorted(BY_PATH).toList()) {
                page.startLine();
                page.write("import " + path(one.path(), one.at(), "import".length()));
                page.write(one.renamed() ? " as " + one.alias() : "");
                Comment comment = beside.get(one);
                page.write(comment == null ? "" : " #" + comment.text());
                page.endLine();
            }
            page.blankLine();
        }
    }

    /** A blank line begins a new group. */
    private static List<List<Import>> groups(List<Import> imports) {
        List<List<Import>> groups = new ArrayList<>();
        int row = Integer.MIN_VALUE / 2;
        for (Import one : imports) {
            if (one.at().row() - row > 1) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(one);
            row = one.at().row();
        }
        return groups;
    }

    private static String alias(Import one) {
        return one.renamed() ? one.alias() : "";
    }

    /** {@code word} is the length of the keyword before the path. */
    private String path(List<String> path, Location at, int word) {
        StringBuilder out = new StringBuilder(path.getFirst());
        int place = offset(at) + word;
        for (String key : path.subList(1, path.size())) {
            int quoted = text.indexOf("[\"" + key + "\"", place);
            int dotted = text.indexOf("." + key, place);
            boolean inQuotes = quoted >= 0 && (dotted < 0 || quoted < dotted);
            boolean isDotted = style.dotted(key, inQuotes) || path.getFirst().equals("future");
            out.append(isDotted ? "." + key : "[" + Plain.quoted(key) + "]");
            place = Math.max(place, Math.max(0, inQuotes ? quoted : dotted));
        }
        return out.toString();
    }

    private int offset(Location at) {
        int start = 0;
        for (int row = 1; row < at.row() && start >= 0; row++) {
            start = text.indexOf('\n', start) + 1;
        }
        return Math.min(text.length(), start + at.column() - 1);
    }

    private Style style() {
        boolean v1 = language != Formatter.Language.V0;
        Set<List<String>> paths = new HashSet<>();
        module.imports().forEach(one -> paths.add(one.path()));
        boolean v2 = paths.contains(REGO_V2);
        boolean all = v1 || v2 || paths.contains(REGO_V1) || paths.contains(List.of("future", "keywords"));
        Set<String> keywords = new HashSet<>();
        for (String word : Words.all()) {
            if (v1 || v2 || Words.isOfV0(word) || paths.contains(keyword(word))) {
                keywords.add(word);
            }
        }
        for (String word : Words.logic()) {
            if (v2 || paths.contains(keyword(word))) {
                keywords.add(word);
            }
        }
        boolean longNames = module.rules().stream().anyMatch(this::hasLongName);
        return new Style(
                v1,
                all || paths.contains(keyword("if")),
                all || paths.contains(keyword("contains")),
                longNames,
                keywords);
    }

    private static List<String> keyword(String word) {
        return List.of("future", "keywords", word);
    }

    private boolean hasLongName(Rule rule) {
        Head head = Head.of(rule, extents, false);
        return head.name().size() >= LONG_NAME || (head.name().size() == LONG_NAME - 1 && head.member() != null);
    }
}
