package dev.hufu.anonymizer.publication;

import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.ValueType;
import dev.hufu.anonymizer.query.Comparison;
import dev.hufu.anonymizer.query.Condition;
import dev.hufu.anonymizer.query.Constant;
import dev.hufu.anonymizer.query.ParsedQuery;
import dev.hufu.anonymizer.query.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** HAVING, ORDER BY and LIMIT, over protected values only. */
final class ProtectedTable {
    private final ParsedQuery query;
    private final Set<Term> terms;

    /** A shown cell: the protected value of each term, none where it cannot be told, and the half-widths of error bands. */
    record Cell(Map<Term, Object> values, Map<Term, Double> errors) {}

    ProtectedTable(ParsedQuery query, Set<Term> terms) {
        this.query = query;
        this.terms = terms;
    }

    List<Answer.Column> columns() {
        return query.outputs().stream()
                .map(o -> new Answer.Column(o.name(), type(o.term())))
                .toList();
    }

    List<Answer.Row> rows(List<Cell> cells) {
        if (!terms.containsAll(
                query.outputs().stream().map(ParsedQuery.Output::term).toList())) {
            throw new IllegalArgumentException("a cell holds every selected term");
        }
        Comparator<Cell> order = (_, _) -> 0;
        for (ParsedQuery.Order o : query.orderBy()) {
            order = order.thenComparing(comparator(o));
        }
        return cells.stream()
                .filter(c -> Boolean.TRUE.equals(holds(query.having(), c)))
                .sorted(order)
                .limit(query.limit().orElse(Integer.MAX_VALUE))
                .map(this::row)
                .toList();
    }

    private Answer.Row row(Cell cell) {
        List<@Nullable Object> values = new ArrayList<>();
        List<@Nullable Double> errors = new ArrayList<>();
        for (ParsedQuery.Output o : query.outputs()) {
            values.add(cell.values().get(o.term()));
            errors.add(cell.errors().get(o.term()));
        }
        return new Answer.Row(values, errors);
    }

    static Object typed(Column.Dimension dimension, String value) {
        return dimension.type() == ValueType.INTEGER ? (Object) Long.valueOf(value) : value;
    }

    private static String type(Term term) {
        return switch (term) {
            case Term.OfDimension(var d) -> d.type() == ValueType.INTEGER ? "BIGINT" : "VARCHAR";
            case Term.OfPeriod _ -> "VARCHAR";
            case Term.Persons _ -> "BIGINT";
            case Term.Mean _, Term.Sum _ -> "DOUBLE";
        };
    }

    private static Comparator<Cell> comparator(ParsedQuery.Order order) {
        return (a, b) -> {
            Object left = a.values().get(order.term());
            Object right = b.values().get(order.term());
            if (left == null || right == null) {
                int nulls = Boolean.compare(left == null, right == null);
                return order.nullsLast() ? nulls : -nulls;
            }
            int compared = compare(left, right);
            return order.descending() ? -compared : compared;
        };
    }

    private static int compare(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        return decimal(left).compareTo(decimal(right));
    }

    private static BigDecimal decimal(Object number) {
        return switch (number) {
            case Long l -> BigDecimal.valueOf(l);
            case Double d -> BigDecimal.valueOf(d);
            default -> throw new IllegalArgumentException("not a number");
        };
    }

    /** SQL's three-valued logic; null is unknown. */
    private static @Nullable Boolean holds(Condition condition, Cell cell) {
        return switch (condition) {
            case Condition.And(var all) -> combine(all, cell, false);
            case Condition.Or(var any) -> combine(any, cell, true);
            case Condition.Not(var inner) -> {
                Boolean value = holds(inner, cell);
                yield value == null ? null : !value;
            }
            case Condition.Compare(var term, var op, var constant) -> {
                Object value = cell.values().get(term);
                yield value == null ? null : Filter.accepts(constant(value), op, constant);
            }
            case Condition.In(var term, var constants) -> {
                Object value = cell.values().get(term);
                yield value == null
                        ? null
                        : constants.stream().anyMatch(c -> Filter.accepts(constant(value), Comparison.EQUAL, c));
            }
            case Condition.IsNull(var term) -> cell.values().get(term) == null;
        };
    }

    private static @Nullable Boolean combine(List<Condition> parts, Cell cell, boolean deciding) {
        boolean unknown = false;
        for (Condition c : parts) {
            Boolean value = holds(c, cell);
            if (value == null) {
                unknown = true;
            } else if (value == deciding) {
                return deciding;
            }
        }
        return unknown ? null : Boolean.valueOf(!deciding);
    }

    private static Constant constant(Object value) {
        return value instanceof String text ? new Constant.Text(text) : new Constant.Numeric(decimal(value));
    }
}
