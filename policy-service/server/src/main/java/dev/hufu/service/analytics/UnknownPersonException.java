package dev.hufu.service.analytics;

/** Nobody has this id. It says which of several, and never repeats it. */
public final class UnknownPersonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    UnknownPersonException(int position) {
        super("nobody has the id at position " + position);
        this.position = position;
    }

    /** From 0. */
    public int position() {
        return position;
    }
}
