package dev.hufu.rego.explain;

import dev.hufu.rego.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a policy compares each path of the input with, in the order found. Bounded; not thread-safe. */
final class Comparisons {
    private static final int MAX = 1024;

    /** How a path is compared. */
    enum How {
        SAME,
        /** With {@code !=}: anything else counts, too. */
        OTHER,
        /** By order: what is just before and just behind counts, too. */
        ORDER
    }

    record With(How how, Atom atom) {}

    private final Map<List<Optional<Value>>, Set<With>> byPath = new LinkedHashMap<>();
    /** Asked whether they are true, or there, with nothing to compare. */
    private final Set<List<Optional<Value>>> bare = new LinkedHashSet<>();

    void read(Atom atom) {
        if (atom instanceof Atom.In in && byPath.size() < MAX) {
            byPath.computeIfAbsent(in.path(), _ -> new LinkedHashSet<>());
        }
    }

    void tested(Set<Atom> atoms) {
        for (Atom atom : atoms) {
            if (atom instanceof Atom.In in) {
                bare.add(in.path());
            }
        }
    }

    void compared(Set<Atom> left, Set<Atom> right, How how) {
        left.forEach(atom -> compared(atom, right, how));
        right.forEach(atom -> compared(atom, left, how));
    }

    private void compared(Atom atom, Set<Atom> others, How how) {
        if (!(atom instanceof Atom.In in)) {
            return;
        }
        read(atom);
        Set<With> known = byPath.get(in.path());
        if (known == null) {
            return;
        }
        for (Atom other : others) {
            if (!other.equals(atom) && known.size() < MAX) {
                known.add(new With(how, other));
            }
        }
    }

    Map<List<Optional<Value>>, Set<With>> byPath() {
        return byPath;
    }

    boolean isBare(List<Optional<Value>> path) {
        return bare.contains(path);
    }
}
