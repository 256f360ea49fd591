package dev.hufu.anonymizer.query;

/**
 * Why a text is refused, and what to do instead. Follows from the text and the catalogue alone; the texts never hold a literal
 * of the query.
 */
public enum SqlRefusal {
    /** Longer than {@link QueryLanguage#MAX_LENGTH} characters. */
    TOO_LONG("sql.too_long", "查询文本过长", "The query is too long", "缩短查询文本。", "Shorten the query."),
    /** More words and signs than {@link QueryLanguage#MAX_TOKENS}. */
    TOO_MANY_TOKENS(
            "sql.too_many_words",
            "查询中的词和符号过多",
            "The query has too many words and signs",
            "减少条件或列的数量。",
            "Use fewer conditions or columns."),
    /** Parentheses or negations nested too deeply. */
    TOO_DEEP(
            "sql.too_deep",
            "括号或 NOT 嵌套过深",
            "Parentheses or NOTs are nested too deeply",
            "减少括号或 NOT 的嵌套层数。",
            "Nest fewer parentheses or NOTs."),
    /** A character that the language does not use outside literals. */
    CHARACTER(
            "sql.character",
            "有查询语言不使用的字符",
            "A character is not part of the language",
            "文字常量之外只使用 ASCII 字母、数字、下划线和 ( ) , . * = < > 。",
            "Outside literals use ASCII letters, digits, _ and ( ) , . * = < > only."),
    /** A comment or hint. */
    COMMENT(
            "sql.comment",
            "查询中有注释或提示",
            "The query holds a comment or hint",
            "去掉注释和提示（hint）。",
            "Remove comments and hints."),
    /** More than one statement. */
    SEVERAL_STATEMENTS(
            "sql.several_statements",
            "不止一个语句",
            "There is more than one statement",
            "一次只发送一个 SELECT 语句。",
            "Send one SELECT statement at a time."),
    /** A parameter marker. */
    PARAMETER(
            "sql.parameter",
            "查询中有参数",
            "The query holds a parameter",
            "直接写出常量，不使用参数。",
            "Write the constant itself; there are no parameters."),
    /** A literal or quoted identifier that does not end. */
    UNCLOSED("sql.unclosed", "引号没有成对", "A quotation mark is not closed", "补上缺少的引号。", "Close the quotation mark."),
    /** Not a SELECT. */
    STATEMENT(
            "sql.statement",
            "这不是 SELECT 语句",
            "This is no SELECT",
            "只接受 SELECT 统计查询。",
            "Only a SELECT that asks for statistics is accepted."),
    /** Not the language's grammar. */
    SYNTAX(
            "sql.syntax",
            "此处不符合语法",
            "The grammar does not fit here",
            "写成 SELECT 维度, 聚合 FROM 数据集 [WHERE …] [GROUP BY …] [HAVING …] [ORDER BY …] [LIMIT n]。",
            "Write SELECT dimensions, aggregates FROM dataset [WHERE …] [GROUP BY …] [HAVING …] [ORDER BY …] [LIMIT n]."),
    /** {@code SELECT *}. */
    SELECT_STAR(
            "sql.select_star",
            "SELECT * 要的是逐行数据",
            "SELECT * asks for rows",
            "不提供逐行数据；请查询统计量，例如 count(*) 或 avg(度量)。",
            "Rows are not given; ask for the statistic, such as count(*) or avg(measure)."),
    /** A selection of rows instead of a statistic. */
    ROW_LEVEL(
            "sql.row_level",
            "查询的是逐行数据，不是统计量",
            "This asks for rows, not for a statistic",
            "不提供逐行数据；请查询统计量，例如 SELECT 维度, count(*), avg(度量) … GROUP BY 维度。",
            "Rows are not given; ask for the statistic: SELECT dimension, count(*), avg(measure) … GROUP BY dimension."),
    /** {@code SELECT DISTINCT}. */
    DISTINCT(
            "sql.distinct",
            "不接受 SELECT DISTINCT",
            "SELECT DISTINCT is not accepted",
            "去掉 DISTINCT，改用 GROUP BY。",
            "Drop DISTINCT and use GROUP BY."),
    /** A query inside a query, or WITH. */
    SUBQUERY(
            "sql.subquery",
            "查询中嵌有另一个查询",
            "There is a query inside the query",
            "不使用子查询和 WITH；把条件写在 WHERE 中。",
            "Use no subqueries or WITH; put the conditions in WHERE."),
    /** More than one table. */
    JOIN("sql.join", "查询涉及不止一个数据集", "More than one dataset is asked", "一次查询一个数据集。", "Ask one dataset at a time."),
    /** UNION and the like. */
    SET_OPERATION(
            "sql.set_operation",
            "不接受 UNION 之类的集合运算",
            "UNION and the like are not accepted",
            "分别查询，或使用 GROUP BY。",
            "Ask separately, or use GROUP BY."),
    /** A window function. */
    WINDOW(
            "sql.window",
            "不接受窗口函数",
            "Window functions are not accepted",
            "去掉窗口函数，使用 GROUP BY。",
            "Drop the window function and use GROUP BY."),
    /** A function that is not an offered aggregate. */
    FUNCTION(
            "sql.function",
            "没有这个函数",
            "There is no such function",
            "只提供 count、sum、avg。",
            "Only count, sum and avg are offered."),
    /** An aggregate that is not offered here, or not for this measure. */
    AGGREGATE(
            "sql.aggregate",
            "此处不提供这个聚合",
            "This aggregate is not offered here",
            "此聚合不在门槛模式下提供；请使用 count、sum 或 avg。",
            "This aggregate is not offered in threshold mode; use count, sum or avg."),
    /** An aggregate over something else than a measure. */
    AGGREGATE_ARGUMENT(
            "sql.aggregate_argument",
            "聚合的对象不对",
            "The aggregate is over something it cannot take",
            "sum 和 avg 只接受一个度量列；人数用 count(*)。",
            "sum and avg take one measure column; for persons use count(*)."),
    /** CAST. */
    CAST(
            "sql.cast",
            "不接受类型转换",
            "Casts are not accepted",
            "去掉类型转换，直接与同类型常量比较。",
            "Drop the cast and compare with a constant of the column's type."),
    /** CASE. */
    CASE("sql.case", "不接受 CASE", "CASE is not accepted", "去掉 CASE，按维度分组。", "Drop CASE and group by the dimension."),
    /** Arithmetic or another expression. */
    EXPRESSION(
            "sql.expression",
            "不接受运算表达式",
            "Calculated expressions are not accepted",
            "不做运算；直接写列名、聚合或常量。",
            "No arithmetic; write a column, an aggregate or a constant."),
    /** LIKE and other patterns. */
    PATTERN(
            "sql.pattern",
            "不接受模式匹配",
            "Patterns are not accepted",
            "不使用模式匹配；用 IN 列出取值。",
            "Use no patterns; list the values with IN."),
    /** A clause that is not in the language. */
    CLAUSE("sql.clause", "不接受这个子句", "This clause is not accepted", "去掉此子句。", "Remove this clause."),
    /** No such dataset. */
    DATASET_UNKNOWN(
            "sql.dataset_unknown",
            "没有这个数据集",
            "There is no such dataset",
            "在数据集目录中查找可用的数据集。",
            "Look up the datasets on offer in the catalogue."),
    /** A dataset that exists and is not published. */
    DATASET_UNPUBLISHED(
            "sql.dataset_unpublished",
            "此数据集目前没有发布",
            "This dataset is not published now",
            "此数据集已登记，但目前没有可发布的统计数据；GET /api/v1/datasets 给出原因，请联系数据管理员。其他数据集可照常查询。",
            "This dataset is registered, but not published now: GET /api/v1/datasets says why, and the steward can mend it."
                    + " Other datasets can be asked as ever."),
    /** A dataset whose person key nobody has graded, so that nothing of it is published. */
    DATASET_UNGRADED(
            "sql.dataset_ungraded",
            "此数据集尚未定类定级，因此没有统计数据",
            "Nobody has classed and graded this dataset yet, so there are no statistics of it",
            "请数据管理员为其各列定类定级（hufu import --replace）。",
            "Ask the steward to class and grade its columns: hufu import --replace."),
    /** No such column. */
    COLUMN_UNKNOWN(
            "sql.column_unknown",
            "没有这个列",
            "There is no such column",
            "在数据集目录中查找可用的列。",
            "Look up the dataset's columns in the catalogue."),
    /** A column that exists and has not been graded. */
    COLUMN_UNGRADED(
            "sql.column_ungraded",
            "此列尚未定级",
            "This column is not graded yet",
            "请数据管理员先为此列定类定级。",
            "Ask the steward to class and grade this column first."),
    /** A column that exists and is not offered. */
    COLUMN_WITHHELD(
            "sql.column_withheld",
            "此列不参与统计",
            "This column is not offered in statistics",
            "此列既不是维度也不是度量；请改用目录中的维度或度量。",
            "This column is neither a dimension nor a measure; use one of the catalogue's."),
    /** A column that is served under differential privacy only. */
    COLUMN_DP_ONLY(
            "sql.column_dp_only",
            "门槛模式不提供此列",
            "This column is not offered in threshold mode",
            "此列涉及罕见或敏感事件，门槛模式不提供。",
            "This column is about rare or sensitive events and is not offered in threshold mode."),
    /** The person key anywhere but in {@code count(DISTINCT …)}. */
    PERSON_KEY(
            "sql.person_key",
            "人员主键不能用在这里",
            "The person key may not stand here",
            "人员主键只能用于 count(DISTINCT 主键)。",
            "The person key may only stand in count(DISTINCT key)."),
    /** A measure where only dimensions may stand. */
    MEASURE_POSITION(
            "sql.measure_position",
            "度量不能用在这里",
            "A measure may not stand here",
            "WHERE 和 GROUP BY 中只能使用维度和期间列；度量放入 avg 或 sum。",
            "Only dimensions and the period may stand in WHERE and GROUP BY; put the measure in avg or sum."),
    /** A column beside aggregates that is not grouped by. */
    NOT_GROUPED(
            "sql.not_grouped",
            "此列没有列入 GROUP BY",
            "This column is not in GROUP BY",
            "把此列加入 GROUP BY，或从 SELECT 中去掉。",
            "Add this column to GROUP BY, or drop it from SELECT."),
    /** A comparison of something else than a column with a constant. */
    COMPARISON(
            "sql.comparison",
            "条件的写法不对",
            "The condition has a form that is not accepted",
            "条件写成：列 比较符 常量，列 IN (常量, …)，列 BETWEEN 常量 AND 常量，列 IS NULL。",
            "Write conditions as column = constant, column IN (constants), column BETWEEN constants, column IS NULL."),
    /** A constant of another type than the column's. */
    LITERAL_TYPE(
            "sql.literal_type",
            "常量的类型与列不符",
            "The constant has another type than the column",
            "使用与该列类型相同的常量。",
            "Use a constant of the column's type."),
    /** A position number in GROUP BY or ORDER BY. */
    ORDINAL(
            "sql.ordinal",
            "GROUP BY 或 ORDER BY 中有序号",
            "A position number stands in GROUP BY or ORDER BY",
            "写列名或别名，不写序号。",
            "Write the column or alias, not its position."),
    /** An alias that is used twice, or for a table and a column. */
    ALIAS("sql.alias", "别名用了两次", "An alias is used twice", "每个别名只用一次。", "Use each alias once."),
    /** Several periods in one group. */
    PERIOD_SPAN(
            "sql.period_span",
            "一个群组跨了多个期间",
            "One group would span several periods",
            "把期间列加入 GROUP BY，或只选一个期间（期间列 = 常量）。",
            "Add the period column to GROUP BY, or pick one period (period = constant)."),
    /** More possible groups than {@link QueryLanguage#MAX_GROUPS}. */
    TOO_MANY_GROUPS(
            "sql.too_many_groups",
            "可能的群组超过 50,000 个",
            "More than 50,000 groups are possible",
            "减少 GROUP BY 的维度，或改用更粗的维度。",
            "Group by fewer or coarser dimensions."),
    /** More columns than {@link QueryLanguage#MAX_COLUMNS}. */
    TOO_MANY_COLUMNS(
            "sql.too_many_columns",
            "SELECT 中超过 50 列",
            "SELECT has more than 50 columns",
            "减少 SELECT 中的列。",
            "Select fewer columns."),
    /** More constants in one IN than {@link QueryLanguage#MAX_IN}. */
    TOO_MANY_VALUES(
            "sql.too_many_values",
            "一个 IN 中超过 500 个常量",
            "One IN lists more than 500 constants",
            "减少 IN 中的常量，或改用更粗的维度。",
            "List fewer constants, or use a coarser dimension.");

    private final String code;
    private final String causeZh;
    private final String causeEn;
    private final String nextStepZh;
    private final String nextStepEn;

    SqlRefusal(String code, String causeZh, String causeEn, String nextStepZh, String nextStepEn) {
        this.code = code;
        this.causeZh = causeZh;
        this.causeEn = causeEn;
        this.nextStepZh = nextStepZh;
        this.nextStepEn = nextStepEn;
    }

    /** The stable word for it on every interface. */
    public String code() {
        return code;
    }

    /** What is wrong, in Chinese and without a full stop, so that the identifier at fault can follow. */
    public String causeZh() {
        return causeZh;
    }

    /** What is wrong, in English, likewise. */
    public String causeEn() {
        return causeEn;
    }

    /** What to do instead, in Chinese. */
    public String nextStepZh() {
        return nextStepZh;
    }

    /** What to do instead, in English. */
    public String nextStepEn() {
        return nextStepEn;
    }
}
