package dev.hufu.rego.bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes bundles as {@code opa build} does; the same bundle gives the same bytes (but for ECDSA's and PSS's signatures). */
public final class BundleWriter {
    private BundleWriter() {}

    /** The tarball: data in one file, modules, what is opaque, the manifest and, where asked for, the signature. */
    public static byte[] write(Bundle bundle, Optional<Signing> signing) throws BundleException {
        List<BundleFile> files = new ArrayList<>();
        files.add(new BundleFile("data.json", bundle.data().toJson() + "\n"));
        bundle.modules().stream()
                .map(BundleModule::file)
                .sorted(Comparator.comparing(BundleFile::path))
                .forEach(files::add);
        bundle.opaque().stream().sorted(Comparator.comparing(BundleFile::path)).forEach(files::add);
        files.add(
                new BundleFile(BundleFile.MANIFEST, bundle.manifest().toValue().toJson() + "\n"));
        if (signing.isPresent()) {
            files.add(BundleSignature.sign(files, signing.get()));
        }
        return TarWriter.write(files);
    }
}
