package dev.hufu.service.analytics;

/** A decision carries an obligation that a statistic cannot meet; such a decision is a denial. */
public final class ObligationUnmetException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String type;

    ObligationUnmetException(String type) {
        super("the obligation " + type + " cannot be met by a statistic", null, false, false);
        this.type = type;
    }

    /** The obligation's type, as in policies. */
    public String type() {
        return type;
    }
}
