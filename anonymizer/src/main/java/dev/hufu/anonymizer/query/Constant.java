package dev.hufu.anonymizer.query;

import java.math.BigDecimal;

/** A typed constant of a query. {@code toString} shows the type only, so that no log can hold a value. */
public sealed interface Constant {
    /** A character literal. */
    record Text(String value) implements Constant {
        @Override
        public String toString() {
            return "Text";
        }
    }

    /** A numeric literal; beyond an exponent of 9,999 it is held at that exponent, which no value reaches. */
    record Numeric(BigDecimal value) implements Constant {
        @Override
        public String toString() {
            return "Numeric";
        }
    }
}
