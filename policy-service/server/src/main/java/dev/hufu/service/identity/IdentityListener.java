package dev.hufu.service.identity;

/**
 * Told of every event before it takes effect. What it throws undoes the event: an account is not changed, a token is not
 * made and a session does not begin without their entry.
 */
@FunctionalInterface
public interface IdentityListener {
    void before(IdentityEvent event);
}
