package dev.hufu.auditlog.tiles;

import dev.hufu.auditlog.layout.TilePath;
import java.io.IOException;
import java.util.Optional;

/** Where a log's public files are read from: its directory, or a server that shows them. Thread-safe for reading. */
public interface TileSource {
    /** A tile or bundle, cut from a wider form if that is what there is; empty if there is none. */
    Optional<byte[]> read(TilePath path) throws IOException;

    /** The signed checkpoint's bytes; empty if there is none. */
    Optional<byte[]> readCheckpoint() throws IOException;

    /** The bytes of the log's own public key, {@code log.vkey}; empty if there is none. */
    Optional<byte[]> readKey() throws IOException;
}
