package dev.hufu.rego.check;

import dev.hufu.rego.syntax.Location;
import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Type;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether references can lead anywhere; their unknown variables become what may be looked up at their place. */
final class TypeRefs {
    /** Takes what is wrong. */
    interface Errors {
        void add(Location at, String message, String hint);
    }

    private final TypeEnv env;
    private final Errors errors;

    TypeRefs(TypeEnv env, Errors errors) {
        this.env = env;
        this.errors = errors;
    }

    void check(Term term) {
        if (term instanceof Term.Ref ref && ref.head() instanceof Term.Var head) {
            reference(ref, head);
        }
        if (!(term instanceof Term.Call call && call.args().isEmpty())) {
            Vars.parts(term).forEach(this::check);
        }
    }

    private void reference(Term.Ref ref, Term.Var head) {
        if (Names.isRoot(head.name())) {
            if (env.of(ref) instanceof Type.Function function) {
                undefined(ref, "it is a function: " + function);
                return;
            }
            document(ref, head.name(), env.documents());
            return;
        }
        Type type = env.variable(head.name());
        if (type.equals(Type.UNKNOWN)) {
            env.put(head.name(), Type.ANY);
            type = Type.ANY;
        }
        leaf(ref, type, 0);
    }

    private void undefined(Term.Ref ref, String hint) {
        errors.add(ref.at(), "undefined ref: " + TypeChecker.show(ref), hint);
    }

    /** Looks in a layer, and where that does not know the reference, again in the one below. */
    private void document(Term.Ref ref, String root, @Nullable DocumentTypes layer) {
        TypeTree node = layer == null ? null : layer.root(root);
        if (layer == null) {
            any(ref, 0);
        } else if (node == null) {
            document(ref, root, layer.below());
        } else if (node.type() == null) {
            document(ref, root, layer, node, 0);
        } else {
            leaf(ref, node.extent(), 0);
        }
    }

    private void document(Term.Ref ref, String root, DocumentTypes layer, TypeTree node, int at) {
        if (at == ref.path().size()) {
            return;
        }
        Term key = ref.path().get(at);
        if (key instanceof Term.Var variable && !Names.isRoot(variable.name())) {
            Type keys = Type.keys(node.extent());
            Type known = env.variable(variable.name());
            if (known.equals(Type.UNKNOWN)) {
                env.put(variable.name(), keys.equals(Type.UNKNOWN) ? Type.ANY : keys);
            } else if (!keys.equals(Type.UNKNOWN) && !Type.unifies(keys, known)) {
                undefined(ref, "have " + known + ", want " + keys);
                return;
            }
        }
        TypeTree child = key instanceof Term.Const constant ? node.child(constant.value()) : null;
        if (child == null) {
            if (layer.below() == null) {
                any(ref, at + 1);
            } else {
                document(ref, root, layer.below());
            }
            return;
        }
        Type type = child.type();
        if (type == null) {
            document(ref, root, layer, child, at + 1);
        } else if (!child.children().isEmpty()) {
            any(ref, at + 1);
        } else {
            leaf(ref, type, at + 1);
        }
    }

    /** Behind what is not known any key may stand. */
    private void any(Term.Ref ref, int from) {
        leaf(ref, Type.ANY, from);
    }

    private void leaf(Term.Ref ref, Type start, int from) {
        List<Term> path = ref.path();
        Type type = start;
        for (int i = from; i < path.size(); i++) {
            Term key = path.get(i);
            boolean variable = key instanceof Term.Var name && !Names.isRoot(name.name());
            if (Type.isEmpty(type)) {
                if (key instanceof Term.Const) {
                    undefined(ref, "there is nothing in it");
                }
                inferred(key, Type.ANY);
                any(ref, i + 1);
                return;
            }
            Type keys = Type.keys(type);
            if (keys.equals(Type.UNKNOWN)) {
                undefined(ref, type.equals(Type.UNKNOWN) ? "" : "have " + type);
                return;
            }
            if (key instanceof Term.Const constant) {
                Type before = type;
                type = Type.select(type, constant.value());
                if (type.equals(Type.UNKNOWN)) {
                    undefined(ref, "have " + constant.value() + ", want " + oneOf(before, keys));
                    return;
                }
                continue;
            }
            Type known = env.of(key);
            boolean fits = variable
                    ? known.equals(Type.UNKNOWN) || Type.unifies(known, keys)
                    : known.equals(Type.UNKNOWN) || key instanceof Term.Call || env.infer(key, keys, false);
            if (!fits) {
                undefined(ref, "have " + known + ", want " + keys);
                return;
            }
            inferred(key, keys);
            type = Type.values(type);
        }
    }

    private static String oneOf(Type type, Type keys) {
        return Type.unwrapped(type) instanceof Type.ObjectOf object && object.dynamic() == null
                ? object.properties().stream()
                        .map(property -> property.key().toString())
                        .collect(Collectors.joining(", ", "one of ", ""))
                : keys.toString();
    }

    private void inferred(Term key, Type type) {
        if (key instanceof Term.Var name
                && !Names.isRoot(name.name())
                && env.variable(name.name()).equals(Type.UNKNOWN)) {
            env.put(name.name(), type);
        }
    }
}
