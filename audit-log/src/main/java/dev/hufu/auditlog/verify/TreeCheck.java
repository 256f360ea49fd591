package dev.hufu.auditlog.verify;

import dev.hufu.auditlog.layout.TilePath;
import dev.hufu.auditlog.merkle.Hash;
import dev.hufu.auditlog.merkle.Proofs;
import dev.hufu.auditlog.merkle.TreeHasher;
import dev.hufu.auditlog.tiles.TileStore;
import dev.hufu.auditlog.tiles.TileSubtrees;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds the journal's entries into a tree once more and compares every tile and bundle with it. Where journal, bundle
 * and tile disagree about a leaf, two of them outvote the third, which is then the one named.
 */
final class TreeCheck {
    private static final int LEVELS = TilePath.MAX_LEVEL + 1;

    private final Path directory;
    private final TileStore tiles;
    private final long size;
    private final Findings findings;
    private final LongConsumer progress;
    private final TreeHasher hasher = new TreeHasher();
    private final List<@Nullable Hash> chunk = new ArrayList<>();
    private final byte[][] hashes = new byte[LEVELS][TilePath.FULL * Hash.BYTES];
    private long chunkNumber;

    TreeCheck(Path directory, TileStore tiles, long size, Findings findings, LongConsumer progress) {
        this.directory = directory;
        this.tiles = tiles;
        this.size = size;
        this.findings = findings;
        this.progress = progress;
    }

    /** Size of the checkpointed tree. */
    long size() {
        return size;
    }

    /** The next entry of the journal. */
    void entry(byte[] entry) throws IOException {
        add(hasher.leaf(entry));
    }

    /** The next entry, which the journal cannot give. */
    void lost() throws IOException {
        add(null);
    }

    private void add(@Nullable Hash leaf) throws IOException {
        chunk.add(leaf);
        if (chunk.size() == TilePath.FULL) {
            checkChunk();
        }
    }

    /** Checks what is left, and gives the root of the checkpointed tree as computed. */
    Hash finish(long entries) throws IOException {
        long known = entries;
        for (; known < size; known++) {
            if (known == entries) {
                findings.add(
                        Finding.at("journal", entries, "ends here, but the checkpoint covers " + size + " entries"));
            }
            add(null);
        }
        if (!chunk.isEmpty()) {
            checkChunk();
        }
        for (int level = 1; level < LEVELS; level++) {
            long count = size >>> (TilePath.BITS * level);
            int width = (int) (count & (TilePath.FULL - 1));
            checkLevel(level, count >>> TilePath.BITS, width);
        }
        return Proofs.root(size, (level, position) -> {
            int within = level % TilePath.BITS;
            int from = (int) ((position << within) & (TilePath.FULL - 1));
            return TileSubtrees.fold(hasher, hashes[level / TilePath.BITS], from, 1 << within);
        });
    }

    private void checkChunk() throws IOException {
        long first = chunkNumber << TilePath.BITS;
        int signed = TilePath.widthAt(0, chunkNumber, size);
        byte[] tile = read(new TilePath(0, chunkNumber, Math.max(1, signed)), signed > 0);
        byte[] bundle = read(new TilePath(TilePath.ENTRIES, chunkNumber, Math.max(1, signed)), signed > 0);
        BundleView view = new BundleView(bundle, hasher);
        List<@Nullable Hash> accepted = new ArrayList<>();
        for (int i = 0; i < chunk.size(); i++) {
            Hash inTile = (i + 1) * Hash.BYTES <= tile.length ? Hash.of(tile, i * Hash.BYTES) : null;
            accepted.add(accept(first + i, chunk.get(i), inTile, view.hash(i)));
            if (i < signed) {
                Hash leaf = accepted.getLast();
                (leaf == null ? Hash.of(new byte[Hash.BYTES]) : leaf).copyTo(hashes[0], i * Hash.BYTES);
            }
        }
        compareForms(0, chunkNumber, accepted);
        compareForms(TilePath.ENTRIES, chunkNumber, accepted);
        if (signed == TilePath.FULL) {
            raise(1, chunkNumber);
        }
        progress.accept(first + chunk.size());
        chunk.clear();
        chunkNumber++;
    }

    private byte[] read(TilePath path, boolean required) throws IOException {
        Optional<byte[]> bytes = tiles.read(path);
        if (bytes.isEmpty() && required) {
            findings.add(Finding.at(path.toString(), path.number() << TilePath.BITS, "is missing"));
        }
        return bytes.orElse(new byte[0]);
    }

