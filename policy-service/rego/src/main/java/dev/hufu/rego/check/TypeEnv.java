package dev.hufu.rego.check;

import dev.hufu.rego.syntax.Term;
import dev.hufu.rego.types.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the types of a body's variables are known to be; unification makes more known. */
final class TypeEnv {
    private final DocumentTypes documents;
    private final @Nullable TypeEnv outer;
    private final Map<String, Type> variables;
    private final TypeChecker checker;

    private TypeEnv(
            DocumentTypes documents, @Nullable TypeEnv outer, Map<String, Type> variables, TypeChecker checker) {
        this.documents = documents;
        this.outer = outer;
        this.variables = variables;
        this.checker = checker;
    }

    static TypeEnv of(DocumentTypes documents, TypeChecker checker) {
        return new TypeEnv(documents, null, new HashMap<>(), checker);
    }

    /** For the body of a closure. */
    TypeEnv inner() {
        return new TypeEnv(documents, this, new HashMap<>(), checker);
    }

    /** For an expression with {@code with}: the same variables, other documents. */
    TypeEnv with(DocumentTypes replaced) {
        return new TypeEnv(replaced, outer, variables, checker);
    }

    DocumentTypes documents() {
        return documents;
    }

    void put(String variable, Type type) {
        variables.put(variable, type);
    }

    Type variable(String name) {
        Type type = variables.get(name);
        if (type != null) {
            return type;
        }
        return outer == null ? Type.UNKNOWN : outer.variable(name);
    }

    Type of(Term term) {
        return switch (term) {
            case Term.Const constant -> Type.of(constant.value());
            case Term.Var variable ->
                Names.isRoot(variable.name()) ? documents.of(variable.name(), List.of()) : variable(variable.name());
            case Term.Ref ref -> reference(ref);
            case Term.ArrayOf array ->
                new Type.ArrayOf(array.items().stream().map(this::of).toList(), Type.UNKNOWN);
            case Term.SetOf set -> {
                Type of = Type.UNKNOWN;
                for (Term item : set.items()) {
                    of = Type.or(of, of(item));
                }
                yield new Type.SetOf(of);
            }
            case Term.ObjectOf object -> object(object);
            case Term.Comprehension comprehension -> comprehension(comprehension);
            case Term.Call _ -> Type.UNKNOWN;
            case Term.Template _ -> Type.STRING;
        };
    }

    private Type object(Term.ObjectOf object) {
        List<Type.Property> properties = new ArrayList<>();
        Type.Dynamic dynamic = null;
        for (Term.Entry entry : object.entries()) {
            if (entry.key() instanceof Term.Const key) {
                properties.removeIf(property -> property.key().equals(key.value()));
                properties.add(new Type.Property(key.value(), of(entry.value())));
            } else {
                dynamic = new Type.Dynamic(of(entry.key()), of(entry.value()));
            }
        }
        return new Type.ObjectOf(properties, dynamic);
    }

    private Type comprehension(Term.Comprehension comprehension) {
        TypeEnv inner = checker.quietly(this, comprehension.body());
        if (inner == null) {
            return Type.UNKNOWN;
        }
        Term key = comprehension.key();
        Type value = inner.of(comprehension.value());
        return switch (comprehension.shape()) {
            case ARRAY -> new Type.ArrayOf(List.of(), value);
            case SET -> new Type.SetOf(value);
            case OBJECT ->
                new Type.ObjectOf(List.of(), new Type.Dynamic(key == null ? Type.UNKNOWN : inner.of(key), value));
        };
    }

    private Type reference(Term.Ref ref) {
        if (!(ref.head() instanceof Term.Var head)) {
            return Type.ANY;
        }
        return Names.isRoot(head.name())
                ? documents.of(head.name(), ref.path())
                : DocumentTypes.select(variable(head.name()), ref.path(), 0);
    }

    /** Makes two terms equal, as far as their types go; false where they never are. */
    boolean unify(Term a, Term b) {
        Type typeA = of(a);
        Type typeB = of(b);
        boolean openA = Type.isOpen(typeA);
        boolean openB = Type.isOpen(typeB);
        if (openA != openB) {
            return openA ? infer(a, typeB, false) : infer(b, typeA, false);
        }
        if (!openA) {
            return Type.unifies(typeA, typeB);
        }
        if (a instanceof Term.ArrayOf array) {
            return unifyArray(array, b);
        }
        if (a instanceof Term.ObjectOf object) {
            return unifyObject(object, b);
        }
        if (b instanceof Term.ArrayOf || b instanceof Term.ObjectOf) {
            return unify(b, a);
        }
        if (a instanceof Term.Var x) {
            return unifyOpen(x, typeA, b, typeB);
        }
        if (b instanceof Term.Var y) {
            return unifyOpen(y, typeB, a, typeA);
        }
        return true;
    }

