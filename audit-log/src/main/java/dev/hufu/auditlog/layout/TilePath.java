package dev.hufu.auditlog.layout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a tile or entry bundle: {@code tile/<L>/<N>[.p/<W>]}, {@code tile/entries/<N>[.p/<W>]}, N in groups of
 * three digits, all but the last after an {@code x}. Immutable; only well-formed paths exist, so one that was parsed
 * cannot leave its directory.
 *
 * @param level 0 to 5 for hash tiles, {@link #ENTRIES} for entry bundles
 * @param number which one of its level, from 0 on
 * @param width hashes or entries in it, 1 to 256; 256 is a full one
 */
public record TilePath(int level, long number, int width) {
    /** Hashes or entries in a full tile. */
    public static final int FULL = 256;

    /** Bits of a full tile's width. */
    public static final int BITS = 8;

    /** The level of entry bundles. */
    public static final int ENTRIES = -1;

    /** Levels above which no tree of 2^48 entries reaches. */
    public static final int MAX_LEVEL = 5;

    private static final long MAX_NUMBER = 1L << 48;
    private static final Pattern FORM =
            Pattern.compile("tile/(entries|[0-5])/((?:x\\d{3}/){0,5}\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");

    /** Checks the bounds. */
    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL) {
            throw new IllegalArgumentException("a tile's level is from 0 to 5, not " + level);
        }
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("a tile's number is from 0 to 2^48, not " + number);
        }
        if (width < 1 || width > FULL) {
            throw new IllegalArgumentException("a tile's width is from 1 to 256, not " + width);
        }
    }

    /** The full tile. */
    public static TilePath full(int level, long number) {
        return new TilePath(level, number, FULL);
    }

    /** Reads a path; empty for what is not exactly one. */
    public static Optional<TilePath> parse(String path) {
        Matcher matcher = FORM.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        long number = Long.parseLong(matcher.group(2).replace("x", "").replace("/", ""));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        if (number > MAX_NUMBER || width > FULL) {
            return Optional.empty();
        }
        TilePath parsed = new TilePath(level, number, width);
        return parsed.toString().equals(path) ? Optional.of(parsed) : Optional.empty();
    }

    /** Width of tile {@code number} of {@code level} in a tree of {@code size} entries: 0 to 256. */
    public static int widthAt(int level, long number, long size) {
        long hashes = size >>> (BITS * Math.max(level, 0));
        return Math.clamp(hashes - (number << BITS), 0, FULL);
    }

    /** The first entry that it is about. */
    public long firstIndex() {
        return number << (BITS * (Math.max(level, 0) + 1));
    }

    /** Whether it holds all 256. */
    public boolean isFull() {
        return width == FULL;
    }

    /** Whether it is an entry bundle. */
    public boolean isEntries() {
        return level == ENTRIES;
    }

    /** The tile of the same place that is {@code newWidth} wide. */
    public TilePath withWidth(int newWidth) {
        return new TilePath(level, number, newWidth);
    }

    /** The directory that holds the partial forms of this tile, {@code …/<N>.p}. */
    public String partialDirectory() {
        return stem() + ".p";
    }

    /** The path. */
    @Override
    public String toString() {
        return isFull() ? stem() : stem() + ".p/" + width;
    }

    private String stem() {
        StringBuilder groups = new StringBuilder("%03d".formatted(number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return "tile/" + (isEntries() ? "entries" : Integer.toString(level)) + "/" + groups;
    }
}
