package dev.hufu.rego;

import java.util.List;

/** A change of a {@link Store} at a path where nothing is, or nothing can be. */
public final class StorePathException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> path;

    StorePathException(List<String> path, String message) {
        super(message);
        this.path = List.copyOf(path);
    }

    /** The change's path. */
    public List<String> path() {
        return path;
    }
}
