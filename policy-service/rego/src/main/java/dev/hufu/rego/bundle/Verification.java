package dev.hufu.rego.bundle;

import dev.hufu.rego.builtin.BuiltinException;
import dev.hufu.rego.builtin.TokenKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of a bundle's signature. */
public sealed interface Verification {
    /** Nothing is checked, whether it is signed or not: for a bundle whose origin is known by other means. */
    record Skipped() implements Verification {}

    /** An unsigned bundle is taken; a signed one is not, as there is no key to check it with. */
    record Unsigned() implements Verification {}

    /**
     * It must be signed with one of these keys. The algorithm is the key's, never the signature's own word.
     *
     * @param keys by their names
     * @param keyId the one to use; empty where the signature says which
     * @param scope that the signature must be for; empty for one that names none
     * @param excluded patterns of file names that need not be as they were signed, {@code *} within a directory
     */
    record Signed(Map<String, TokenKey> keys, Optional<String> keyId, String scope, List<String> excluded)
            implements Verification {
        public Signed {
            keys = Map.copyOf(keys);
            excluded = List.copyOf(excluded);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no key to verify with");
            }
        }
    }

    static Verification skipped() {
        return new Skipped();
    }

    static Verification unsigned() {
        return new Unsigned();
    }

    /** With one key, whatever name the signature gives it. */
    static Verification with(String algorithm, String key) throws BundleException {
        return new Signed(Map.of("default", key(algorithm, key)), Optional.of("default"), "", List.of());
    }

    /**
     * A key for one algorithm: the secret's text for {@code HS…}, else PEM.
     *
     * @throws BundleException with code {@code bundle_key} where it is not one
     */
    static TokenKey key(String algorithm, String text) throws BundleException {
        try {
            return TokenKey.of(algorithm, text);
        } catch (BuiltinException unusable) {
            throw new BundleException(BundleException.Code.KEY, "", String.valueOf(unusable.getMessage()));
        }
    }
}
