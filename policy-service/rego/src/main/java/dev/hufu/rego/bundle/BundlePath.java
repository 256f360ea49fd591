package dev.hufu.rego.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of files from the bundle's root. OPA writes them with a slash in front, {@code tar} with {@code ./}: both mean the
 * root, and nothing is ever unpacked to a disk.
 */
final class BundlePath {
    private BundlePath() {}

    /** The name without what is in front of it; empty for the root. */
    static String of(String name, BundleLimits limits) throws BundleException {
        if (name.getBytes(StandardCharsets.UTF_8).length > limits.pathBytes()) {
            throw limits.tooLarge(name, "a name longer than " + limits.pathBytes() + " bytes");
        }
        String relative = name.startsWith("/") ? name.substring(1) : name;
        List<String> segments = new ArrayList<>();
        for (String segment : relative.split("/")) {
            if (segment.equals("..")) {
                throw refused(name, "the name leads out of its directory (..)");
            }
            if (segment.isEmpty() && !relative.isEmpty()) {
                throw refused(name, "the name has an empty part (//)");
            }
            if (!segment.equals(".") && !segment.isEmpty()) {
                segments.add(segment);
            }
        }
        if (name.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw refused(name, "the name has a backslash or a control character");
        }
        if (segments.size() > limits.depth() + 1) {
            throw limits.tooLarge(name, "more than " + limits.depth() + " directories deep");
        }
        return String.join("/", segments);
    }

    private static BundleException refused(String name, String why) {
        return new BundleException(BundleException.Code.PATH, name, why + "; pack the bundle anew from its own root");
    }
}
