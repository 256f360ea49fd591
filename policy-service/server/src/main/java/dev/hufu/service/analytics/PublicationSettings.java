package dev.hufu.service.analytics;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How publications are built.
 *
 * @param k least persons of an atom; decisions may ask for more, never for less
 * @param core dimensions whose crosses must be good, in this order; those a population lacks are left out
 * @param weights how often ordinary questions use a dimension, 1 where absent
 * @param workforce the population whose person keys are employee ids; keys of any other are told apart by its name
 */
public record PublicationSettings(int k, List<String> core, Map<String, Double> weights, String workforce) {
    /** Latest periods that a publication covers; a presence mask of them fits a 64-bit word. */
    public static final int MAX_PERIODS = 60;

    /** Most core dimensions of a population that has none of the named ones. */
    static final int OWN_CORE = 2;

    public PublicationSettings {
        core = List.copyOf(core);
        // In order: their text is part of what a publication is built from, and must be the same in every process.
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
    }

    /** The defaults of the shipped policy: k 10, crosses of country, grade, gender and unit, what pay goes with most first. */
    public static PublicationSettings defaults() {
        return new PublicationSettings(
                10,
                List.of("country", "grade", "gender", "org_unit"),
                Map.of("unit2", 0.6, "team", 0.3, "contract_type", 0.7),
                "employees");
    }
}
