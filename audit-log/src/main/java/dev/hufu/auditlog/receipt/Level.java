package dev.hufu.auditlog.receipt;

/** How much a receipt shows. */
public enum Level {
    /** Durable in the journal, with a signed promise of integration. */
    D1,
    /** Under a signed checkpoint, with an inclusion proof. */
    D2,
    /** Under a signed checkpoint that witnesses cosigned; whether enough of those one trusts, a policy says. */
    D3
}
