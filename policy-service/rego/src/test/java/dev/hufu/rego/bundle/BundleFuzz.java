package dev.hufu.rego.bundle;

import java.nio.file.Files;
import java.nio.file.Path;

/** Any tar, packed: the reader gives a bundle that it can write and read again, or throws its own exception. */
public final class BundleFuzz {
    private BundleFuzz() {}

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] tar) throws Exception {
        BundleFuzzTest.exercise(Tarball.gzip(tar));
    }

    /** Loads most classes, which takes long while they are instrumented, before anything is timed. */
    public static void fuzzerInitialize() throws Exception {
        fuzzerTestOneInput(BundleFuzzTest.seed(true));
    }

    /** Writes tars to begin with. */
    public static void seed(Path folder) throws Exception {
        Files.write(folder.resolve("plain"), BundleFuzzTest.seed(false));
        Files.write(folder.resolve("signed"), BundleFuzzTest.seed(true));
    }
}
