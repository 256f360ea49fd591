package dev.hufu.auditlog.verify;

import java.util.OptionalLong;

/**
 * Something that is not as it must be.
 *
 * @param file the file, relative to the log's directory
 * @param index the entry at fault, or the first one that it concerns; empty where no entry is
 * @param what what is wrong
 */
public record Finding(String file, OptionalLong index, String what) {
    static Finding of(String file, String what) {
        return new Finding(file, OptionalLong.empty(), what);
    }

    static Finding at(String file, long index, String what) {
        return new Finding(file, OptionalLong.of(index), what);
    }

    @Override
    public String toString() {
        return file + (index.isPresent() ? ", index " + index.getAsLong() : "") + ": " + what;
    }
}