    private boolean unifyOpen(Term.Var variable, Type type, Term other, Type otherType) {
        if (other instanceof Term.Var || other instanceof Term.Ref) {
            boolean one = infer(variable, Type.ANY, false);
            return other instanceof Term.Var ? infer(other, of(variable), false) && one : one;
        }
        return !type.equals(Type.UNKNOWN) || otherType.equals(Type.UNKNOWN) || infer(variable, otherType, false);
    }

    private boolean unifyArray(Term.ArrayOf array, Term other) {
        if (other instanceof Term.ArrayOf items) {
            boolean same = array.items().size() == items.items().size();
            for (int i = 0; same && i < array.items().size(); i++) {
                same = unify(array.items().get(i), items.items().get(i));
            }
            return same;
        }
        return !(other instanceof Term.Var) || (infer(array, Type.ANY, false) && infer(other, of(array), false));
    }

    private boolean unifyObject(Term.ObjectOf object, Term other) {
        if (!(other instanceof Term.ObjectOf entries)) {
            return !(other instanceof Term.Var) || (infer(object, Type.ANY, false) && infer(other, of(object), false));
        }
        for (Term.Entry entry : object.entries()) {
            for (Term.Entry one : entries.entries()) {
                boolean same = entry.key() instanceof Term.Const x
                        && one.key() instanceof Term.Const y
                        && x.value().equals(y.value());
                if (same && !unify(entry.value(), one.value())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Gives the unknown parts of a term what the type says; false where the term is never of the type. */
    boolean infer(Term term, Type wanted, boolean union) {
        Type type = Type.unwrapped(wanted);
        return switch (term) {
            case Term.ArrayOf array -> inferArray(array, type, union);
            case Term.ObjectOf object -> inferObject(object, type, union);
            case Term.SetOf set -> inferSet(set, type, union);
            case Term.Var variable
            when !Names.isRoot(variable.name()) -> {
                Type known = variable(variable.name());
                if (!union && !known.equals(Type.UNKNOWN)) {
                    yield Type.unifies(known, type);
                }
                put(variable.name(), union ? Type.or(known, type) : type);
                yield true;
            }
            case Term.Call _, Term.Template _ -> true;
            case Term.Const _, Term.Var _, Term.Ref _, Term.Comprehension _ -> Type.unifies(of(term), type);
        };
    }

    /** A type of several: what the term may be of at least one. */
    private boolean inferAny(Term term, Type.Any any) {
        if (any.of().isEmpty()) {
            Vars.parts(term).forEach(part -> infer(part, Type.ANY, true));
            return true;
        }
        boolean held = false;
        for (Type one : any.of()) {
            held = infer(term, one, true) || held;
        }
        return held;
    }

    private boolean inferArray(Term.ArrayOf term, Type type, boolean union) {
        if (type instanceof Type.Any any) {
            return inferAny(term, any);
        }
        if (!(type instanceof Type.ArrayOf array)) {
            return false;
        }
        int size = term.items().size();
        boolean held = size == array.first().size() || !array.rest().equals(Type.UNKNOWN);
        for (int i = 0; held && i < size; i++) {
            held = infer(term.items().get(i), Type.select(array, dev.hufu.rego.Value.of(i)), union);
        }
        return held;
    }

    private boolean inferSet(Term.SetOf term, Type type, boolean union) {
        if (type instanceof Type.Any any) {
            return inferAny(term, any);
        }
        return type instanceof Type.SetOf set && term.items().stream().allMatch(item -> infer(item, set.of(), union));
    }

    private boolean inferObject(Term.ObjectOf term, Type type, boolean union) {
        if (type instanceof Type.Any any) {
            return inferAny(term, any);
        }
        if (!(type instanceof Type.ObjectOf object)) {
            return false;
        }
        if (term.entries().size() != object.properties().size() && object.dynamic() == null) {
            return false;
        }
        for (Term.Entry entry : term.entries()) {
            if (entry.key() instanceof Term.Const key) {
                Type member = Type.select(object, key.value());
                if (member.equals(Type.UNKNOWN) || !infer(entry.value(), member, union)) {
                    return false;
                }
            } else {
                infer(entry.value(), Type.ANY, union);
            }
        }
        return true;
    }
}
