package dev.hufu.anonymizer.catalogue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A column of a dataset and the one role it plays in statistics. Names are compared without case. */
public sealed interface Column {
    /** The column's name as declared. */
    String name();

    /** The key of the person; may be counted, nothing else. */
    record PersonKey(String name) implements Column {
        public PersonKey {
            Names.check(name);
        }
    }

    /** The month, {@code 'YYYY-MM'}. */
    record Period(String name) implements Column {
        public Period {
            Names.check(name);
        }
    }

    /**
     * What every permitted analyst may know of a named person.
     *
     * @param values the catalogue's values in the order they are shown and split; a TEXT dimension's as they are, an
     *     INTEGER's in decimal. Public.
     * @param optional whether a person may have none (SQL NULL)
     * @param parent the dimension one level up and, for each value here, the value there; a hierarchy has no holes
     */
    record Dimension(String name, ValueType type, List<String> values, boolean optional, Optional<Parent> parent)
            implements Column {
        /** A hierarchy link: {@code valueOf} maps each value of the child to its value in {@code dimension}. */
        public record Parent(String dimension, Map<String, String> valueOf) {
            public Parent {
                Names.check(dimension);
                valueOf = Map.copyOf(valueOf);
            }
        }

        /** Most values one dimension may have; codes are kept in 16 bits. */
        public static final int MAX_VALUES = 30_000;

        public Dimension {
            Names.check(name);
            values = List.copyOf(values);
            if (values.size() > MAX_VALUES) {
                throw new IllegalArgumentException(
                        "dimension " + name + " has " + values.size() + " values, at most " + MAX_VALUES);
            }
            if (Set.copyOf(values).size() != values.size()) {
                throw new IllegalArgumentException("dimension " + name + " repeats a value");
            }
            if (type == ValueType.INTEGER) {
                values.forEach(Long::parseLong);
            }
        }

        /** Number of codes: one a value, and one more for none if that is possible. */
        public int codes() {
            return values.size() + (optional ? 1 : 0);
        }

        /** Of the name alone: terms are looked up often, and thousands of values would be hashed each time. */
        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /**
     * What is measured of a person. A contribution is clamped to {@code [lower, upper]} before anything is computed from it.
     *
     * @param lower the least one person can contribute in a period
     * @param upper the most one person can contribute in a period
     * @param step the grid the values lie on, a floor of the noise; 0 if there is none
     */
    record Measure(
            String name,
            MeasureKind kind,
            double lower,
            double upper,
            double step,
            Coverage coverage,
            Set<Aggregate> aggregates)
            implements Column {
        public Measure {
            Names.check(name);
            if (!(Double.isFinite(lower) && Double.isFinite(upper) && lower < upper)) {
                throw new IllegalArgumentException("measure " + name + " needs finite bounds, lower under upper");
            }
            if (!(step >= 0 && Double.isFinite(step))) {
                throw new IllegalArgumentException("measure " + name + " needs a step of 0 or more");
            }
            aggregates = aggregates.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(aggregates));
        }

        /** The largest absolute value a contribution can have. */
        public double bound() {
            return Math.max(Math.abs(lower), Math.abs(upper));
        }
    }

    /** A column that is known to exist and is refused, with the reason. */
    record Withheld(String name, Withholding reason) implements Column {
        public Withheld {
            Names.check(name);
        }
    }
}
