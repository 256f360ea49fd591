package dev.hufu.rego.bundle;

import java.util.List;

/**
 * Bounds of what is read.
 *
 * @param compressedBytes of the tarball
 * @param bytes of all that is unpacked, headers and padding included
 * @param files how many entries, directories included
 * @param pathBytes of a name
 * @param depth directories around a file
 * @param moduleBytes of all modules together, which a compiler takes a hundredfold
 * @param values of all documents together, keys included; one in YAML counts for twenty
 */
public record BundleLimits(
        long compressedBytes, long bytes, int files, int pathBytes, int depth, long moduleBytes, long values) {
    private static final int MIB = 1 << 20;
    private static final int YAML_WEIGHT = 20;

    /**
     * 64 MiB packed, 128 MiB unpacked, 10,000 entries, 1,024 bytes and 64 directories a name, 8 MiB of modules, 20 million
     * values: what a heap of 2 GB can hold.
     */
    public static final BundleLimits DEFAULT =
            new BundleLimits(64L * MIB, 128L * MIB, 10_000, 1_024, 64, 8L * MIB, 20_000_000);

    public BundleLimits {
        if (compressedBytes < 1
                || bytes < 1
                || files < 1
                || pathBytes < 1
                || depth < 1
                || moduleBytes < 1
                || values < 1) {
            throw new IllegalArgumentException("a limit is less than 1");
        }
    }

    /** Refuses modules and documents that, parsed, would take memory out of proportion to their size. */
    void check(List<BundleFile> files) throws BundleException {
        long ofModules = 0;
        long ofDocuments = 0;
        for (BundleFile file : files) {
            if (file.isModule()) {
                ofModules += file.content().length;
            } else {
                ofDocuments += file.isYaml() ? YAML_WEIGHT * file.marks() : file.marks();
            }
            if (ofModules > moduleBytes) {
                throw tooLarge(file.path(), "more than " + moduleBytes + " bytes of modules");
            }
            if (ofDocuments > values) {
                String what = file.isYaml()
                        ? values / YAML_WEIGHT + " values in YAML, which JSON may have more of"
                        : values + " values";
                throw tooLarge(file.path(), "more than " + what);
            }
        }
    }

    BundleException tooLarge(String file, String what) {
        return new BundleException(
                BundleException.Code.TOO_LARGE, file, what + "; split the bundle, or read it with larger BundleLimits");
    }
}
