package dev.hufu.rego.syntax;

import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands for a value. */
public sealed interface Term {
    /** Of a term that no source holds. */
    Location NOWHERE = new Location("", 0, 0);

    Location at();

    record Const(Value value, Location at) implements Term {
        /** Text is interned: the same constants meet in rule after rule, and one is found equal to itself at once. */
        public Const {
            value = value instanceof Str text ? new Str(text.value().intern()) : value;
        }
    }

    record Var(String name, Location at) implements Term {
        /** Prefix of names that the compiler makes; {@code $} cannot be written in a name. */
        public static final String GENERATED = "$";

        public boolean isWildcard() {
            return name.startsWith("_") && name.length() == 1;
        }

        public boolean isGenerated() {
            return name.startsWith(GENERATED);
        }
    }

    /** A head and at least one key. */
    record Ref(Term head, List<Term> path, Location at) implements Term {
        public Ref {
            path = List.copyOf(path);
        }
    }

    record ArrayOf(List<Term> items, Location at) implements Term {
        public ArrayOf {
            items = List.copyOf(items);
        }
    }

    record SetOf(List<Term> items, Location at) implements Term {
        public SetOf {
            items = List.copyOf(items);
        }
    }

    record Entry(Term key, Term value) {}

    record ObjectOf(List<Entry> entries, Location at) implements Term {
        public ObjectOf {
            entries = List.copyOf(entries);
        }
    }

    enum Shape {
        ARRAY,
        SET,
        OBJECT
    }

    /** {@code key} is there for objects only. */
    record Comprehension(Shape shape, @Nullable Term key, Term value, List<Expr> body, Location at) implements Term {
        public Comprehension {
            body = List.copyOf(body);
        }
    }

    /** {@code function} is a variable or a reference; an operator is a call of the builtin it stands for. */
    record Call(Term function, List<Term> args, Location at) implements Term {
        public Call {
            args = List.copyOf(args);
        }
    }

    /** {@code $"text {expression}"}: each part is a constant or an expression whose term's text is wanted; {@code raw} in back quotes. */
    record Template(List<Expr> parts, boolean raw, Location at) implements Term {
        public Template {
            parts = List.copyOf(parts);
        }
    }
}
