package dev.hufu.rego.bundle;

import dev.hufu.rego.Obj;
import dev.hufu.rego.builtin.TokenKey;
import java.util.Optional;

/**
 * How a bundle is signed.
 *
 * @param keyId written into the signature; empty for none
 * @param claims the payload's further members, {@code scope} among them; without any the key's name is repeated there
 */
public record Signing(TokenKey key, String keyId, Optional<Obj> claims) {
    /** The name that {@code opa} gives a key if not told another. */
    public static final String DEFAULT_KEY = "default";

    /** @throws BundleException with code {@code bundle_key} for a key that cannot sign */
    public static Signing with(String algorithm, String key, String keyId, Optional<Obj> claims)
            throws BundleException {
        TokenKey read = Verification.key(algorithm, key);
        if (!read.canSign()) {
            throw new BundleException(BundleException.Code.KEY, "", "a public key cannot sign; give the private one");
        }
        return new Signing(read, keyId, claims);
    }
}
