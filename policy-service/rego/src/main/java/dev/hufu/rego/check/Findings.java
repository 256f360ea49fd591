package dev.hufu.rego.check;

import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoError;
import dev.hufu.rego.syntax.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Errors found so far. */
public final class Findings {
    private final List<RegoError> errors = new ArrayList<>();

    public List<RegoError> list() {
        return errors;
    }

    public void add(String code, Location at, String message) {
        add(code, at, message, "");
    }

    public void add(String code, Location at, String message, String hint) {
        Optional<String> shown = Optional.of(hint).filter(text -> !text.isEmpty());
        RegoError error = new RegoError(code, message, at.file(), at.row(), at.column(), shown);
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }

    public void throwIfAny() throws RegoCompileException {
        if (!errors.isEmpty()) {
            errors.sort(Comparator.comparing(RegoError::file)
                    .thenComparingInt(RegoError::row)
                    .thenComparingInt(RegoError::column));
            throw new RegoCompileException(errors);
        }
    }
}
