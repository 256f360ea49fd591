package dev.hufu.rego.bundle;

import dev.hufu.rego.Arr;
import dev.hufu.rego.Null;
import dev.hufu.rego.Num;
import dev.hufu.rego.Obj;
import dev.hufu.rego.ObjBuilder;
import dev.hufu.rego.RegoVersion;
import dev.hufu.rego.Str;
import dev.hufu.rego.Value;
import dev.hufu.rego.builtin.BuiltinException;
import dev.hufu.rego.builtin.Globs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code .manifest} says of a bundle.
 *
 * @param revision any text, empty where there is none
 * @param roots slash-separated paths below {@code data} that the bundle owns, apart from each other; the empty one is all
 * @param version of its modules, where it says so
 * @param fileVersions versions by pattern of file names with a slash in front, as {@code /a/*}; the first match holds
 * @param wasm OPA's entrypoints into Wasm modules, kept as they are
 * @param metadata the author's own
 */
public record Manifest(
        String revision,
        List<String> roots,
        Optional<RegoVersion> version,
        SortedMap<String, RegoVersion> fileVersions,
        Arr wasm,
        Obj metadata) {
    private static final int MAX_ROOTS = 1_000;
    private static final int MAX_PATTERNS = 100;
    private static final int MAX_PATTERN = 1_024;

    /** Of a bundle without one. */
    public static final Manifest EMPTY =
            new Manifest("", List.of(""), Optional.empty(), new TreeMap<>(), Arr.of(), Obj.EMPTY);

    public Manifest {
        roots = List.copyOf(roots);
        fileVersions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(fileVersions));
    }

    static Manifest read(BundleFile file) throws BundleException {
        try {
            if (!(file.value() instanceof Obj fields)) {
                throw invalid("it is no object; write {\"roots\": [\"name\"]}");
            }
            Value version = fields.get("rego_version");
            Manifest manifest = new Manifest(
                    member(fields, "revision", new Str("")).value(),
                    roots(fields.get("roots")),
                    isNull(version) ? Optional.empty() : Optional.of(version(version, "rego_version")),
                    fileVersions(member(fields, "file_rego_versions", Obj.EMPTY)),
                    member(fields, "wasm", Arr.of()),
                    member(fields, "metadata", Obj.EMPTY));
            manifest.checkRoots();
            return manifest;
        } catch (BundleException wrong) {
            if (wrong.file().isEmpty()) {
                throw new BundleException(wrong.code(), file.path(), wrong.problem());
            }
            throw wrong;
        }
    }

    private static SortedMap<String, RegoVersion> fileVersions(Obj written) throws BundleException {
        SortedMap<String, RegoVersion> versions = new TreeMap<>();
        int patterns = 0;
        for (Value key : written.keys()) {
            String pattern = ((Str) key).value();
            patterns += isPattern(pattern) ? 1 : 0;
            if (patterns > MAX_PATTERNS || pattern.length() > MAX_PATTERN) {
                throw invalid("file_rego_versions has more than " + MAX_PATTERNS + " patterns, or one longer than "
                        + MAX_PATTERN + "; name the files");
            }
            matches(pattern, ""); // refuses a malformed one
            versions.put(pattern, version(written.get(key), "file_rego_versions of " + BundleException.shown(pattern)));
        }
        return versions;
    }

    private static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> "*?[]{}\\".indexOf(c) >= 0);
    }

    private static boolean isNull(@Nullable Value value) {
        return value == null || value instanceof Null;
    }

    private static BundleException invalid(String what) {
        return new BundleException(BundleException.Code.MANIFEST, "", what);
    }

    private static <T extends Value> T member(Obj fields, String name, T otherwise) throws BundleException {
        Value value = fields.get(name);
        if (isNull(value)) {
            return otherwise;
        }
        if (!otherwise.getClass().isInstance(value)) {
            throw invalid(name + " is not of type " + otherwise.typeName() + "; mend it or leave it out");
        }
        @SuppressWarnings("unchecked") // of that very class
        T member = (T) value;
        return member;
    }

    private static List<String> roots(@Nullable Value written) throws BundleException {
        if (isNull(written)) {
            return List.of("");
        }
        List<String> roots = new ArrayList<>();
        for (Value root : written instanceof Arr array ? array.asList() : List.<Value>of()) {
            if (!(root instanceof Str text)) {
                throw invalid("a root is of type " + root.typeName() + ", not a string; write its path as a/b");
            }
            roots.add(text.value().replaceAll("^/+|/+$", ""));
            if (roots.size() > MAX_ROOTS) {
                throw invalid("more than " + MAX_ROOTS + " roots; name what is above them");
            }
        }
        if (roots.isEmpty()) {
            throw invalid("roots name nothing, so that nothing may be in the bundle; name them or leave `roots` out");
        }
        return roots;
    }

    private static RegoVersion version(@Nullable Value value, String where) throws BundleException {
        if (value instanceof Num number && number.isLong()) {
            if (number.asLong() == 0) {
                return RegoVersion.V0;
            }
            if (number.asLong() == 1) {
                return RegoVersion.V1;
            }
            if (number.asLong() == 2) {
                throw new BundleException(
                        BundleException.Code.UNSUPPORTED,
                        "",
                        where + " is 2: Rego v2 is an experiment of OPA's; write `import rego.v2` in the modules");
            }
        }
        throw invalid(where + " is neither 0 nor 1; write the version of the modules' language");
    }

    private static boolean matches(String pattern, String path) throws BundleException {
        if (!isPattern(pattern)) {
            return pattern.equals(path);
        }
        try {
            return Globs.matches(pattern, "", path);
        } catch (BuiltinException malformed) {
            throw invalid(
                    "file_rego_versions: malformed pattern " + BundleException.shown(pattern) + "; name the files");
        }
    }

    /** Roots must lie apart, so that a path belongs to one. */
    void checkRoots() throws BundleException {
        for (int i = 0; i < roots.size(); i++) {
            for (String other : roots.subList(i + 1, roots.size())) {
                if (overlap(roots.get(i), other)) {
                    throw new BundleException(
                            BundleException.Code.ROOTS,
                            "",
                            "overlapping roots '" + BundleException.shown(roots.get(i)) + "' and '"
                                    + BundleException.shown(other) + "'; keep the shorter, or make them disjoint");
                }
            }
        }
    }

    static boolean overlap(String one, String other) {
        return contains(one, other) || contains(other, one);
    }

    private static boolean contains(String above, String below) {
        return above.isEmpty() || below.equals(above) || below.startsWith(above + "/");
    }

    /** Whether a path of {@code data} lies below a root. */
    public boolean permits(String path) {
        return roots.stream().anyMatch(root -> contains(root, path));
    }

    /** Whether a root lies below a path. */
    boolean leadsTo(String path) {
        return roots.stream().anyMatch(root -> contains(path, root));
    }

    /** The language's version of a module; empty where nothing says so. */
    Optional<RegoVersion> version(String path) throws BundleException {
        for (Map.Entry<String, RegoVersion> entry : fileVersions.entrySet()) {
            String pattern = entry.getKey();
            if (matches(pattern, "/" + path) || (!pattern.startsWith("/") && matches(pattern, path))) {
                return Optional.of(entry.getValue());
            }
        }
        return version;
    }

    Manifest with(String newRevision, List<String> newRoots) {
        return new Manifest(newRevision, newRoots, version, fileVersions, wasm, metadata);
    }

    /** As it is written; what is empty is left out, as OPA does. */
    public Obj toValue() {
        ObjBuilder fields = new ObjBuilder();
        fields.put("revision", new Str(revision));
        fields.put("roots", Arr.of(roots.stream().<Value>map(Str::new).toList()));
        version.ifPresent(known -> fields.put("rego_version", Num.of(known.number())));
        if (!fileVersions.isEmpty()) {
            ObjBuilder versions = new ObjBuilder();
            fileVersions.forEach((pattern, known) -> versions.put(pattern, Num.of(known.number())));
            fields.put("file_rego_versions", versions.build());
        }
        if (wasm.size() > 0) {
            fields.put("wasm", wasm);
        }
        if (metadata.size() > 0) {
            fields.put("metadata", metadata);
        }
        return fields.build();
    }
}
