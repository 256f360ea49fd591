package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import dev.hufu.rego.check.RuleNode;
import java.util.Comparator;
import java.util.List;

/** Something of the input that can be changed by itself. Ordered by path, then member. */
public sealed interface Attribute extends Comparable<Attribute> {
    /** Keys below {@code input}. */
    List<Value> path();

    /** The value at a path, there or not. */
    record Field(List<Value> path) implements Attribute {
        public Field {
            path = List.copyOf(path);
        }

        @Override
        public String toString() {
            return RuleNode.name("input", path);
        }
    }

    /** Whether an array holds a member; its order and repetitions are left as they are. */
    record Member(List<Value> path, Value member) implements Attribute {
        public Member {
            path = List.copyOf(path);
        }

        @Override
        public String toString() {
            return member + " in " + RuleNode.name("input", path);
        }
    }

    /** Changing both at once would write one thing twice. */
    default boolean meets(Attribute other) {
        boolean bothMembers = this instanceof Member && other instanceof Member;
        return !bothMembers && (Paths.begins(path(), other.path()) || Paths.begins(other.path(), path()));
    }

    @Override
    default int compareTo(Attribute other) {
        return Comparator.<Attribute, String>comparing(one -> RuleNode.name("input", one.path()))
                .thenComparing(Attribute::toString)
                .compare(this, other);
    }
}
