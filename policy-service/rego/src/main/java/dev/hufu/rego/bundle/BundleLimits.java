package dev.hufu.rego.bundle;

/**
 * Bounds of what is read.
 *
 * @param compressedBytes of the tarball
 * @param bytes of all that is unpacked, headers and padding included
 * @param files how many entries, directories included
 * @param pathBytes of a name
 * @param depth directories around a file
 */
public record BundleLimits(long compressedBytes, long bytes, int files, int pathBytes, int depth) {
    private static final int MIB = 1 << 20;

    /** 64 MiB packed, 256 MiB unpacked, 10,000 entries, 1,024 bytes and 64 directories a name. */
    public static final BundleLimits DEFAULT = new BundleLimits(64L * MIB, 256L * MIB, 10_000, 1_024, 64);

    public BundleLimits {
        if (compressedBytes < 1 || bytes < 1 || files < 1 || pathBytes < 1 || depth < 1) {
            throw new IllegalArgumentException("a limit is less than 1");
        }
    }

    BundleException tooLarge(String file, String what) {
        return new BundleException(
                BundleException.Code.TOO_LARGE, file, what + "; split the bundle, or read it with larger BundleLimits");
    }
}
