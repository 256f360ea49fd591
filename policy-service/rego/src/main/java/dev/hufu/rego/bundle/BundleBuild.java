package dev.hufu.rego.bundle;

import static dev.hufu.rego.bundle.BundleException.Code.ENTRYPOINT;
import static dev.hufu.rego.bundle.BundleException.Code.PATH;
import static dev.hufu.rego.bundle.BundleException.Code.ROOTS;

import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Obj;
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
 * together, entrypoints that do not exist, anything outside the roots. Of a directory the files count that a bundle may hold:
 * modules, documents named {@code data.json} or {@code data.yaml}, and, where it is the only path, {@code .manifest}.
 *
 * @param bundles the paths are bundles, tarballs or directories; else directories, modules, and documents of any name
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
        boolean whole = bundles
                || (inputs.size() == 1 && hasManifest(inputs.firstEntry().getValue()));
        Bundle built = (whole ? merged(inputs) : plain(inputs)).labelled(revision, reader.version());
        built.compile(options.withV0(reader.version() == RegoVersion.V0));
        checkEntrypoints(built);
        return built;
    }

    /** Bundles as they are, tarballs or directories, together; see {@link Bundle#merge}. */
    public Bundle merged(SortedMap<String, Path> inputs) throws BundleException, IOException {
        SortedMap<String, Bundle> read = new TreeMap<>();
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            try {
                List<BundleFile> files = reader.files(input.getValue(), ignored);
                read.put(BundlePath.of(input.getKey(), reader.limits()), reader.of(files, input.getValue()));
            } catch (BundleException wrong) {
                throw wrong.in(input.getKey(), inputs.size() > 1);
            }
        }
        return Bundle.merge(read);
    }

    private static boolean hasManifest(Path place) {
        return Files.exists(place.resolve(BundleFile.MANIFEST));
    }

    /**
     * Documents alone, as {@link #build} takes them.
     *
     * @param base what is there already
     */
    public Obj documents(SortedMap<String, Path> inputs, Obj base) throws BundleException, IOException {
        DataTree data = new DataTree();
        data.add(List.of(), base, "");
        for (Path input : inputs.values()) {
            for (BundleFile file : new BundleDirectory(reader.limits(), ignored).documents(input)) {
                data.add(file);
            }
        }
        return data.build();
    }

    /** Whether a file so named is a document, not a module. */
    public static boolean isDocument(String name) {
        return BundleDirectory.isDocument(name);
    }

    /** Names of documents in directories that {@link #build} does not take. */
    public List<String> passedOver(SortedMap<String, Path> inputs) throws BundleException, IOException {
        List<String> names = new ArrayList<>();
        for (Path input : inputs.values()) {
            names.addAll(new BundleDirectory(reader.limits(), ignored).passedOver(input));
        }
        inputs.values().forEach(input -> names.remove(input.getFileName().toString())); // taken by its own name
        return names;
    }

    private Bundle plain(SortedMap<String, Path> inputs) throws BundleException, IOException {
        List<BundleModule> modules = new ArrayList<>();
        List<String> dataFiles = new ArrayList<>();
        DataTree data = new DataTree();
        BundleDirectory directory = new BundleDirectory(reader.limits(), ignored);
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            boolean isDirectory = Files.isDirectory(input.getValue());
            if (isDirectory && hasManifest(input.getValue())) {
                throw new BundleException(ROOTS, input.getKey(), "a bundle's root among others; say --bundle");
            }
            List<BundleFile> files = directory.sources(input.getValue());
            if (!isDirectory && files.isEmpty()) {
                throw new BundleException(
                        PATH, input.getKey(), "neither *.rego nor *.json nor *.yaml; for a bundle, say --bundle");
            }
            reader.limits().check(files);
            for (BundleFile file : files) {
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
