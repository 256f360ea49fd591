package dev.hufu.rego;

/** JSON null. */
public record Null() implements Value {
    public static final Null NULL = new Null();

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public String typeName() {
        return "null";
    }

    @Override
    public String toString() {
        return "null";
    }
}
