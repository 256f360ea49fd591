package dev.hufu.service.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The policy as files: the law pack and the house rules decide, the cases hold them. Immutable.
 *
 * <p>The digest is SHA-256 over the canonical listing: for each file under {@code lawpacks/} and {@code house/}, in order of its
 * path, the line {@code <SHA-256 in hexadecimal> two spaces <path> newline}.
 */
public final class PolicyBundle {
    private static final String LAW = "lawpacks/";
    private static final String HOUSE = "house/";
    private static final String CASES = "cases/";

    private final SortedMap<String, String> files;
    private final String digest;
    private final LawPack lawPack;
    private final String lawPackVersion;

    private PolicyBundle(SortedMap<String, String> files, String digest, LawPack lawPack, String lawPackVersion) {
        this.files = files;
        this.digest = digest;
        this.lawPack = lawPack;
        this.lawPackVersion = lawPackVersion;
    }

    /**
     * @param files text of each policy file by its path with {@code /}; folders that neither decide nor hold cases are passed over
     * @throws IllegalArgumentException when there is no law pack or no house rule, or {@code pack.yaml} is not whole
     */
    public static PolicyBundle of(SortedMap<String, String> files) {
        TreeMap<String, String> kept = new TreeMap<>();
        files.forEach((path, text) -> {
            if (path.startsWith(LAW) || path.startsWith(HOUSE) || path.startsWith(CASES)) {
                kept.put(path, text);
            }
        });
        if (kept.keySet().stream().noneMatch(p -> p.startsWith(LAW) && p.endsWith(".rego"))
                || kept.keySet().stream().noneMatch(p -> p.startsWith(HOUSE) && p.endsWith(".rego"))) {
            throw new IllegalArgumentException("a policy bundle holds lawpacks/**.rego and house/**.rego");
        }
        LawPack pack = LawPack.read(kept.getOrDefault("lawpacks/cn/pack.yaml", ""));
        String law = listingDigest(kept, List.of(LAW));
        return new PolicyBundle(
                Collections.unmodifiableSortedMap(kept),
                "sha256:" + listingDigest(kept, List.of(LAW, HOUSE)),
                pack,
                pack.effectiveFrom() + "+" + law.substring(0, 12));
    }

    /** A file of the bundle with the digest of its bytes, in hexadecimal. */
    public record File(String path, String sha256, int bytes) {}

    /** The files that decide, by path. */
    public List<File> files() {
        return files.entrySet().stream()
                .filter(e -> !e.getKey().startsWith(CASES))
                .map(e -> new File(
                        e.getKey(), sha256(e.getValue()), e.getValue().getBytes(StandardCharsets.UTF_8).length))
                .toList();
    }

    /** Rego modules by path. */
    public SortedMap<String, String> modules() {
        TreeMap<String, String> modules = new TreeMap<>();
        files.forEach((path, text) -> {
            if (path.endsWith(".rego") && !path.startsWith(CASES)) {
                modules.put(path, text);
            }
        });
        return Collections.unmodifiableSortedMap(modules);
    }

    /** Case files by path. */
    public SortedMap<String, String> cases() {
        TreeMap<String, String> cases = new TreeMap<>();
        files.forEach((path, text) -> {
            if (path.startsWith(CASES) && path.endsWith(".yaml")) {
                cases.put(path, text);
            }
        });
        return Collections.unmodifiableSortedMap(cases);
    }

    /** The text of a file of the bundle, cases included; the path is a name, never a way through directories. */
    public Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path));
    }

    public LawPack lawPack() {
        return lawPack;
    }

    /** {@code sha256:} and 64 hexadecimal digits; the version of the policy in each decision. */
    public String digest() {
        return digest;
    }

    /** Effective date of the law pack, {@code +}, and 12 hexadecimal digits of the digest of its files. */
    public String lawPackVersion() {
        return lawPackVersion;
    }

    private static String listingDigest(SortedMap<String, String> files, List<String> roots) {
        StringBuilder listing = new StringBuilder();
        files.forEach((path, text) -> {
            if (roots.stream().anyMatch(path::startsWith)) {
                listing.append(sha256(text)).append("  ").append(path).append('\n');
            }
        });
        return sha256(listing.toString());
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
