package dev.hufu.service.identity;

import dev.hufu.service.request.DatasetName;
import dev.hufu.service.request.Purpose;
import java.util.Set;

/**
 * What a token may be used for, never more than its account may. An empty set of purposes or datasets does not narrow; an
 * empty set of scopes opens nothing.
 *
 * @throws IllegalArgumentException for more than 32 purposes or 64 datasets
 */
public record TokenGrant(Set<TokenScope> scopes, Set<Purpose> purposes, Set<DatasetName> datasets) {
    private static final int MAX_PURPOSES = 32;
    private static final int MAX_DATASETS = 64;

    public TokenGrant {
        scopes = Set.copyOf(scopes);
        purposes = Set.copyOf(purposes);
        datasets = Set.copyOf(datasets);
        if (purposes.size() > MAX_PURPOSES || datasets.size() > MAX_DATASETS) {
            throw new IllegalArgumentException(
                    "a token names at most " + MAX_PURPOSES + " purposes and " + MAX_DATASETS + " datasets");
        }
    }

    public boolean allows(Purpose purpose, DatasetName dataset) {
        return (purposes.isEmpty() || purposes.contains(purpose)) && (datasets.isEmpty() || datasets.contains(dataset));
    }
}
