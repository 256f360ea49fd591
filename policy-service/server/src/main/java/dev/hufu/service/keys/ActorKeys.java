package dev.hufu.service.keys;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A key for each account ({@code actors.keys}), for what the log says of acting persons. A ciphertext is found by a
 * reference: the account's number, sealed anew under the epoch key each time, so that two entries of one account have
 * nothing in common for whoever lacks that key. Thread-safe.
 */
public final class ActorKeys implements Closeable {
    private final KeyVault vault;
    private final PersonKeys people;

    private ActorKeys(KeyVault vault, PersonKeys people) {
        this.vault = vault;
        this.people = people;
    }

    /** Opens the keys in the vault's directory. */
    public static ActorKeys open(KeyVault vault) throws IOException {
        return new ActorKeys(vault, PersonKeys.open(vault, "actors"));
    }

    /** A reference to {@code account}'s key for one entry, which {@code context} names. */
    public byte[] reference(String account, byte[] context) {
        people.register(List.of(account));
        int number = people.find(account).orElseThrow();
        return vault.sealEpoch(ByteBuffer.allocate(Integer.BYTES).putInt(number).array(), context);
    }

    /**
     * The account that a reference of the same context stands for.
     *
     * @throws UnreadableException if it was changed or belongs elsewhere
     */
    public String account(byte[] reference, byte[] context) {
        return people.identifier(number(reference, context));
    }

    /** Encrypts under the key of {@code account}, which has a reference already. */
    public byte[] seal(String account, byte[] plaintext, byte[] context) {
        people.register(List.of(account));
        return people.seal(people.find(account).orElseThrow(), plaintext, context);
    }

    /**
     * Decrypts what was sealed for the account that the reference stands for.
     *
     * @throws UnreadableException if it was changed, belongs elsewhere, or the key is gone
     */
    public byte[] open(byte[] reference, byte[] sealed, byte[] context) {
        return people.open(number(reference, context), sealed, context);
    }

    private int number(byte[] reference, byte[] context) {
        return ByteBuffer.wrap(vault.openEpoch(reference, context)).getInt();
    }

    @Override
    public void close() throws IOException {
        people.close();
    }
}
