package dev.hufu.anonymizer.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.jspecify.annotations.Nullable;

/** Reads conditions; what a term may be is the caller's to say. */
final class Conditions {
    private final SyntaxTree tree;

    Conditions(SyntaxTree tree) {
        this.tree = tree;
    }

    /** Conjunctions and disjunctions come back flat, so that their depth is that of the parentheses. */
    Condition read(SqlNode node, Function<SqlNode, Term> terms) {
        if (!(node instanceof SqlBasicCall call)) {
            throw tree.token(node).refuse(SqlRefusal.COMPARISON);
        }
        return switch (call.getKind()) {
            case AND -> new Condition.And(flat(call, SqlKind.AND, terms));
            case OR -> new Condition.Or(flat(call, SqlKind.OR, terms));
            case NOT -> new Condition.Not(read(call.operand(0), terms));
            case EQUALS -> compare(call, Comparison.EQUAL, terms);
            case NOT_EQUALS -> compare(call, Comparison.NOT_EQUAL, terms);
            case LESS_THAN -> compare(call, Comparison.LESS, terms);
            case LESS_THAN_OR_EQUAL -> compare(call, Comparison.LESS_OR_EQUAL, terms);
            case GREATER_THAN -> compare(call, Comparison.GREATER, terms);
            case GREATER_THAN_OR_EQUAL -> compare(call, Comparison.GREATER_OR_EQUAL, terms);
            case IN -> in(call, terms);
            case NOT_IN -> new Condition.Not(in(call, terms));
            case BETWEEN -> between(call, terms);
            case IS_NULL -> new Condition.IsNull(terms.apply(call.operand(0)));
            case IS_NOT_NULL -> new Condition.Not(new Condition.IsNull(terms.apply(call.operand(0))));
            default -> throw tree.token(call).refuse(SqlRefusal.COMPARISON);
        };
    }

    private List<Condition> flat(SqlCall call, SqlKind kind, Function<SqlNode, Term> terms) {
        List<Condition> parts = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (operand instanceof SqlCall inner && inner.getKind() == kind) {
                parts.addAll(flat(inner, kind, terms));
            } else {
                parts.add(read(operand, terms));
            }
        }
        return parts;
    }

    private Condition compare(SqlCall call, Comparison op, Function<SqlNode, Term> terms) {
        SqlNode left = call.operand(0);
        SqlNode right = call.operand(1);
        if (tree.isConstant(left) && !tree.isConstant(right)) {
            Term term = terms.apply(right);
            return new Condition.Compare(term, op.mirrored(), constant(left, term));
        }
        Term term = terms.apply(left);
        return new Condition.Compare(term, op, constant(right, term));
    }

    private Condition in(SqlCall call, Function<SqlNode, Term> terms) {
        Term term = terms.apply(call.operand(0));
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            throw tree.token(call.operand(1)).refuse(SqlRefusal.SUBQUERY);
        }
        if (list.size() > QueryLanguage.MAX_IN) {
            throw tree.token(list.get(QueryLanguage.MAX_IN)).refuse(SqlRefusal.TOO_MANY_VALUES);
        }
        return new Condition.In(
                term, list.stream().map(item -> constant(item, term)).toList());
    }

    private Condition between(SqlCall call, Function<SqlNode, Term> terms) {
        SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
        if (operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
            throw tree.token(call).refuse(SqlRefusal.COMPARISON);
        }
        Term term = terms.apply(call.operand(0));
        Condition both = new Condition.And(List.of(
                new Condition.Compare(term, Comparison.GREATER_OR_EQUAL, constant(call.operand(1), term)),
                new Condition.Compare(term, Comparison.LESS_OR_EQUAL, constant(call.operand(2), term))));
        return operator.isNegated() ? new Condition.Not(both) : both;
    }

    private Constant constant(SqlNode node, Term term) {
        if (!tree.isConstant(node)) {
            throw tree.token(node)
                    .refuse(node.getKind() == SqlKind.LITERAL ? SqlRefusal.LITERAL_TYPE : SqlRefusal.COMPARISON);
        }
        Constant constant = tree.token(node).constant();
        if (!Terms.constantType(term).isInstance(constant)) {
            throw tree.token(node).refuse(SqlRefusal.LITERAL_TYPE);
        }
        return constant;
    }

    static boolean mentionsPeriod(Condition condition) {
        return switch (condition) {
            case Condition.And(var all) -> all.stream().anyMatch(Conditions::mentionsPeriod);
            case Condition.Or(var any) -> any.stream().anyMatch(Conditions::mentionsPeriod);
            case Condition.Not(var inner) -> mentionsPeriod(inner);
            case Condition.Compare(var term, var ignored, var ignoredToo) -> term instanceof Term.OfPeriod;
            case Condition.In(var term, var ignored) -> term instanceof Term.OfPeriod;
            case Condition.IsNull(var term) -> term instanceof Term.OfPeriod;
        };
    }

    /** The period that {@code condition} picks if it has the form {@code period = constant}. */
    static @Nullable String onlyPeriod(Condition condition) {
        return switch (condition) {
            case Condition.Compare(Term.OfPeriod _, Comparison op, Constant.Text(var value))
            when op == Comparison.EQUAL -> value;
            case Condition.In(Term.OfPeriod _, var values)
            when values.size() == 1 && values.getFirst() instanceof Constant.Text(var value) -> value;
            default -> null;
        };
    }
}
