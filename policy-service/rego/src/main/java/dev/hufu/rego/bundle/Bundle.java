package dev.hufu.rego.bundle;

import static dev.hufu.rego.bundle.BundleException.Code.CONFLICT;
import static dev.hufu.rego.bundle.BundleException.Code.MANIFEST;
import static dev.hufu.rego.bundle.BundleException.Code.ROOTS;

import dev.hufu.rego.Arr;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.Policy;
import dev.hufu.rego.RegoCompileException;
import dev.hufu.rego.RegoVersion;
import dev.hufu.rego.Source;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of policies and data, checked: it stays within its roots, and no rule stands where data does. Immutable.
 *
 * <pre>{@code
 * Bundle bundle = new BundleReader(BundleLimits.DEFAULT, Verification.with("RS256", publicKey)).read(bytes);
 * Policy policy = bundle.compile(CompileOptions.defaults());
 * Optional<Value> allow = policy.prepare("data.example.allow").evaluate(input, bundle.data(), Budget.DEFAULT);
 * }</pre>
 */
public final class Bundle {
    private final Manifest manifest;
    private final List<BundleModule> modules;
    private final Obj data;
    private final List<String> dataFiles;
    private final List<BundleFile> opaque;

    /** Throws where something stands outside the roots or twice; {@code opaque} is what another engine runs. */
    Bundle(Manifest manifest, List<BundleModule> modules, Obj data, List<String> dataFiles, List<BundleFile> opaque)
            throws BundleException {
        this.manifest = manifest;
        this.modules = List.copyOf(modules);
        this.data = data;
        this.dataFiles = List.copyOf(dataFiles);
        this.opaque = List.copyOf(opaque);
        checkRoots();
        checkWasm();
        for (BundleModule module : modules) {
            checkApartFromData(module);
        }
    }

    private void checkRoots() throws BundleException {
        manifest.checkRoots();
        for (BundleModule module : modules) {
            if (!manifest.permits(module.pkg())) {
                throw outside(
                        module.file().path(),
                        "package " + String.join(".", module.parsed().pkg()));
            }
        }
        checkRoots(data, "");
    }

    private void checkRoots(Value value, String path) throws BundleException {
        if (manifest.permits(path)) {
            return;
        }
        if (!(value instanceof Obj object) || !manifest.leadsTo(path)) {
            throw outside("", "data at " + BundleException.shown(path));
        }
        for (int i = 0; i < object.size(); i++) {
            String name = object.keyAt(i) instanceof Str text
                    ? text.value()
                    : object.keyAt(i).toJson();
            checkRoots(object.valueAt(i), path.isEmpty() ? name : path + "/" + name);
        }
    }

    private BundleException outside(String file, String what) {
        return new BundleException(
                ROOTS,
                file,
                what + " is outside the manifest's roots "
                        + BundleException.shown(manifest.roots().toString())
                        + "; move it, or name its root");
    }

    private void checkWasm() throws BundleException {
        for (Value resolver : manifest.wasm()) {
            if (!(resolver instanceof Obj fields)) {
                throw new BundleException(
                        MANIFEST, BundleFile.MANIFEST, "wasm is no list of objects; build the bundle again");
            }
            String module = fields.get("module") instanceof Str text ? text.value() : "";
            if (opaque.stream().noneMatch(file -> file.path().equals(module.replaceFirst("^/", "")))) {
                String what = "the Wasm module " + BundleException.shown(module)
                        + " is not in the bundle; build it again with it";
                throw new BundleException(MANIFEST, BundleFile.MANIFEST, what);
            }
            String entrypoint = fields.get("entrypoint") instanceof Str text ? text.value() : "";
            if (!manifest.permits(entrypoint)) {
                throw outside(BundleFile.MANIFEST, "entrypoint " + BundleException.shown(entrypoint));
            }
        }
    }

    private void checkApartFromData(BundleModule module) throws BundleException {
        for (List<String> path : module.rules()) {
            if (hasData(path)) {
                String what = "a rule and data both stand at data." + BundleException.shown(String.join(".", path))
                        + "; rename one";
                throw new BundleException(CONFLICT, module.file().path(), what);
            }
        }
    }

    /** Something stands at the path, or something other than an object on the way. */
    private boolean hasData(List<String> path) {
        Value node = data;
        for (String key : path) {
            if (!(node instanceof Obj object)) {
                return true;
            }
            @Nullable Value next = object.get(key);
            if (next == null) {
                return false;
            }
            node = next;
        }
        return true;
    }

