package dev.hufu.rego;

import java.util.List;
import java.util.stream.Collectors;

/** Modules or a query that do not compile, with everything that was found, in order of place. */
public final class RegoCompileException extends Exception {
    private final transient List<RegoError> errors;

    public RegoCompileException(List<RegoError> errors) {
        super(errors.stream().map(RegoError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    public List<RegoError> errors() {
        return errors;
    }
}