    /** The hash that two of the three agree on, else the journal's, the tile's, the bundle's. */
    private @Nullable Hash accept(long index, @Nullable Hash journal, @Nullable Hash tile, @Nullable Hash bundle) {
        if (journal != null && tile != null && bundle != null && tile.equals(bundle) && !tile.equals(journal)) {
            findings.add(Finding.at("journal", index, "holds another entry than the tile and the bundle"));
            return tile;
        }
        return journal != null ? journal : tile != null ? tile : bundle;
    }

    /** Compares every form of a level-0 tile or bundle that is on the disk, partial ones too. */
    private void compareForms(int level, long number, List<@Nullable Hash> accepted) throws IOException {
        for (TilePath path : forms(level, number)) {
            Optional<byte[]> bytes = tiles.readExactly(path);
            if (bytes.isEmpty() || path.width() > accepted.size()) {
                continue; // gone meanwhile, or newer than what was read of the journal
            }
            if (path.isEntries()) {
                compareBundle(path, bytes.get(), accepted);
            } else {
                compareHashes(path, bytes.get(), accepted);
            }
        }
    }

    private void compareBundle(TilePath path, byte[] bytes, List<@Nullable Hash> accepted) {
        long first = path.number() << TilePath.BITS;
        BundleView view = new BundleView(bytes, hasher);
        for (int i = 0; i < path.width(); i++) {
            Hash hash = view.hash(i);
            if (hash == null || !hash.equals(accepted.get(i))) {
                findings.add(Finding.at(path.toString(), first + i, "holds another entry than was logged"));
                return; // a wrong length shifts all that follows
            }
        }
        if (view.count() != path.width() || !view.whole()) {
            findings.add(Finding.at(path.toString(), first + path.width() - 1, "has bytes after its last entry"));
        }
    }

    private void compareHashes(TilePath path, byte[] bytes, List<@Nullable Hash> accepted) {
        int covered = TilePath.BITS * (path.level() + 1);
        long first = path.number() << covered;
        if (bytes.length != path.width() * Hash.BYTES) {
            findings.add(Finding.at(path.toString(), first, "has " + bytes.length + " bytes"));
            return;
        }
        for (int i = 0; i < path.width(); i++) {
            if (!Hash.of(bytes, i * Hash.BYTES).equals(accepted.get(i))) {
                long index = first + ((long) i << (TilePath.BITS * path.level()));
                findings.add(Finding.at(path.toString(), index, "hash " + i + " is not that of the entries below it"));
            }
        }
    }

    /** Puts the root of full tile {@code number} of the level below in its place, and checks what that fills. */
    private void raise(int level, long number) throws IOException {
        int slot = (int) (number & (TilePath.FULL - 1));
        TileSubtrees.fold(hasher, hashes[level - 1], 0, TilePath.FULL).copyTo(hashes[level], slot * Hash.BYTES);
        if (slot + 1 == TilePath.FULL) {
            checkLevel(level, number >>> TilePath.BITS, TilePath.FULL);
            if (level + 1 < LEVELS) {
                raise(level + 1, number >>> TilePath.BITS);
            }
        }
    }

    private void checkLevel(int level, long number, int width) throws IOException {
        if (width == 0) {
            return;
        }
        List<@Nullable Hash> accepted = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            accepted.add(Hash.of(hashes[level], i * Hash.BYTES));
        }
        if (tiles.read(new TilePath(level, number, width)).isEmpty()) {
            long first = number << (TilePath.BITS * (level + 1));
            findings.add(Finding.at(new TilePath(level, number, width).toString(), first, "is missing"));
        }
        compareForms(level, number, accepted);
    }

    private List<TilePath> forms(int level, long number) throws IOException {
        List<TilePath> forms = new ArrayList<>();
        TilePath full = TilePath.full(level, number);
        if (Files.exists(directory.resolve(full.toString()))) {
            forms.add(full);
        }
        visitBelow(
                directory.resolve(full.partialDirectory()),
                file -> TilePath.parse(full.partialDirectory() + "/" + file.getFileName())
                        .ifPresent(forms::add));
        return forms;
    }

    /** Files that belong to no entry of a log of {@code entries}, as many as are named at most. */
    List<Finding> strays(long entries) throws IOException {
        Findings strays = new Findings();
        visitBelow(directory.resolve("tile"), file -> {
            String name = directory.relativize(file).toString();
            Optional<TilePath> path = TilePath.parse(name);
            boolean belongs = path.isPresent()
                    && path.get().width()
                            <= TilePath.widthAt(path.get().level(), path.get().number(), entries);
            if (!belongs && !name.endsWith(".next")) {
                strays.add(Finding.of(name, "belongs to no entry of this log"));
            }
        });
        return strays.list();
    }

    /** Whoever appends meanwhile renames and deletes files: what goes while it is looked at is not there. */
    private static void visitBelow(Path root, Consumer<Path> found) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    found.accept(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }
}
