package dev.hufu.service.web.security;

import dev.hufu.service.identity.IdentityEvent;
import dev.hufu.service.identity.IdentityListener;
import dev.hufu.service.identity.PasswordsBusyException;
import dev.hufu.service.identity.SignIn;
import dev.hufu.service.identity.SignInResult;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Signs a person in to the pages. Without its entry in the log no session begins. */
public final class SessionSignIn implements AuthenticationProvider {
    private final SignIn signIn;
    private final IdentityListener listener;

    public SessionSignIn(SignIn signIn, IdentityListener listener) {
        this.signIn = signIn;
        this.listener = listener;
    }

    @Override
    public Authentication authenticate(Authentication typed) {
        String password = typed.getCredentials() instanceof String text ? text : "";
        SignInResult result;
        try {
            result = signIn.check(typed.getName(), password);
        } catch (PasswordsBusyException e) {
            throw new AuthenticationServiceException("busy", e);
        }
        return switch (result) {
            case SignInResult.Proved proved -> {
                begin(proved);
                yield new CallerAuthentication(proved.account(), Optional.empty());
            }
            case SignInResult.Refused refused -> throw new BadCredentialsException("refused");
            case SignInResult.Wait wait -> throw new LockedException("wait");
        };
    }

    private void begin(SignInResult.Proved proved) {
        try {
            listener.before(new IdentityEvent.SessionStarted(proved.account().id()));
        } catch (RuntimeException e) {
            throw new AuthenticationServiceException("the sign-in could not be written to the log", e);
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
