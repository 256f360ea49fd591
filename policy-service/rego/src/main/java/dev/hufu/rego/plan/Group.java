package dev.hufu.rego.plan;

import dev.hufu.rego.EvaluationException;
import dev.hufu.rego.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one name. */
abstract sealed class Group permits CompleteGroup, DocumentGroup, FunctionGroup {
    /** Marks in a cache that the document was found undefined. */
    static final Object UNDEFINED = new Object();

    final int id;
    final List<Value> path;
    final String name;

    Group(int id, List<Value> path, String name) {
        this.id = id;
        this.path = path;
        this.name = name;
    }

    /** The whole document; null where it is undefined. Functions have none. */
    abstract @Nullable Value value(Evaluation run);

    /** The document under one key. */
    abstract @Nullable Value value(Evaluation run, Value key);

    /** Two values were found where there may be one. It is told in the words of OPA before 1.22 and in those since. */
    EvaluationException conflict(String where) {
        return new EvaluationException(EvaluationException.CONFLICT, where, "object keys must be unique");
    }

    final @Nullable Value base(Evaluation run) {
        return run.world.base(path);
    }
}
