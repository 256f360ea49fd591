package dev.hufu.rego.bundle;

import static dev.hufu.rego.bundle.BundleException.Code.CONFLICT;
import static dev.hufu.rego.bundle.BundleException.Code.UNSUPPORTED;

import dev.hufu.rego.RegoVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads bundles as OPA does (documentation, "Bundles"). Immutable; for any number of threads.
 *
 * @param version of modules of which the manifest does not say it
 */
public record BundleReader(BundleLimits limits, Verification verification, RegoVersion version) {
    private static final Set<String> OPAQUE = Set.of("policy.wasm", "plan.json", "plan.pb");

    /** For Rego v1. */
    public BundleReader(BundleLimits limits, Verification verification) {
        this(limits, verification, RegoVersion.V1);
    }

    /** @throws BundleException whatever is wrong with it */
    public Bundle read(byte[] tarball) throws BundleException {
        try {
            return read(new ByteArrayInputStream(tarball));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it is in memory
        }
    }

    /**
     * Reads a tarball to its end and closes the stream.
     *
     * @throws BundleException whatever is wrong with it
     * @throws IOException if the stream does not answer
     */
    public Bundle read(InputStream tarball) throws BundleException, IOException {
        return of(TarReader.read(tarball, limits), Path.of(""));
    }

    /** Reads a tarball, or a directory as a bundle's root; links in it are refused. */
    public Bundle read(Path place) throws BundleException, IOException {
        return of(files(place, List.of()), place);
    }

    /** The signature file of a bundle on disk, to be packed with it; one that it has counts for nothing. */
    public BundleFile signature(Path place, Signing signing) throws BundleException, IOException {
        List<BundleFile> files = files(place, List.of()).stream()
                .filter(file -> !file.name().equals(BundleFile.SIGNATURES))
                .toList();
        new BundleReader(limits, Verification.unsigned(), version).of(files, place);
        return BundleSignature.sign(files, signing);
    }

    List<BundleFile> files(Path place, List<String> ignored) throws BundleException, IOException {
        return Files.isDirectory(place)
                ? new BundleDirectory(limits, ignored).all(place)
                : TarReader.read(Files.newInputStream(place), limits);
    }

    /** Of a tarball's or a directory's files; {@code place} is where they were, as far as is known. */
    Bundle of(List<BundleFile> files, Path place) throws BundleException {
        limits.check(files.stream().filter(BundleFile::isParsed).toList());
        BundleFile signatures = null;
        BundleFile manifestFile = null;
        List<BundleFile> signed = new ArrayList<>();
        for (BundleFile file : files) {
            if (file.name().equals(BundleFile.SIGNATURES)) {
                signatures = only(signatures, file);
            } else {
                signed.add(file);
            }
            if (file.path().endsWith(BundleFile.MANIFEST)) {
                manifestFile = only(manifestFile, file);
            }
            refuseUnsupported(file);
        }
        BundleSignature.check(
                signed, signatures, verification, place.toAbsolutePath().normalize());
        Manifest manifest = manifestFile == null ? Manifest.EMPTY : Manifest.read(manifestFile);
        return assemble(manifest, signed);
    }

    private Bundle assemble(Manifest manifest, List<BundleFile> files) throws BundleException {
        List<BundleModule> modules = new ArrayList<>();
        List<BundleFile> opaque = new ArrayList<>();
        List<String> dataFiles = new ArrayList<>();
        DataTree data = new DataTree();
        List<BundleFile> sorted =
                files.stream().sorted(Comparator.comparing(BundleFile::path)).toList();
        for (BundleFile file : sorted) {
            if (file.isModule()) {
                modules.add(
                        BundleModule.parse(file, manifest.version(file.path()).orElse(version)));
            } else if (file.isData()) {
                data.add(file);
                dataFiles.add(file.path());
            } else if (OPAQUE.contains(file.name())) {
                opaque.add(file);
            }
        }
        return new Bundle(manifest, modules, data.build(), dataFiles, opaque);
    }

    private static BundleFile only(@Nullable BundleFile first, BundleFile second) throws BundleException {
        if (first != null) {
            throw new BundleException(CONFLICT, second.path(), "there is also " + first.path() + "; keep one");
        }
        return second;
    }

    private static void refuseUnsupported(BundleFile file) throws BundleException {
        if (file.name().equals("patch.json")) {
            throw new BundleException(UNSUPPORTED, file.path(), "a delta bundle; load a whole one");
        }
        if (file.path().endsWith(".manifest.pb")) {
            throw new BundleException(UNSUPPORTED, file.path(), "a manifest as protobuf; build it with JSON");
        }
    }
}
