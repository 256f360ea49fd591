package dev.hufu.anonymizer.query;

import dev.hufu.anonymizer.catalogue.Aggregate;
import dev.hufu.anonymizer.catalogue.Column;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;

/** Reads single terms by where they stand. */
final class Terms {
    private final SyntaxTree tree;
    private final Columns columns;

    Terms(SyntaxTree tree, Columns columns) {
        this.tree = tree;
        this.columns = columns;
    }

    static String defaultName(Term term) {
        return switch (term) {
            case Term.OfDimension(var d) -> d.name();
            case Term.OfPeriod(var p) -> p.name();
            case Term.Persons() -> "count";
            case Term.Mean(var m) -> "avg_" + m.name();
            case Term.Sum(var m) -> "sum_" + m.name();
        };
    }

    /** A term of WHERE: a dimension or the period. */
    Term filter(SqlNode node) {
        if (node instanceof SqlIdentifier id && !id.isStar()) {
            return grouping(id);
        }
        throw tree.token(node).refuse(unfit(node, SqlRefusal.COMPARISON));
    }

    /** A term of GROUP BY: a dimension or the period. */
    Term group(SqlNode node) {
        if (node instanceof SqlIdentifier id && !id.isStar()) {
            return grouping(id);
        }
        throw tree.token(node).refuse(tree.isConstant(node) ? SqlRefusal.ORDINAL : unfit(node, SqlRefusal.EXPRESSION));
    }

    /** A term of SELECT, HAVING or ORDER BY. */
    Term output(SqlNode node) {
        return switch (node) {
            case SqlIdentifier id
            when !id.isStar() -> {
                Column c = column(id);
                yield switch (c) {
                    case Column.Dimension d -> new Term.OfDimension(d);
                    case Column.Period p -> new Term.OfPeriod(p);
                    case Column.PersonKey _ -> throw tree.token(id).refuse(SqlRefusal.PERSON_KEY);
                    case Column.Measure _ -> throw tree.token(id).refuse(SqlRefusal.NOT_GROUPED);
                    case Column.Withheld _ -> throw tree.token(id).refuse(SqlRefusal.COLUMN_WITHHELD);
                };
            }
            case SqlCall call -> aggregate(call);
            default -> throw tree.token(node).refuse(SqlRefusal.EXPRESSION);
        };
    }

    /** Looks a selected column up for the sake of its refusal only. */
    void lookUp(SqlNode node) {
        if (node instanceof SqlIdentifier id && !id.isStar()) {
            column(id);
        }
    }

    private Term grouping(SqlIdentifier id) {
        return switch (column(id)) {
            case Column.Dimension d -> new Term.OfDimension(d);
            case Column.Period p -> new Term.OfPeriod(p);
            case Column.PersonKey _ -> throw tree.token(id).refuse(SqlRefusal.PERSON_KEY);
            case Column.Measure _ -> throw tree.token(id).refuse(SqlRefusal.MEASURE_POSITION);
            case Column.Withheld _ -> throw tree.token(id).refuse(SqlRefusal.COLUMN_WITHHELD);
        };
    }

    private Term aggregate(SqlCall call) {
        Token at = tree.token(call);
        if (!(call instanceof SqlBasicCall) || !(call.getOperator() instanceof SqlFunction function)) {
            throw at.refuse(unfit(call, SqlRefusal.EXPRESSION));
        }
        boolean distinct = call.getFunctionQuantifier() != null
                && call.getFunctionQuantifier().getValue() == SqlSelectKeyword.DISTINCT;
        if (call.operandCount() != 1) {
            throw at.refuse(SqlRefusal.AGGREGATE_ARGUMENT);
        }
        SqlNode argument = call.operand(0);
        return switch (function.getName()) {
            case "COUNT" -> count(at, argument, distinct);
            case "SUM" -> measured(at, argument, distinct, Aggregate.SUM);
            case "AVG" -> measured(at, argument, distinct, Aggregate.AVG);
            default -> throw at.refuse(SqlRefusal.FUNCTION);
        };
    }

    private Term count(Token at, SqlNode argument, boolean distinct) {
        if (argument instanceof SqlIdentifier id) {
            if (id.isStar() && id.names.size() == 1 && !distinct) {
                return new Term.Persons();
            }
            if (!id.isStar() && column(id) instanceof Column.PersonKey) {
                return new Term.Persons();
            }
        }
        throw at.refuse(SqlRefusal.AGGREGATE_ARGUMENT);
    }

    private Term measured(Token at, SqlNode argument, boolean distinct, Aggregate aggregate) {
        if (!(argument instanceof SqlIdentifier id) || id.isStar()) {
            throw tree.token(argument).refuse(unfit(argument, SqlRefusal.AGGREGATE_ARGUMENT));
        }
        if (!(column(id) instanceof Column.Measure measure) || distinct) {
            throw at.refuse(SqlRefusal.AGGREGATE_ARGUMENT);
        }
        if (!measure.aggregates().contains(aggregate)) {
            throw at.refuse(SqlRefusal.AGGREGATE);
        }
        return switch (aggregate) {
            case SUM -> new Term.Sum(measure);
            case AVG -> new Term.Mean(measure);
        };
    }

    private Column column(SqlIdentifier id) {
        if (id.names.size() > 2) {
            throw tree.token(id, 0).refuse(SqlRefusal.DATASET_UNKNOWN);
        }
        return columns.find(id.names.size() == 2 ? tree.token(id, 0) : null, tree.token(id));
    }

    private static SqlRefusal unfit(SqlNode node, SqlRefusal otherwise) {
        SqlKind kind = node.getKind();
        if (SqlKind.BINARY_ARITHMETIC.contains(kind) || kind == SqlKind.MINUS_PREFIX || kind == SqlKind.PLUS_PREFIX) {
            return SqlRefusal.EXPRESSION;
        }
        return SqlKind.QUERY.contains(kind) ? SqlRefusal.SUBQUERY : otherwise;
    }

    /** The type of constant that a term compares with. */
    static Class<? extends Constant> constantType(Term term) {
        return switch (term) {
            case Term.OfDimension(var d) ->
                switch (d.type()) {
                    case TEXT -> Constant.Text.class;
                    case INTEGER -> Constant.Numeric.class;
                };
            case Term.OfPeriod _ -> Constant.Text.class;
            case Term.Persons _, Term.Mean _, Term.Sum _ -> Constant.Numeric.class;
        };
    }
}
