package dev.hufu.service.cli;

import dev.hufu.rego.Value;
import java.util.Optional;
import java.util.SortedMap;

/** Makes what the rules see of a case from the files of a folder laid out as {@code policies/}; given by whoever starts the commands. */
@FunctionalInterface
public interface GateDocuments {
    /** A case's input, empty where none was asked for, and the base document under {@code data}. */
    record Documents(Optional<Value> input, Value data) {}

    /**
     * @param texts of the files by path below the folder
     * @param caseName empty for the facts alone
     * @return empty where no case has the name
     * @throws IllegalArgumentException when a file is malformed
     */
    Optional<Documents> of(SortedMap<String, String> texts, String caseName);
}
