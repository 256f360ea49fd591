package dev.hufu.service.keys;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Employees as pseudonymous subjects: employee id ↔ subject number, dense from 0, each with a key of their own
 * ({@code subjects.keys}). Thread-safe.
 */
public final class SubjectRegister implements Closeable {
    private final PersonKeys people;

    private SubjectRegister(PersonKeys people) {
        this.people = people;
    }

    /** Opens the register in the vault's directory. */
    public static SubjectRegister open(KeyVault vault) throws IOException {
        return new SubjectRegister(PersonKeys.open(vault, "subjects"));
    }

    /** Number of subjects; the numbers are 0 to this, exclusive. */
    public int count() {
        return people.count();
    }

    /** The subject number of an employee id, if it has one. */
    public OptionalInt find(String employeeId) {
        return people.find(employeeId);
    }

    /** The subject number of an employee id, given now if it has none. */
    public int number(String employeeId) {
        return numbers(List.of(employeeId))[0];
    }

    /** The subject numbers of many, in their order; new ones are given in one go, durably. */
    public int[] numbers(Collection<String> employeeIds) {
        people.register(employeeIds);
        return employeeIds.stream()
                .mapToInt(id -> people.find(id).orElseThrow())
                .toArray();
    }

    /** The employee id of a subject; empty for a number that was never given. */
    public Optional<String> employeeId(int subject) {
        return subject < 0 || subject >= people.count() ? Optional.empty() : Optional.of(people.identifier(subject));
    }

    /** Encrypts under the subject's key; {@code context} is bound to the result. */
    public byte[] seal(int subject, byte[] plaintext, byte[] context) {
        return people.seal(subject, plaintext, context);
    }

    /**
     * Decrypts under the subject's key.
     *
     * @throws UnreadableException if it was changed, belongs elsewhere, or the key is gone
     */
    public byte[] open(int subject, byte[] sealed, byte[] context) {
        return people.open(subject, sealed, context);
    }

    @Override
    public void close() throws IOException {
        people.close();
    }
}
