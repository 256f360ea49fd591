package dev.hufu.service.cli;

import dev.hufu.rego.Schemas;
import dev.hufu.rego.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** JSON Schemas on disk, in JSON or YAML. */
final class SchemaFiles {
    private static final int MAX_DEPTH = 16;
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private SchemaFiles() {}

    /** A file is the schema of the input; a directory's are called by their paths without their endings. */
    static Schemas read(HufuCommand root, @Nullable Path given) {
        if (given == null) {
            return Schemas.none();
        }
        Path place = root.terminal().directory().resolve(given);
        if (!Files.exists(place)) {
            throw new UsageException("no such file or directory: " + given);
        }
        if (!Files.isDirectory(place)) {
            return Schemas.ofInput(schema(place));
        }
        Map<String, Value> byName = new HashMap<>();
        try (Stream<Path> files = Files.walk(place, MAX_DEPTH)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = place.relativize(file).toString().replace('\\', '/');
                int dot = name.lastIndexOf('.');
                byName.put(dot > name.lastIndexOf('/') ? name.substring(0, dot) : name, schema(file));
            }
        } catch (IOException unreadable) {
            throw new UsageException("cannot read " + given + ": " + unreadable.getMessage());
        }
        return Schemas.named(byName);
    }

    private static Value schema(Path file) {
        try {
            return Value.fromJson(YAML.readTree(Files.readString(file)));
        } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
            throw new UsageException("no schema in " + file + ": neither JSON nor YAML");
        }
    }
}
