package dev.hufu.service.analytics;

import dev.hufu.anonymizer.publication.NoiseKey;
import dev.hufu.anonymizer.publication.Publication;
import dev.hufu.anonymizer.publication.PublicationCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Publications on disk, one file a population: magic, nonce, then AES-256-GCM over the publication, bound to the population's
 * name. A file is replaced whole and durably: after a crash there is the old one or the new one. A file that does not open is
 * treated as absent, since it can be built again. Thread safe for different populations.
 */
public final class PublicationFiles {
    private static final byte[] MAGIC = "HUFUPUB1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path directory;
    private final SecretKey key;
    private final SecureRandom random;

    /** @param key 256-bit AES key of its own */
    public PublicationFiles(Path directory, SecretKey key, SecureRandom random) {
        this.directory = directory;
        this.key = key;
        this.random = random;
    }

    /** The publication of a population, if a file holds one that this key opens. */
    Optional<Publication> read(String population, NoiseKey noise) {
        Path file = file(population);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            byte[] magic = new byte[MAGIC.length];
            byte[] nonce = new byte[NONCE_BYTES];
            if (bytes.remaining() < magic.length + nonce.length) {
                return Optional.empty();
            }
            bytes.get(magic).get(nonce);
            if (!java.util.Arrays.equals(magic, MAGIC)) {
                return Optional.empty();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, population);
            byte[] plain = cipher.doFinal(bytes.array(), bytes.position(), bytes.remaining());
            return Optional.of(PublicationCodec.read(new ByteArrayInputStream(plain), noise));
        } catch (IOException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    void write(Publication publication) throws IOException {
        Files.createDirectories(directory);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        PublicationCodec.write(publication, plain);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, publication.population()).doFinal(plain.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("the publication could not be encrypted", e);
        }
        Path file = file(publication.population());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (byte[] part : new byte[][] {MAGIC, nonce, sealed}) {
                ByteBuffer buffer = ByteBuffer.wrap(part);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(true);
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String population) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(MAGIC);
        cipher.updateAAD(population.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private Path file(String population) {
        if (!population.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("a population's name is 1 to 63 of a-z 0-9 _");
        }
        return directory.resolve(population + ".pub");
    }
}
