package dev.hufu.anonymizer.query;

import java.util.List;

/** A condition over terms and constants, with SQL's three-valued logic. */
public sealed interface Condition {
    /** Holds if all hold; empty holds always. */
    record And(List<Condition> all) implements Condition {
        public And {
            all = List.copyOf(all);
        }
    }

    /** Holds if any holds. */
    record Or(List<Condition> any) implements Condition {
        public Or {
            any = List.copyOf(any);
        }
    }

    /** Holds if {@code condition} does not; unknown stays unknown. */
    record Not(Condition condition) implements Condition {}

    /** {@code term op constant}. */
    record Compare(Term term, Comparison op, Constant constant) implements Condition {}

    /** {@code term IN (…)}. */
    record In(Term term, List<Constant> constants) implements Condition {
        public In {
            constants = List.copyOf(constants);
        }
    }

    /** {@code term IS NULL}. */
    record IsNull(Term term) implements Condition {}

    /** The condition that always holds. */
    Condition TRUE = new And(List.of());
}
