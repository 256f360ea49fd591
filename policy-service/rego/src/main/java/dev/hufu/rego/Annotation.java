package dev.hufu.rego;

import java.util.Objects;
import java.util.Optional;

/**
 * A {@code # METADATA} block.
 *
 * @param path of the rule or package it stands above, {@code data.hufu.deny}
 * @param file where it stands
 * @param row of the rule or package
 * @param scope {@code rule}, {@code document}, {@code package} or {@code subpackages}
 * @param fields the block as it was written
 */
public record Annotation(String path, String file, int row, String scope, Obj fields) {
    public Annotation {
        Objects.requireNonNull(fields);
    }

    public Optional<String> title() {
        return text("title");
    }

    public Optional<String> description() {
        return text("description");
    }

    private Optional<String> text(String name) {
        return fields.get(name) instanceof Str text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The {@code custom} fields, empty where there are none. */
    public Obj custom() {
        return fields.get("custom") instanceof Obj custom ? custom : Obj.EMPTY;
    }
}
