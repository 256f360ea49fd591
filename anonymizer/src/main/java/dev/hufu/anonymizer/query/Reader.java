package dev.hufu.anonymizer.query;

import dev.hufu.anonymizer.catalogue.Catalogue;
import dev.hufu.anonymizer.catalogue.Column;
import dev.hufu.anonymizer.catalogue.Dataset;
import dev.hufu.anonymizer.catalogue.Hierarchies;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Turns a syntax tree into the closed form, refusing whatever node it does not know. */
final class Reader {
    private final Catalogue catalogue;
    private final List<Token> tokens;
    private final Map<String, Term> aliases = new HashMap<>();

    Reader(Catalogue catalogue, List<Token> tokens) {
        this.catalogue = catalogue;
        this.tokens = tokens;
    }

    ParsedQuery read(SyntaxTree tree) {
        SqlNodeList orderList = SqlNodeList.EMPTY;
        @Nullable SqlNode limit = null;
        SqlNode root = tree.root();
        if (root instanceof SqlOrderBy order) {
            if (order.offset != null) {
                throw tree.token(order.offset).refuse(SqlRefusal.CLAUSE);
            }
            orderList = order.orderList;
            limit = order.fetch;
            root = order.query;
        }
        if (!(root instanceof SqlSelect select)) {
            throw tree.token(root).refuse(SqlRefusal.STATEMENT);
        }
        refuseExtras(tree, select);
        Columns columns = from(tree, select.getFrom());
        Terms terms = new Terms(tree, columns);
        Conditions conditions = new Conditions(tree);

        List<Term> groupBy = groupBy(tree, terms, columns.dataset(), select.getGroup());
        List<ParsedQuery.Output> outputs = outputs(tree, terms, select, groupBy);
        Condition where = select.getWhere() == null
                ? Condition.TRUE
                : conditions.read(select.getWhere(), node -> terms.filter(node));
        PeriodScope periods = periods(where, groupBy, columns);
        Condition having = select.getHaving() == null
                ? Condition.TRUE
                : conditions.read(select.getHaving(), node -> resolved(tree, terms, node, groupBy));
        List<ParsedQuery.Order> orders = new ArrayList<>();
        for (SqlNode node : orderList) {
            orders.add(order(tree, terms, node, groupBy));
        }
        return new ParsedQuery(
                columns.dataset(),
                columns.mentioned(),
                outputs,
                where,
                periods,
                groupBy,
                having,
                orders,
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit(tree, limit)));
    }

    private void refuseExtras(SyntaxTree tree, SqlSelect select) {
        if (select.isDistinct()) {
            throw tree.token(select.getSelectList().get(0)).refuse(SqlRefusal.DISTINCT);
        }
        if (select.hasHints()) {
            throw tokens.getFirst().refuse(SqlRefusal.COMMENT);
        }
        if (!select.getWindowList().isEmpty() || select.getQualify() != null) {
            throw tokens.getFirst().refuse(SqlRefusal.WINDOW);
        }
    }

    private Columns from(SyntaxTree tree, @Nullable SqlNode from) {
        @Nullable SqlIdentifier alias = null;
        SqlNode table = from == null ? SqlNodeList.EMPTY : from;
        if (table.getKind() == SqlKind.AS && table instanceof SqlCall as) {
            if (as.operandCount() != 2 || !(as.operand(1) instanceof SqlIdentifier name)) {
                throw tree.token(as).refuse(SqlRefusal.CLAUSE);
            }
            alias = name;
            table = as.operand(0);
        }
        if (table instanceof SqlJoin join) {
            throw tree.token(join.getRight()).refuse(SqlRefusal.JOIN);
        }
        if (!(table instanceof SqlIdentifier id) || id.isStar()) {
            throw tree.token(table).refuse(SqlRefusal.SYNTAX);
        }
        if (id.names.size() > 1) {
            throw tree.token(id, 0).refuse(SqlRefusal.DATASET_UNKNOWN);
        }
        Token name = tree.token(id, 0);
        Dataset dataset = catalogue
                .dataset(name.text())
                .orElseThrow(() -> name.refuse(
                        catalogue.ungraded(name.text())
                                ? SqlRefusal.DATASET_UNGRADED
                                : catalogue.unpublished(name.text())
                                        ? SqlRefusal.DATASET_UNPUBLISHED
                                        : SqlRefusal.DATASET_UNKNOWN,
                        catalogue.datasets().stream().map(Dataset::name).toList()));
        return new Columns(
                dataset, alias == null ? dataset.name() : tree.token(alias).text());
    }

    private List<Term> groupBy(SyntaxTree tree, Terms terms, Dataset dataset, @Nullable SqlNodeList group) {
        if (group == null) {
            return List.of();
        }
        Set<Term> grouped = new LinkedHashSet<>();
        for (SqlNode node : group) {
            grouped.add(terms.group(node));
            if (tooMany(grouped, dataset)) {
                throw tree.token(node).refuse(SqlRefusal.TOO_MANY_GROUPS);
            }
        }
        return List.copyOf(grouped);
    }

    /** Whether there are more combinations of values than can be answered for, those that a hierarchy rules out left aside. */
    private static boolean tooMany(Set<Term> grouped, Dataset dataset) {
        List<Column.Dimension> dimensions = grouped.stream()
                .flatMap(t -> t instanceof Term.OfDimension(var d) ? Stream.of(d) : Stream.empty())
                .toList();
        if (!tooMany(dimensions.stream())) {
            return false;
        }
        List<Column.Dimension> all = dataset.dimensions();
        int[] determining = new Hierarchies(all)
                .determining(dimensions.stream().mapToInt(all::indexOf).toArray());
        return tooMany(IntStream.range(0, determining.length)
                .filter(i -> determining[i] == Hierarchies.UNKNOWN)
                .mapToObj(dimensions::get));
    }

    private static boolean tooMany(Stream<Column.Dimension> dimensions) {
        return dimensions
                        .map(d -> BigInteger.valueOf(Math.max(1, d.codes())))
                        .reduce(BigInteger.ONE, BigInteger::multiply)
                        .compareTo(BigInteger.valueOf(QueryLanguage.MAX_GROUPS))
                > 0;
    }

    private List<ParsedQuery.Output> outputs(SyntaxTree tree, Terms terms, SqlSelect select, List<Term> groupBy) {
        SqlNodeList items = select.getSelectList();
        if (items.size() > QueryLanguage.MAX_COLUMNS) {
            throw tree.token(items.get(QueryLanguage.MAX_COLUMNS)).refuse(SqlRefusal.TOO_MANY_COLUMNS);
        }
        for (SqlNode item : items) {
            if (item instanceof SqlIdentifier id && id.isStar()) {
                throw tree.token(id).refuse(SqlRefusal.SELECT_STAR);
            }
        }
        if (items.stream().noneMatch(Reader::holdsAggregate)) {
            // Looked up first, so that a column that does not exist is told as such.
            items.forEach(item -> terms.lookUp(unaliased(item)));
            throw tree.token(unaliased(items.get(0))).refuse(SqlRefusal.ROW_LEVEL);
        }
        List<ParsedQuery.Output> outputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SqlNode item : items) {
            SqlNode expression = unaliased(item);
            Term term = terms.output(expression);
            requireGrouped(tree.token(expression), term, groupBy);
            if (item.getKind() == SqlKind.AS
                    && item instanceof SqlCall as
                    && as.operand(1) instanceof SqlIdentifier id) {
                Token alias = tree.token(id);
                if (!names.add(alias.text().toLowerCase(Locale.ROOT))) {
                    throw alias.refuse(SqlRefusal.ALIAS);
                }
                aliases.put(alias.text().toLowerCase(Locale.ROOT), term);
                outputs.add(new ParsedQuery.Output(alias.text(), term));
            } else {
                outputs.add(new ParsedQuery.Output(Terms.defaultName(term), term));
            }
        }
        return outputs;
    }

    private static SqlNode unaliased(SqlNode item) {
        return item.getKind() == SqlKind.AS && item instanceof SqlCall as ? as.operand(0) : item;
    }

    private static boolean holdsAggregate(SqlNode item) {
        return unaliased(item) instanceof SqlCall;
    }

    private static void requireGrouped(Token at, Term term, List<Term> groupBy) {
        switch (term) {
            case Term.OfDimension _, Term.OfPeriod _ -> {
                if (!groupBy.contains(term)) {
                    throw at.refuse(SqlRefusal.NOT_GROUPED);
                }
            }
            case Term.Persons _, Term.Mean _, Term.Sum _ -> {}
        }
    }

    /** A term of HAVING or ORDER BY: an alias, a grouped column or an aggregate. */
    private Term resolved(SyntaxTree tree, Terms terms, SqlNode node, List<Term> groupBy) {
        if (node instanceof SqlIdentifier id && id.isSimple()) {
            Term aliased = aliases.get(tree.token(id).text().toLowerCase(Locale.ROOT));
            if (aliased != null) {
                return aliased;
            }
        }
        Term term = terms.output(node);
        requireGrouped(tree.token(node), term, groupBy);
        return term;
    }

    private ParsedQuery.Order order(SyntaxTree tree, Terms terms, SqlNode node, List<Term> groupBy) {
        boolean descending = false;
        boolean nullsLast = true;
        SqlNode key = node;
        while (key instanceof SqlCall call) {
            SqlKind kind = call.getKind();
            if (kind == SqlKind.DESCENDING) {
                descending = true;
            } else if (kind == SqlKind.NULLS_FIRST) {
                nullsLast = false;
            } else if (kind != SqlKind.NULLS_LAST) {
                break;
            }
            key = call.operand(0);
        }
        if (tree.isConstant(key)) {
            throw tree.token(key).refuse(SqlRefusal.ORDINAL);
        }
        return new ParsedQuery.Order(resolved(tree, terms, key, groupBy), descending, nullsLast);
    }

    /** Any number is a limit, so that no refusal tells of it: cut to a whole number from 0 on. */
    private static int limit(SyntaxTree tree, SqlNode node) {
        if (!tree.isConstant(node) || !(tree.token(node).constant() instanceof Constant.Numeric(BigDecimal value))) {
            throw tree.token(node).refuse(SqlRefusal.CLAUSE);
        }
        BigDecimal most = BigDecimal.valueOf(Integer.MAX_VALUE);
        return value.min(most).max(BigDecimal.ZERO).intValue();
    }

    /**
     * Without grouping by period a query is about one period, and that must show in its form: at most one top-level conjunct
     * {@code period = constant}, and no other mention.
     */
    private PeriodScope periods(Condition where, List<Term> groupBy, Columns columns) {
        if (groupBy.stream().anyMatch(Term.OfPeriod.class::isInstance)) {
            return new PeriodScope.Each();
        }
        List<Condition> conjuncts = where instanceof Condition.And(var all) ? all : List.of(where);
        @Nullable String one = null;
        for (Condition c : conjuncts) {
            if (!Conditions.mentionsPeriod(c)) {
                continue;
            }
            String period = one == null ? Conditions.onlyPeriod(c) : null;
            if (period == null) {
                throw columns.periodToken().refuse(SqlRefusal.PERIOD_SPAN);
            }
            one = period;
        }
        return one == null ? new PeriodScope.Latest() : new PeriodScope.One(one);
    }
}
