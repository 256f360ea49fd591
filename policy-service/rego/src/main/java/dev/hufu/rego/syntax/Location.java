package dev.hufu.rego.syntax;

/** A place in a source, row and column from 1. */
public record Location(String file, int row, int column) {
    public static final Location NONE = new Location("", 0, 0);
}
