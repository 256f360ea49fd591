package dev.hufu.service.identity;

/** A change of accounts or tokens that was refused; nothing was changed. */
public final class AccountRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final AccountRefusal refusal;

    public AccountRefusedException(AccountRefusal refusal) {
        super(refusal.name(), null, false, false); // an answer, not a fault
        this.refusal = refusal;
    }

    public AccountRefusal refusal() {
        return refusal;
    }
}
