package dev.hufu.service.keys;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * People by number, each with a key of their own: a file of fixed records, record n holding, sealed under the epoch key
 * and bound to n, the person's key and identifier. So the file itself names nobody. Numbers are dense, from 0, and never
 * used again. New records are forced before their numbers are given out; a torn tail belonged to nobody.
 *
 * <p>Thread-safe: one lock around adding, reads without it.
 */
final class PersonKeys implements Closeable {
    private static final int ID_BYTES = 64;
    private static final int PLAIN = SealedBox.KEY_BYTES + 1 + ID_BYTES;
    private static final int RECORD = PLAIN + SealedBox.OVERHEAD;

    private final KeyVault vault;
    private final String kind;
    private final FileChannel file;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<byte[]> records = new ArrayList<>();
    private final Object adding = new Object();

    private PersonKeys(KeyVault vault, String kind, FileChannel file) {
        this.vault = vault;
        this.kind = kind;
        this.file = file;
    }

    /**
     * Opens the file {@code <kind>.keys} of the vault's directory, or makes it.
     *
     * @throws UnreadableException if a record does not open
     */
    static PersonKeys open(KeyVault vault, String kind) throws IOException {
        FileChannel file = PrivateFiles.open(vault.directory().resolve(kind + ".keys"));
        PersonKeys people = new PersonKeys(vault, kind, file);
        int whole = (int) (file.size() / RECORD);
        file.truncate((long) whole * RECORD);
        ByteBuffer all = ByteBuffer.allocate(whole * RECORD);
        while (all.hasRemaining()) {
            if (file.read(all, all.position()) < 0) {
                throw new IOException(kind + ".keys became shorter while it was read");
            }
        }
        for (int number = 0; number < whole; number++) {
            byte[] sealed = Arrays.copyOfRange(all.array(), number * RECORD, (number + 1) * RECORD);
            people.numbers.put(identifier(people.plain(number, sealed)), number);
            people.records.add(sealed);
        }
        return people;
    }

    /** Number of people. */
    int count() {
        synchronized (adding) {
            return records.size();
        }
    }

    OptionalInt find(String identifier) {
        Integer number = numbers.get(identifier);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Gives a number and a key to whoever has none yet, with one write and one force. */
    void register(Collection<String> identifiers) {
        synchronized (adding) {
            Set<String> fresh = new LinkedHashSet<>(identifiers);
            fresh.removeIf(numbers::containsKey);
            if (fresh.isEmpty()) {
                return;
            }
            ByteBuffer out = ByteBuffer.allocate(fresh.size() * RECORD);
            List<byte[]> sealed = new ArrayList<>(fresh.size());
            for (String identifier : fresh) {
                sealed.add(newRecord(records.size() + sealed.size(), identifier));
                out.put(sealed.getLast());
            }
            write(out.flip());
            records.addAll(sealed);
            int number = records.size() - sealed.size();
            for (String identifier : fresh) {
                numbers.put(identifier, number++);
            }
        }
    }

    private byte[] newRecord(int number, String identifier) {
        byte[] id = identifier.getBytes(StandardCharsets.UTF_8);
        if (id.length == 0 || id.length > ID_BYTES) {
            throw new IllegalArgumentException("an identifier has 1 to 64 bytes, not " + id.length);
        }
        byte[] key = new byte[SealedBox.KEY_BYTES];
        vault.random().nextBytes(key);
        byte[] plain = ByteBuffer.allocate(PLAIN)
                .put(key)
                .put((byte) id.length)
                .put(id)
                .array();
        return vault.sealEpoch(plain, context(number));
    }

    private void write(ByteBuffer bytes) {
        try {
            long at = (long) records.size() * RECORD;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(kind + ".keys cannot be written", e);
        }
    }

    /** The identifier of {@code number}. */
    String identifier(int number) {
        return identifier(plain(number));
    }

    /** Encrypts under the key of {@code number}. */
    byte[] seal(int number, byte[] plaintext, byte[] context) {
        return SealedBox.seal(key(number), plaintext, context, vault.random());
    }

    /** Decrypts under the key of {@code number}. */
    byte[] open(int number, byte[] sealed, byte[] context) {
        return SealedBox.open(key(number), sealed, context);
    }

    private byte[] key(int number) {
        return Arrays.copyOf(plain(number), SealedBox.KEY_BYTES);
    }

    private byte[] plain(int number) {
        byte[] sealed;
        synchronized (adding) {
            if (number < 0 || number >= records.size()) {
                throw new UnreadableException("no key of this number");
            }
            sealed = records.get(number);
        }
        return plain(number, sealed);
    }

    private byte[] plain(int number, byte[] sealed) {
        return vault.openEpoch(sealed, context(number));
    }

    private static String identifier(byte[] plain) {
        return new String(plain, SealedBox.KEY_BYTES + 1, plain[SealedBox.KEY_BYTES], StandardCharsets.UTF_8);
    }

    private byte[] context(int number) {
        return (kind + "/" + number).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
