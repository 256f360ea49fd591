package dev.hufu.auditlog.witness;

import dev.hufu.auditlog.note.WitnessKey;
import java.net.URI;

/**
 * A witness and where it is asked.
 *
 * @param key with which it cosigns
 * @param url its submission prefix, http or https; {@code /add-checkpoint} is added
 */
public record WitnessPlace(WitnessKey key, URI url) {
    /** Checks the address. */
    public WitnessPlace {
        String scheme = url.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme))
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null) {
            throw new IllegalArgumentException("a witness's address is http or https, a host, and a path at most");
        }
    }
}