    /**
     * Several as one, as OPA activates them together: their roots must lie apart.
     *
     * @param bundles by name; where there are several, the name stands before their files' names
     * @throws BundleException with code {@code bundle_roots} where two claim one path
     */
    public static Bundle merge(SortedMap<String, Bundle> bundles) throws BundleException {
        if (bundles.size() == 1) {
            return bundles.firstEntry().getValue();
        }
        checkApart(bundles);
        List<String> roots = new ArrayList<>();
        List<BundleModule> modules = new ArrayList<>();
        DataTree data = new DataTree();
        List<String> dataFiles = new ArrayList<>();
        List<BundleFile> opaque = new ArrayList<>();
        List<Value> wasm = new ArrayList<>();
        for (Map.Entry<String, Bundle> entry : bundles.entrySet()) {
            String prefix = entry.getKey().isEmpty() ? "" : entry.getKey() + "/";
            Bundle bundle = entry.getValue();
            roots.addAll(bundle.manifest.roots());
            bundle.modules.forEach(
                    module -> modules.add(module.renamed(prefix + module.file().path())));
            data.add(List.of(), bundle.data, entry.getKey());
            bundle.dataFiles.forEach(file -> dataFiles.add(prefix + file));
            bundle.opaque.forEach(file -> opaque.add(new BundleFile(prefix + file.path(), file.content())));
            bundle.manifest.wasm().forEach(resolver -> wasm.add(moved((Obj) resolver, "/" + prefix)));
        }
        Manifest manifest = new Manifest("", roots, Optional.empty(), new TreeMap<>(), Arr.of(wasm), Obj.EMPTY);
        return new Bundle(manifest, modules, data.build(), dataFiles, opaque);
    }

    private static Obj moved(Obj resolver, String prefix) {
        String module = resolver.get("module") instanceof Str text ? text.value() : "";
        return new ObjBuilder()
                .putAll(resolver)
                .put("module", new Str(prefix + module.replaceFirst("^/", "")))
                .build();
    }

    private static void checkApart(SortedMap<String, Bundle> bundles) throws BundleException {
        Map<String, String> owners = new LinkedHashMap<>();
        for (Map.Entry<String, Bundle> bundle : bundles.entrySet()) {
            for (String root : bundle.getValue().manifest.roots()) {
                for (Map.Entry<String, String> known : owners.entrySet()) {
                    if (Manifest.overlap(root, known.getKey())) {
                        String what = "root '" + BundleException.shown(root) + "' overlaps root '"
                                + BundleException.shown(known.getKey()) + "' of "
                                + BundleException.shown(known.getValue()) + "; give each bundle roots of its own";
                        throw new BundleException(ROOTS, bundle.getKey(), what);
                    }
                }
            }
            bundle.getValue().manifest.roots().forEach(root -> owners.put(root, bundle.getKey()));
        }
    }

    /** With a revision, and with the language's versions written out. */
    Bundle labelled(String revision, RegoVersion version) throws BundleException {
        SortedMap<String, RegoVersion> versions = new TreeMap<>();
        for (BundleModule module : modules) {
            if (module.version() != version) {
                versions.put("/" + module.file().path(), module.version());
            }
        }
        String named = revision.isEmpty() ? manifest.revision() : revision;
        Manifest labelled = new Manifest(
                named, manifest.roots(), Optional.of(version), versions, manifest.wasm(), manifest.metadata());
        return new Bundle(labelled, modules, data, dataFiles, opaque);
    }

    public Manifest manifest() {
        return manifest;
    }

    /** The modules, each with its version of the language. */
    public List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        try {
            for (BundleModule module : modules) {
                sources.add(module.source());
            }
        } catch (BundleException impossible) {
            throw new IllegalStateException(impossible); // it was parsed
        }
        return sources;
    }

    /** The base document under {@code data}. */
    public Obj data() {
        return data;
    }

    /** What another engine runs, kept as it is. */
    public List<BundleFile> opaque() {
        return opaque;
    }

    /** Files by the package or the path of {@code data} that they contribute to. */
    public SortedMap<String, List<String>> namespaces() {
        SortedMap<String, List<String>> found = new TreeMap<>();
        for (BundleModule module : modules) {
            found.computeIfAbsent("data." + module.pkg().replace('/', '.'), _ -> new ArrayList<>())
                    .add(module.file().path());
        }
        for (String file : dataFiles) {
            int end = file.lastIndexOf('/');
            String path = end < 0 ? "data" : "data." + file.substring(0, end).replace('/', '.');
            found.computeIfAbsent(path, _ -> new ArrayList<>()).add(file);
        }
        return found;
    }

    List<BundleModule> modules() {
        return modules;
    }

    /**
     * Compiles the modules together.
     *
     * @throws BundleException with code {@code bundle_module}; the cause is the {@link RegoCompileException}
     */
    public Policy compile(CompileOptions options) throws BundleException {
        try {
            return Policy.compile(sources(), options);
        } catch (RegoCompileException failed) {
            throw BundleException.of(failed);
        }
    }
}
