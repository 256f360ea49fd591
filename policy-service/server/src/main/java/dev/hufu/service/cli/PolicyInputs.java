package dev.hufu.service.cli;

import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.Obj;
import dev.hufu.rego.Source;
import dev.hufu.rego.bundle.Bundle;
import dev.hufu.rego.bundle.BundleBuild;
import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.bundle.BundleLimits;
import dev.hufu.rego.bundle.BundleReader;
import dev.hufu.rego.bundle.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command reads policies from: files, directories, bundles. */
final class PolicyInputs {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files, or directories with *.rego and data.json or data.yaml.")
    private List<Path> paths = List.of();

    @Option(
            names = "--bundle",
            paramLabel = "FILE|DIR",
            description = "A bundle: a tarball, or its root directory; its data is used, too.")
    private List<Path> bundles = List.of();

    @Mixin
    private BundleKeys keys = new BundleKeys();

    /** Modules and the documents that came with them. */
    record Read(List<Source> sources, Obj data) {
        Read {
            sources = List.copyOf(sources);
        }
    }

    Read read(HufuCommand root) throws BundleException {
        if (paths.isEmpty() && bundles.isEmpty()) {
            throw new UsageException("give a PATH with policies, or a --bundle");
        }
        List<Source> sources = new ArrayList<>();
        Obj data = Obj.EMPTY;
        if (!bundles.isEmpty()) {
            Bundle bundle = bundle(root, bundles, keys.verification(root, Verification.skipped()));
            sources.addAll(bundle.sources());
            data = bundle.data();
        }
        List<Path> modules = paths.stream()
                .filter(path -> !BundleBuild.isDocument(path.toString()))
                .toList();
        if (modules.isEmpty() && bundles.isEmpty()) {
            throw new UsageException("no *.rego in " + paths);
        }
        if (!modules.isEmpty()) {
            sources.addAll(PolicyCommand.read(root, modules));
        }
        try {
            return new Read(sources, BundleBuild.defaults().documents(named(root, paths), data));
        } catch (IOException unreadable) {
            throw new UsageException("cannot read " + paths + ": " + unreadable.getMessage());
        }
    }

    /** Bundles on disk, several as they are activated together. */
    static Bundle bundle(HufuCommand root, List<Path> places, Verification verification) throws BundleException {
        BundleReader reader = new BundleReader(BundleLimits.DEFAULT, verification);
        BundleBuild build = new BundleBuild(true, "", List.of(), List.of(), reader, CompileOptions.defaults());
        try {
            return build.merged(named(root, places));
        } catch (IOException unreadable) {
            throw new UsageException("cannot read " + places + ": " + unreadable.getMessage());
        }
    }

    /** Places by the name that their files carry: the path as given, without what leads out of it. */
    static SortedMap<String, Path> named(HufuCommand root, List<Path> places) {
        SortedMap<String, Path> named = new TreeMap<>();
        for (Path path : places) {
            Path place = root.terminal().directory().resolve(path);
            if (!Files.exists(place)) {
                throw new UsageException("no such file or directory: " + path);
            }
            List<String> segments = new ArrayList<>();
            path.normalize().forEach(segment -> segments.add(segment.toString()));
            segments.removeIf(segment -> segment.equals("..") || segment.isEmpty());
            if (named.put(String.join("/", segments), place) != null) {
                throw new UsageException("two of the paths give their files the same names: " + path);
            }
        }
        return named;
    }
}
