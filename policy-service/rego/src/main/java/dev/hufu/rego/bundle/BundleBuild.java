package dev.hufu.rego.bundle;

import static dev.hufu.rego.bundle.BundleException.Code.ENTRYPOINT;
import static dev.hufu.rego.bundle.BundleException.Code.PATH;

import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.RegoVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a bundle of what is on disk, as {@code opa build} does, and refuses what would not load: modules that do not compile
 * together, entrypoints that do not exist, anything outside the roots.
 *
 * @param bundles the paths are bundles, tarballs or directories; else modules and documents of any name
 * @param revision written into the manifest; empty to keep what is there
 * @param entrypoints slash-separated paths of rules or packages that must exist
 * @param ignored patterns of names of files and directories that are passed over
 * @param reader what is taken of bundles, and the version of the language
 * @param options how modules are compiled; their version is the reader's
 */
public record BundleBuild(
        boolean bundles,
        String revision,
        List<String> entrypoints,
        List<String> ignored,
        BundleReader reader,
        CompileOptions options) {
    public BundleBuild {
        entrypoints = List.copyOf(entrypoints);
        ignored = List.copyOf(ignored);
    }

    /** With what {@code opa build} does if not told another. */
    public static BundleBuild defaults() {
        BundleReader reader = new BundleReader(BundleLimits.DEFAULT, Verification.unsigned());
        return new BundleBuild(false, "", List.of(), List.of(), reader, CompileOptions.defaults());
    }

    /**
     * Builds.
     *
     * @param inputs files and directories by the names that their files carry in the bundle, {@code policies}
     * @throws BundleException whatever is wrong with one of them
     * @throws IOException if one cannot be read
     */
    public Bundle build(SortedMap<String, Path> inputs) throws BundleException, IOException {
        Bundle built = (bundles ? merged(inputs) : plain(inputs)).labelled(revision, reader.version());
        built.compile(options.withV0(reader.version() == RegoVersion.V0));
        checkEntrypoints(built);
        return built;
    }

    /** Bundles as they are, tarballs or directories, together; see {@link Bundle#merge}. */
    public Bundle merged(SortedMap<String, Path> inputs) throws BundleException, IOException {
        SortedMap<String, Bundle> read = new TreeMap<>();
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            List<BundleFile> files = reader.files(input.getValue(), ignored);
            read.put(BundlePath.of(input.getKey(), reader.limits()), reader.of(files));
        }
        return Bundle.merge(read);
    }

    private Bundle plain(SortedMap<String, Path> inputs) throws BundleException, IOException {
        List<BundleModule> modules = new ArrayList<>();
        List<String> dataFiles = new ArrayList<>();
        DataTree data = new DataTree();
        BundleDirectory directory = new BundleDirectory(reader.limits(), ignored);
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            boolean isDirectory = Files.isDirectory(input.getValue());
            if (!isDirectory && !BundleDirectory.isSource(input.getKey())) {
                throw new BundleException(
                        PATH, input.getKey(), "neither *.rego nor *.json nor *.yaml; for a bundle, say --bundle");
            }
            for (BundleFile file : directory.sources(input.getValue())) {
                String path = isDirectory ? input.getKey() + "/" + file.path() : input.getKey();
                String name = BundlePath.of(path, reader.limits());
                if (file.isModule()) {
                    modules.add(BundleModule.parse(new BundleFile(name, file.content()), reader.version()));
                } else {
                    data.add(file);
                    dataFiles.add(file.path());
                }
            }
        }
        return new Bundle(Manifest.EMPTY, modules, data.build(), dataFiles, List.of());
    }

    private void checkEntrypoints(Bundle built) throws BundleException {
        List<String> rules = built.modules().stream()
                .flatMap(module -> module.rules().stream())
                .map(path -> String.join("/", path))
                .toList();
        for (String entrypoint : entrypoints) {
            String path = entrypoint.replaceAll("^/+|/+$", "");
            if (rules.stream().noneMatch(rule -> rule.equals(path) || rule.startsWith(path + "/"))) {
                String what = "no rule or package at entrypoint " + BundleException.shown(path)
                        + "; write its path with slashes, as example/allow";
                throw new BundleException(ENTRYPOINT, "", what);
            }
        }
    }
}
