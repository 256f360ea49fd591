package dev.hufu.service.identity;

import dev.hufu.service.audit.Actor;
import dev.hufu.service.audit.AuditTrail;
import dev.hufu.service.audit.Entry;
import dev.hufu.service.audit.EntryType;
import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what happens to accounts, sessions and tokens into the log. Who did it, whom it concerns and their roles stand there only as
 * ciphertext.
 */
public final class IdentityTrail implements IdentityListener {
    private static final String DONE = "done";

    private final AuditTrail trail;

    public IdentityTrail(AuditTrail trail) {
        this.trail = trail;
    }

    /** Returns once the entry is durable; throws what the trail throws when it cannot be. */
    @Override
    public void before(IdentityEvent event) {
        trail.append(entry(event).withActor(actor(event)));
    }

    static Entry entry(IdentityEvent event) {
        return switch (event) {
            case IdentityEvent.SessionStarted session -> Entry.of(EntryType.SIGN_IN, "signIn", DONE);
            case IdentityEvent.TokenMade made ->
                Entry.of(EntryType.TOKEN_MADE, "makeToken", DONE).withDetails(details(made));
            case IdentityEvent.TokenRevoked revoked ->
                Entry.of(EntryType.TOKEN_REVOKED, "revokeToken", DONE).withDetails(Map.of("token", revoked.tokenId()));
            case IdentityEvent.AccountCreated created -> Entry.of(EntryType.ACCOUNT_CREATED, "createAccount", DONE);
            case IdentityEvent.ProfileChanged profile -> changed("changeProfile");
            case IdentityEvent.AccountDisabled disabled -> changed("disable");
            case IdentityEvent.AccountEnabled enabled -> changed("enable");
            case IdentityEvent.PasswordReset reset -> changed("resetPassword");
            case IdentityEvent.PasswordReplaced replaced -> changed("replacePassword");
        };
    }

    private static Entry changed(String action) {
        return Entry.of(EntryType.ACCOUNT_CHANGED, action, DONE);
    }

    private static Actor actor(IdentityEvent event) {
        return new Actor(event.by().value(), List.of(), Optional.empty(), texts(event));
    }

    /** Roles too: an account is often named as its role. */
    private static Map<String, String> texts(IdentityEvent event) {
        var texts = new HashMap<String, String>();
        if (!event.by().equals(event.account())) {
            texts.put("account", event.account().value());
        }
        if (event instanceof IdentityEvent.AccountCreated created) {
            texts.put("roles", words(created.roles().stream().map(Role::wire)));
        }
        if (event instanceof IdentityEvent.ProfileChanged profile) {
            texts.put("roles", words(profile.roles().stream().map(Role::wire)));
        }
        return texts;
    }

    private static Map<String, String> details(IdentityEvent.TokenMade made) {
        var details = new HashMap<String, String>();
        details.put("token", made.tokenId());
        details.put("expires", made.expiresAt().toString());
        details.put("scopes", words(made.grant().scopes().stream().map(TokenScope::wire)));
        if (!made.grant().purposes().isEmpty()) {
            details.put("purposes", words(made.grant().purposes().stream().map(Purpose::curie)));
        }
        if (!made.grant().datasets().isEmpty()) {
            details.put("datasets", words(made.grant().datasets().stream().map(DatasetName::value)));
        }
        return details;
    }

    private static String words(Stream<String> words) {
        return words.sorted().collect(Collectors.joining(" "));
    }
}
