package dev.hufu.service.cli;

import dev.hufu.rego.Annotation;
import dev.hufu.rego.CompileOptions;
import dev.hufu.rego.bundle.Bundle;
import dev.hufu.rego.bundle.BundleException;
import dev.hufu.rego.bundle.BundleFile;
import dev.hufu.rego.bundle.Manifest;
import dev.hufu.rego.bundle.Verification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what is in a bundle. */
@Command(
        name = "inspect",
        description = "Print a bundle's manifest, which file contributes to which path of data, and with -a metadata.")
final class PolicyInspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = "A tarball, or a bundle's root directory.")
    private Path file = Path.of("");

    @Option(
            names = {"-a", "--annotations"},
            description = "Metadata of packages and rules, too.")
    private boolean withAnnotations;

    @Mixin
    private BundleKeys keys = new BundleKeys();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BundleException {
        HufuCommand root = HufuCommand.of(spec);
        Bundle bundle = PolicyInputs.bundle(root, List.of(file), keys.verification(root, Verification.skipped()));
        List<Annotation> annotations =
                withAnnotations ? bundle.compile(CompileOptions.defaults()).annotations() : List.of();
        if (root.json()) {
            root.print(json(bundle, annotations));
        } else {
            print(root.terminal().out(), bundle, annotations);
        }
        return HufuCommand.HOLDS;
    }

    private static void print(PrintWriter out, Bundle bundle, List<Annotation> annotations) {
        Manifest manifest = bundle.manifest();
        TextTable fields = new TextTable(List.of("Manifest", ""));
        fields.add(List.of("revision", manifest.revision()));
        fields.add(List.of(
                "roots", manifest.roots().equals(List.of("")) ? "(all of data)" : String.join(", ", manifest.roots())));
        manifest.version().ifPresent(version -> fields.add(List.of("Rego version", "" + version.number())));
        manifest.fileVersions()
                .forEach(
                        (pattern, version) -> fields.add(List.of("Rego version of " + pattern, "" + version.number())));
        if (manifest.metadata().size() > 0) {
            fields.add(List.of("metadata", manifest.metadata().toJson()));
        }
        fields.print(out);
        out.println();
        TextTable namespaces = new TextTable(List.of("Path", "File"));
        bundle.namespaces().forEach((path, files) -> files.forEach(one -> namespaces.add(List.of(path, one))));
        for (BundleFile opaque : bundle.opaque()) {
            namespaces.add(List.of("(for another engine)", opaque.path()));
        }
        namespaces.print(out);
        if (!annotations.isEmpty()) {
            out.println();
            TextTable metadata = new TextTable(List.of("Metadata of", "At", "Scope", "Title"));
            for (Annotation one : annotations) {
                metadata.add(List.of(
                        one.path(),
                        one.file() + ":" + one.row(),
                        one.scope(),
                        one.title().orElse("")));
            }
            metadata.print(out);
        }
    }

    private ObjectNode json(Bundle bundle, List<Annotation> annotations) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.set("manifest", bundle.manifest().toValue().toJsonNode());
        ObjectNode namespaces = node.putObject("namespaces");
        bundle.namespaces().forEach((path, files) -> files.forEach(namespaces.putArray(path)::add));
        ArrayNode opaque = node.putArray("opaque");
        bundle.opaque().forEach(one -> opaque.add(one.path()));
        if (withAnnotations) {
            ArrayNode list = node.putArray("annotations");
            for (Annotation one : annotations) {
                ObjectNode entry = list.addObject().put("path", one.path());
                entry.put("file", one.file()).put("row", one.row());
                entry.set("annotations", one.fields().toJsonNode());
            }
        }
        return node;
    }
}
