package dev.hufu.rego.check;

import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.syntax.Rule;
import dev.hufu.rego.syntax.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tree of virtual documents. A rule stands at the constant prefix of its name, {@code p[x].q} of package {@code a} at
 * {@code data.a.p}; what follows is its {@link Entry#suffix}.
 */
public final class RuleNode {
    /** A rule at a node; its rewritten form is filled in once all names are known. */
    public static final class Entry {
        private final Rule source;
        private final List<Term> suffix;
        private Rule core;

        Entry(Rule source, List<Term> suffix) {
            this.source = source;
            this.suffix = suffix;
            this.core = source;
        }

        public Rule source() {
            return source;
        }

        /** Keys behind the constant prefix, as written; the rewritten ones are the core rule's name. */
        public List<Term> suffix() {
            return suffix;
        }

        /** The rewritten rule; its name holds the keys of the suffix only. */
        public Rule core() {
            return core;
        }

        void core(Rule rewritten) {
            core = rewritten;
        }
    }

    private final List<Value> path;
    private final @Nullable RuleNode parent;
    private final Map<Value, RuleNode> children = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    /** Packages that have a rule here or below. */
    private final Set<RuleNode> owners = new HashSet<>();

    private RuleNode(List<Value> path, @Nullable RuleNode parent) {
        this.path = List.copyOf(path);
        this.parent = parent;
    }

    public static RuleNode root() {
        return new RuleNode(List.of(), null);
    }

    /** Keys below {@code data}. */
    public List<Value> path() {
        return path;
    }

    public @Nullable RuleNode parent() {
        return parent;
    }

    public @Nullable RuleNode child(Value key) {
        return children.get(key);
    }

    public Collection<RuleNode> children() {
        return children.values();
    }

    public List<Entry> entries() {
        return entries;
    }

    public RuleNode descend(Value key) {
        RuleNode child = children.get(key);
        if (child == null) {
            List<Value> below = new ArrayList<>(path);
            below.add(key);
            child = new RuleNode(below, this);
            children.put(key, child);
        }
        return child;
    }

    public RuleNode descendAll(List<String> names) {
        RuleNode node = this;
        for (String name : names) {
            node = node.descend(new Str(name));
        }
        return node;
    }

    /** Puts the rule at the constant prefix of its name below this package node. */
    public Entry add(Rule rule) {
        RuleNode node = this;
        int at = 0;
        List<Term> name = rule.name();
        while (at < name.size()) {
            Value key = constantKey(name.get(at), at == 0);
            if (key == null) {
                break;
            }
            node = node.descend(key);
            node.owners.add(this);
            at++;
        }
        Entry entry = new Entry(rule, List.copyOf(name.subList(at, name.size())));
        node.entries.add(entry);
        return entry;
    }

    boolean ownedBy(RuleNode pkg) {
        return owners.contains(pkg);
    }

    private static @Nullable Value constantKey(Term term, boolean first) {
        if (first && term instanceof Term.Var variable) {
            return new Str(variable.name());
        }
        return term instanceof Term.Const constant ? constant.value() : null;
    }

    /** The rules here are functions of this many parameters; null where they are no functions. */
    public @Nullable Integer arity() {
        for (Entry entry : entries) {
            List<Term> args = entry.source().args();
            if (args != null) {
                return args.size();
            }
        }
        return null;
    }

    /** Some rule here has keys that are only known when it is evaluated. */
    public boolean isDynamic() {
        return entries.stream().anyMatch(entry -> !entry.suffix().isEmpty());
    }

    /** Visits the rules that a reference with these keys below {@code from} may mean. */
    static void match(RuleNode from, List<Term> keys, Consumer<RuleNode> found) {
        if (!from.entries.isEmpty()) {
            found.accept(from);
        }
        if (keys.isEmpty()) {
            from.children().forEach(child -> match(child, keys, found));
            return;
        }
        List<Term> rest = keys.subList(1, keys.size());
        if (keys.getFirst() instanceof Term.Const key) {
            RuleNode child = from.child(key.value());
            if (child != null) {
                match(child, rest, found);
            }
        } else {
            from.children().forEach(child -> match(child, rest, found));
        }
    }

    /** {@code data.a.b} */
    public String name() {
        return name(Names.DATA, path);
    }

    /** {@code root.a.b[0]} */
    public static String name(String root, List<Value> keys) {
        StringBuilder out = new StringBuilder(root);
        for (Value key : keys) {
            if (key instanceof Str text && text.value().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                out.append('.').append(text.value());
            } else {
                out.append('[').append(key).append(']');
            }
        }
        return out.toString();
    }
}
