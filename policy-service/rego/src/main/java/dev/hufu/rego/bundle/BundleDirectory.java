package dev.hufu.rego.bundle;

import dev.hufu.rego.builtin.BuiltinException;
import dev.hufu.rego.builtin.Globs;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Files of a directory by their names from it, in order of name.
 *
 * @param ignored patterns of names of files and directories that are passed over
 */
record BundleDirectory(BundleLimits limits, List<String> ignored) {
    BundleDirectory {
        ignored = List.copyOf(ignored);
    }

    /** All of a bundle's root. */
    List<BundleFile> all(Path root) throws BundleException, IOException {
        return walk(root, _ -> true);
    }

    /** Modules and documents of a directory as of a bundle; or the one file, whatever its name. */
    List<BundleFile> sources(Path place) throws BundleException, IOException {
        return walk(place, name -> name.endsWith(".rego") || isTaken(place, name));
    }

    List<BundleFile> documents(Path place) throws BundleException, IOException {
        return walk(place, name -> isTaken(place, name));
    }

    /** Names of documents that are not taken, as other than a policy's data lies about in JSON and YAML, too. */
    List<String> passedOver(Path place) throws BundleException, IOException {
        List<String> names = new ArrayList<>();
        walk(place, name -> {
            if (isDocument(name) && !isTaken(place, name)) {
                names.add(name);
            }
            return false;
        });
        return names;
    }

    private static boolean isTaken(Path place, String name) {
        return Files.isDirectory(place) ? BundleFile.isData(name) : isDocument(name);
    }

    static boolean isDocument(String name) {
        boolean named = name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
        return named && !name.equals(BundleFile.SIGNATURES);
    }

    private List<BundleFile> walk(Path root, Predicate<String> taken) throws BundleException, IOException {
        Visitor visitor = new Visitor(root, taken);
        Files.walkFileTree(root, visitor);
        if (visitor.failure != null) {
            throw visitor.failure;
        }
        visitor.files.sort(Comparator.comparing(BundleFile::path));
        return List.copyOf(visitor.files);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Predicate<String> taken;
        private final List<BundleFile> files = new ArrayList<>();
        private long bytes;
        private @Nullable BundleException failure;

        Visitor(Path root, Predicate<String> taken) {
            this.root = root;
            this.taken = taken;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(root) && isIgnored(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (isIgnored(file) || !taken.test(file.getFileName().toString())) {
                return FileVisitResult.CONTINUE;
            }
            try {
                take(file, attributes);
                return FileVisitResult.CONTINUE;
            } catch (BundleException wrong) {
                failure = wrong;
                return FileVisitResult.TERMINATE;
            }
        }

        private void take(Path file, BasicFileAttributes attributes) throws BundleException, IOException {
            String written = root.relativize(file).toString().replace('\\', '/');
            String path = file.equals(root) ? file.getFileName().toString() : BundlePath.of(written, limits);
            if (!attributes.isRegularFile()) {
                String what = "a link or device is no file; put the file itself there";
                throw new BundleException(BundleException.Code.ENTRY, path, what);
            }
            bytes += attributes.size();
            if (files.size() >= limits.files() || bytes > limits.bytes()) {
                throw limits.tooLarge(path, "more than " + limits.files() + " files or " + limits.bytes() + " bytes");
            }
            files.add(new BundleFile(path, Files.readAllBytes(file)));
        }
    }

    private boolean isIgnored(Path file) {
        String name = file.getFileName().toString();
        return ignored.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        try {
            return Globs.matches(pattern, "/", name);
        } catch (BuiltinException malformed) {
            throw new IllegalArgumentException("malformed pattern " + pattern, malformed);
        }
    }
}
